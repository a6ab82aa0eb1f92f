using Tributary.Core.Fields;
using Tributary.Core.Followers;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Contacts;

/// <summary>The verbs of persons. Each opens one unit of work, loads, asks the rules, saves, and records what happened.</summary>
public sealed partial class PersonService(Db db)
{
    /// <summary>A person the caller sees, deleted ones included for as long as they can be restored.</summary>
    public async Task<Person> Get(Caller caller, long id, CancellationToken ct)
    {
        caller.MustRead("persons");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await PersonStore.Find(tx, id)) ?? throw Problem.NotFound("person", id);
    }

    /// <summary>The same by their uid.</summary>
    public async Task<Person> Get(Caller caller, Guid uid, CancellationToken ct)
    {
        caller.MustRead("persons");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await PersonStore.Find(tx, uid)) ?? throw Problem.NotFound("person", uid);
    }

    /// <summary>
    /// For names beside other records: those of the ids that are there and visible, in order of id. Deleted ones are among them and say so.
    /// </summary>
    public async Task<IReadOnlyList<Person>> FindMany(Caller caller, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        ContactService.MustReadNames(caller, "persons");
        if (ids.Count == 0) return [];
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await PersonStore.FindMany(tx, ids));
    }

    /// <summary>One page of the persons that match and that the caller sees.</summary>
    public async Task<Page<Person>> List(Caller caller, ListQuery query, CancellationToken ct)
    {
        caller.MustRead("persons");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await ListStore.Rows<Person>(tx, caller, ListSources.Persons, PersonStore.Columns, query, ContactRows.Person);
    }

    /// <summary>Stores it and says so in the log; a refusal names everything that is wrong at once.</summary>
    public async Task<Person> Create(Caller caller, PersonPatch patch, CancellationToken ct)
    {
        caller.MustWrite("persons");
        await using var tx = await db.Write(caller.Workspace, ct);
        var created = await Create(tx, caller, patch);
        await tx.Commit();
        return created;
    }

    /// <summary>Changes what the patch names. Nothing is written, and no event appended, when nothing would change.</summary>
    public async Task<Person> Update(Caller caller, long id, PersonPatch patch, CancellationToken ct)
    {
        caller.MustWrite("persons");
        await using var tx = await db.Write(caller.Workspace, ct);
        var before = await Visible(tx, caller, await PersonStore.FindForUpdate(tx, id)) ?? throw Problem.NotFound("person", id);
        var after = await Update(tx, caller, before, patch);
        await tx.Commit();
        return after;
    }

    /// <summary>Marks as deleted; it can be restored for 30 days. Deals keep naming it, and reading it says that it is deleted.</summary>
    public Task<Person> Delete(Caller caller, long id, CancellationToken ct) => Update(caller, id, new() { Deleted = true }, ct);

    /// <summary>All of those that are there for the caller, at once; answers their ids.</summary>
    public async Task<IReadOnlyList<long>> Delete(Caller caller, IReadOnlyList<long> ids, CancellationToken ct)
    {
        caller.MustWrite("persons");
        await using var tx = await db.Write(caller.Workspace, ct);
        var deleted = new List<long>();
        foreach (var id in ids.Distinct())
        {
            if (await Visible(tx, caller, await PersonStore.FindForUpdate(tx, id)) is not { IsDeleted: false } person) continue;
            await Update(tx, caller, person, new() { Deleted = true });
            deleted.Add(id);
        }
        await tx.Commit();
        return deleted;
    }

    /// <summary>Takes them out of the bin, unless they were purged; who is not in the bin stays as they are.</summary>
    public Task<Person> Restore(Caller caller, long id, CancellationToken ct) => Update(caller, id, new() { Deleted = false }, ct);

    /// <summary>Creation inside a unit of work that does more (imports, batches).</summary>
    internal static async Task<Person> Create(Tx tx, Caller caller, PersonPatch patch)
    {
        var created = await ContactSaving.Create(tx, caller,
            PersonRules.Create(patch, await ContactContext.For(tx, caller, patch, CustomValues.None)), patch);
        if (tx.Bulk is { } bulk && await Visible(tx, caller, created) is not null) bulk.Contacts.Add(created.Id);
        return created;
    }

    internal static async Task<Person> Update(Tx tx, Caller caller, Person before, PersonPatch patch)
    {
        var after = PersonRules.Apply(before, patch, await ContactContext.For(tx, caller, patch, before.Custom));
        return ReferenceEquals(after, before) ? before : await ContactSaving.Change(tx, caller, before, after);
    }

    /// <summary>Whether another record may name it.</summary>
    internal static async Task<bool> IsThere(Tx tx, Caller caller, long id)
    {
        if (tx.Bulk?.Contacts.Contains(id) == true) return true;
        if (await Visible(tx, caller, await PersonStore.Find(tx, id)) is not { IsDeleted: false }) return false;
        tx.Bulk?.Contacts.Add(id);
        return true;
    }

    /// <summary>Makes known to a unit of work that writes much which of these are there.</summary>
    internal static async Task Foresee(Tx tx, Caller caller, Bulk bulk, IReadOnlyCollection<long> ids)
    {
        var there = await ContactCardStore.PersonsThere(tx, ids);
        foreach (var seen in await FollowerSight.Visible(tx, caller, "person", there,
            contact => (contact.Id, contact.OwnerId, contact.VisibleTo)))
        {
            bulk.Contacts.Add(seen.Id);
        }
    }

    internal static async Task<Person?> Visible(Tx tx, Caller caller, Person? person) =>
        person is null ? null : await Visible(tx, caller, [person]) is [var seen] ? seen : null;

    internal static Task<IReadOnlyList<Person>> Visible(Tx tx, Caller caller, IReadOnlyList<Person> persons) =>
        FollowerSight.Visible(tx, caller, "person", persons, person => (person.Id, person.OwnerId, person.VisibleTo));
}
