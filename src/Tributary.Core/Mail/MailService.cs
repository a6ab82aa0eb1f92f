using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Mail;

/// <summary>The verbs of messages.</summary>
public sealed class MailService(Db db)
{
    /// <summary>The message with its body.</summary>
    public async Task<MailMessage> Get(Caller caller, long id, CancellationToken ct)
    {
        caller.MustRead("mail");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await MailStore.Find(tx, id)) ?? throw Problem.NotFound("mail_message", id);
    }

    /// <summary>The same by its uid.</summary>
    public async Task<MailMessage> Get(Caller caller, Guid uid, CancellationToken ct)
    {
        caller.MustRead("mail");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await MailStore.Find(tx, uid)) ?? throw Problem.NotFound("mail_message", uid);
    }

    /// <summary>Those of the ids that are there for the caller, by id, without bodies; deleted ones included.</summary>
    public async Task<IReadOnlyList<MailMessage>> FindMany(Caller caller, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        caller.MustRead("mail");
        if (ids.Count == 0) return [];
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Sight.Visible(tx, caller, await MailStore.FindMany(tx, ids), message => message.Anchors);
    }

    /// <summary>One page of those that match and whose deal or lead the caller sees.</summary>
    public async Task<Page<MailMessage>> List(Caller caller, ListQuery query, bool withBodies, CancellationToken ct)
    {
        caller.MustRead("mail");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await ListStore.Rows<MailMessage>(tx, caller, ListSources.Mail, withBodies ? MailStore.Columns : MailStore.Headers, query);
    }

    /// <summary>
    /// Files a message with the persons whose addresses it names. Stores it and says so in the log; a refusal names everything that is
    /// wrong at once.
    /// </summary>
    public async Task<MailMessage> Create(Caller caller, MailPatch patch, CancellationToken ct)
    {
        caller.MustWrite("mail");
        await using var tx = await db.Write(caller.Workspace, ct);

        var persons = patch.Parties.IsSet ? await PersonsOf(tx, caller, patch.Parties.Value) : new Dictionary<string, long>();
        var created = MailRules.Create(patch, await Context(tx, caller, patch) with { Persons = persons }) with
        {
            Id = await tx.IdOf("mail_ids", "message", patch.Id, MailStore.Find),
            Uid = patch.Uid.IsSet ? patch.Uid.Value : tx.NextUid(),
        };
        created = created with { ThreadId = await Thread(tx, patch, created.Id) };

        await MailStore.Insert(tx, created);
        foreach (var person in created.Parties.All.Select(party => party.PersonId).OfType<long>().Distinct())
        {
            await MailStore.AddParty(tx, created.Id, person);
        }
        await EventStore.Append(tx, caller, MailHistory.Changed(null, created));
        await DealSaving.Touch(tx, null, created.DealId);
        await tx.Commit();
        return created;
    }

    /// <summary>Changes flags and links. Nothing is written, and no event appended, when nothing would change.</summary>
    public async Task<MailMessage> Update(Caller caller, long id, MailPatch patch, CancellationToken ct)
    {
        caller.MustWrite("mail");
        await using var tx = await db.Write(caller.Workspace, ct);
        var before = await Visible(tx, caller, await MailStore.FindForUpdate(tx, id)) ?? throw Problem.NotFound("mail_message", id);

        var after = MailRules.Apply(before, patch, await Context(tx, caller, patch));
        if (ReferenceEquals(after, before)) return before;

        await MailStore.Update(tx, after);
        await EventStore.Append(tx, caller, MailHistory.Changed(before, after));
        await DealSaving.Touch(tx, before.DealId, after.DealId);
        await tx.Commit();
        return after;
    }

    /// <summary>Marks as deleted; until it is purged it can be restored.</summary>
    public Task<MailMessage> Delete(Caller caller, long id, CancellationToken ct) => Update(caller, id, new() { Deleted = true }, ct);

    /// <summary>Takes it out of the bin, unless it was purged; what is not in the bin stays as it is.</summary>
    public Task<MailMessage> Restore(Caller caller, long id, CancellationToken ct) => Update(caller, id, new() { Deleted = false }, ct);

    private static Task<MailMessage?> Visible(Tx tx, Caller caller, MailMessage? message) =>
        Sight.Visible(tx, caller, message, found => found.Anchors);

    private static async Task<MailContext> Context(Tx tx, Caller caller, MailPatch patch) => new()
    {
        Caller = caller,
        Now = tx.Now,
        Missing =
            await Sight.Missing(tx, caller, [("deal_id", ListSources.Deals, patch.DealId), ("lead_id", ListSources.Leads, patch.LeadId)]),
    };

    /// <summary>Of several persons with one address, the oldest that the caller sees.</summary>
    private static async Task<Dictionary<string, long>> PersonsOf(Tx tx, Caller caller, MailParties parties)
    {
        var folded = parties.All.Take(MailRules.MaxParties).Select(party => Folding.Fold(party.Email ?? "")).Distinct().ToList();
        var found = await Sight.Visible(tx, caller, await MailStore.PersonsWith(tx, folded), person => new Anchors(null, null, person.Id));
        return found.GroupBy(person => person.Email, person => person.Id).ToDictionary(person => person.Key, person => person.First());
    }

    private static async Task<long> Thread(Tx tx, MailPatch patch, long ownId)
    {
        if (!patch.ThreadId.IsSet || patch.ThreadId.Value == ownId) return ownId;

        // An import brings conversations whose first message it may not have; their numbers must stay theirs.
        if (patch.Id.IsSet && patch.ThreadId.Value > 0) await tx.NeverGiveOut("mail_ids", patch.ThreadId.Value);
        else if (!await MailStore.ThreadExists(tx, patch.ThreadId.Value))
            throw Problem.Invalid("thread_id", $"No conversation with id {patch.ThreadId.Value}.");
        return patch.ThreadId.Value;
    }
}
