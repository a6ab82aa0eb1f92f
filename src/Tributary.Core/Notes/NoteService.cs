using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Notes;

/// <summary>The verbs of notes.</summary>
public sealed class NoteService(Db db)
{
    /// <summary>Deleted ones included for as long as they can be restored; one that the caller does not see is not found.</summary>
    public async Task<Note> Get(Caller caller, long id, CancellationToken ct)
    {
        caller.MustRead("notes");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await NoteStore.Find(tx, id)) ?? throw Problem.NotFound("note", id);
    }

    /// <summary>The same by its uid.</summary>
    public async Task<Note> Get(Caller caller, Guid uid, CancellationToken ct)
    {
        caller.MustRead("notes");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await NoteStore.Find(tx, uid)) ?? throw Problem.NotFound("note", uid);
    }

    /// <summary>Those of the ids that are there for the caller, by id; deleted ones included.</summary>
    public async Task<IReadOnlyList<Note>> FindMany(Caller caller, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        caller.MustRead("notes");
        if (ids.Count == 0) return [];
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Sight.Visible(tx, caller, await NoteStore.FindMany(tx, ids), note => note.Anchors);
    }

    /// <summary>One page of those that match and that hang on something the caller sees.</summary>
    public async Task<Page<Note>> List(Caller caller, ListQuery query, CancellationToken ct)
    {
        caller.MustRead("notes");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await ListStore.Rows<Note>(tx, caller, ListSources.Notes, NoteStore.Columns, query);
    }

    /// <summary>Stores it and says so in the log; a refusal names everything that is wrong at once.</summary>
    public async Task<Note> Create(Caller caller, NotePatch patch, CancellationToken ct)
    {
        caller.MustWrite("notes");
        await using var tx = await db.Write(caller.Workspace, ct);
        var created = await Create(tx, caller, patch);
        await tx.Commit();
        return created;
    }

    /// <summary>Changes what the patch names. Nothing is written, and no event appended, when nothing would change.</summary>
    public async Task<Note> Update(Caller caller, long id, NotePatch patch, CancellationToken ct)
    {
        caller.MustWrite("notes");
        await using var tx = await db.Write(caller.Workspace, ct);
        var before = await Visible(tx, caller, await NoteStore.FindForUpdate(tx, id)) ?? throw Problem.NotFound("note", id);

        var after = await Update(tx, caller, before, patch);
        await tx.Commit();
        return after;
    }

    /// <summary>Marks as deleted; until it is purged it can be restored.</summary>
    public Task<Note> Delete(Caller caller, long id, CancellationToken ct) => Update(caller, id, new() { Deleted = true }, ct);

    /// <summary>Takes it out of the bin, unless it was purged; what is not in the bin stays as it is.</summary>
    public Task<Note> Restore(Caller caller, long id, CancellationToken ct) => Update(caller, id, new() { Deleted = false }, ct);

    /// <summary>Creation inside a unit of work that does more (imports, conversions, batches).</summary>
    internal static async Task<Note> Create(Tx tx, Caller caller, NotePatch patch)
    {
        var created = NoteRules.Create(patch, await Context(tx, caller, patch)) with
        {
            Id = await tx.IdOf("note_ids", "note", patch.Id, NoteStore.Find),
            Uid = patch.Uid.IsSet ? patch.Uid.Value : tx.NextUid(),
        };
        await NoteStore.Insert(tx, created);
        await NoteSearch.Put(tx, null, created);
        await EventStore.Append(tx, caller, NoteHistory.Changed(null, created));
        await DealSaving.Touch(tx, null, created.DealId);
        return created;
    }

    internal static async Task<Note> Update(Tx tx, Caller caller, Note before, NotePatch patch)
    {
        var after = NoteRules.Apply(before, patch, await Context(tx, caller, patch));
        if (ReferenceEquals(after, before)) return before;

        await NoteStore.Update(tx, after);
        await NoteSearch.Put(tx, before, after);
        await EventStore.Append(tx, caller, NoteHistory.Changed(before, after));
        await DealSaving.Touch(tx, before.DealId, after.DealId);
        return after;
    }

    private static Task<Note?> Visible(Tx tx, Caller caller, Note? note) => Sight.Visible(tx, caller, note, found => found.Anchors);

    private static async Task<NoteContext> Context(Tx tx, Caller caller, NotePatch patch) => new()
    {
        Catalog = await tx.Catalog(),
        Caller = caller,
        Now = tx.Now,
        Missing = await Sight.Missing(tx, caller, Sight.Named(patch.DealId, patch.LeadId, patch.PersonId, patch.OrgId)),
    };
}
