using Tributary.Core.Fields;
using Tributary.Core.Followers;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Contacts;

/// <summary>The verbs of organizations. Each opens one unit of work, loads, asks the rules, saves, and records what happened.</summary>
public sealed partial class OrganizationService(Db db)
{
    /// <summary>An organization the caller sees, deleted ones included for as long as they can be restored.</summary>
    public async Task<Organization> Get(Caller caller, long id, CancellationToken ct)
    {
        caller.MustRead("organizations");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await OrganizationStore.Find(tx, id)) ?? throw Problem.NotFound("organization", id);
    }

    /// <summary>The same by its uid.</summary>
    public async Task<Organization> Get(Caller caller, Guid uid, CancellationToken ct)
    {
        caller.MustRead("organizations");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await OrganizationStore.Find(tx, uid)) ?? throw Problem.NotFound("organization", uid);
    }

    /// <summary>
    /// For names beside other records: those of the ids that are there and visible, in order of id. Deleted ones are among them and say so.
    /// </summary>
    public async Task<IReadOnlyList<Organization>> FindMany(Caller caller, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        ContactService.MustReadNames(caller, "organizations");
        if (ids.Count == 0) return [];
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await OrganizationStore.FindMany(tx, ids));
    }

    /// <summary>One page of the organizations that match and that the caller sees.</summary>
    public async Task<Page<Organization>> List(Caller caller, ListQuery query, CancellationToken ct)
    {
        caller.MustRead("organizations");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await ListStore.Rows<Organization>(tx, caller, ListSources.Organizations, OrganizationStore.Columns, query,
            ContactRows.Organization);
    }

    /// <summary>Stores it and says so in the log; a refusal names everything that is wrong at once.</summary>
    public async Task<Organization> Create(Caller caller, OrganizationPatch patch, CancellationToken ct)
    {
        caller.MustWrite("organizations");
        await using var tx = await db.Write(caller.Workspace, ct);
        var created = await Create(tx, caller, patch);
        await tx.Commit();
        return created;
    }

    /// <summary>Changes what the patch names. Nothing is written, and no event appended, when nothing would change.</summary>
    public async Task<Organization> Update(Caller caller, long id, OrganizationPatch patch, CancellationToken ct)
    {
        caller.MustWrite("organizations");
        await using var tx = await db.Write(caller.Workspace, ct);
        var before = await Visible(tx, caller, await OrganizationStore.FindForUpdate(tx, id)) ?? throw Problem.NotFound("organization", id);
        var after = await Update(tx, caller, before, patch);
        await tx.Commit();
        return after;
    }

    /// <summary>Marks as deleted; it can be restored for 30 days. Deals keep naming it, and reading it says that it is deleted.</summary>
    public Task<Organization> Delete(Caller caller, long id, CancellationToken ct) => Update(caller, id, new() { Deleted = true }, ct);

    /// <summary>All of those that are there for the caller, at once; answers their ids.</summary>
    public async Task<IReadOnlyList<long>> Delete(Caller caller, IReadOnlyList<long> ids, CancellationToken ct)
    {
        caller.MustWrite("organizations");
        await using var tx = await db.Write(caller.Workspace, ct);
        var deleted = new List<long>();
        foreach (var id in ids.Distinct())
        {
            if (await Visible(tx, caller, await OrganizationStore.FindForUpdate(tx, id)) is not { IsDeleted: false } organization) continue;
            await Update(tx, caller, organization, new() { Deleted = true });
            deleted.Add(id);
        }
        await tx.Commit();
        return deleted;
    }

    /// <summary>Takes it out of the bin, unless it was purged; what is not in the bin stays as it is.</summary>
    public Task<Organization> Restore(Caller caller, long id, CancellationToken ct) => Update(caller, id, new() { Deleted = false }, ct);

    /// <summary>Creation inside a unit of work that does more (imports, batches).</summary>
    internal static async Task<Organization> Create(Tx tx, Caller caller, OrganizationPatch patch)
    {
        var created = await ContactSaving.Create(tx, caller,
            OrganizationRules.Create(patch, await ContactContext.For(tx, caller, patch, CustomValues.None)), patch);
        if (tx.Bulk is { } bulk && await Visible(tx, caller, created) is not null) bulk.Contacts.Add(created.Id);
        return created;
    }

    internal static async Task<Organization> Update(Tx tx, Caller caller, Organization before, OrganizationPatch patch)
    {
        var after = OrganizationRules.Apply(before, patch, await ContactContext.For(tx, caller, patch, before.Custom));
        return ReferenceEquals(after, before) ? before : await ContactSaving.Change(tx, caller, before, after);
    }

    /// <summary>Whether another record may name it.</summary>
    internal static async Task<bool> IsThere(Tx tx, Caller caller, long id)
    {
        if (tx.Bulk?.Contacts.Contains(id) == true) return true;
        if (await Visible(tx, caller, await OrganizationStore.Find(tx, id)) is not { IsDeleted: false }) return false;
        tx.Bulk?.Contacts.Add(id);
        return true;
    }

    /// <summary>Makes known to a unit of work that writes much which of these are there.</summary>
    internal static async Task Foresee(Tx tx, Caller caller, Bulk bulk, IReadOnlyCollection<long> ids)
    {
        var there = await ContactCardStore.OrganizationsThere(tx, ids);
        foreach (var seen in await FollowerSight.Visible(tx, caller, "organization", there,
            contact => (contact.Id, contact.OwnerId, contact.VisibleTo)))
        {
            bulk.Contacts.Add(seen.Id);
        }
    }

    internal static async Task<Organization?> Visible(Tx tx, Caller caller, Organization? organization) =>
        organization is null ? null : await Visible(tx, caller, [organization]) is [var seen] ? seen : null;

    internal static Task<IReadOnlyList<Organization>> Visible(Tx tx, Caller caller, IReadOnlyList<Organization> organizations) =>
        FollowerSight.Visible(tx, caller, "organization", organizations,
            organization => (organization.Id, organization.OwnerId, organization.VisibleTo));
}
