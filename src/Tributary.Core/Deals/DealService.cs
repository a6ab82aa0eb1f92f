using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

/// <summary>The verbs of deals. Each opens one unit of work, loads, asks the rules, saves, and records what happened.</summary>
public sealed partial class DealService(Db db)
{
    /// <summary>A deal the caller sees, deleted ones included for as long as they can be restored.</summary>
    public Task<Deal> Get(Caller caller, long id, CancellationToken ct) => Get(caller, id, DealMembers.All, ct);

    /// <summary>The same, of which only some members are shown.</summary>
    public async Task<Deal> Get(Caller caller, long id, DealMembers members, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await DealStore.Find(tx, id, members)) ?? throw Problem.NotFound("deal", id);
    }

    /// <summary>The same by its uid.</summary>
    public async Task<Deal> Get(Caller caller, Guid uid, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await DealStore.Find(tx, uid)) ?? throw Problem.NotFound("deal", uid);
    }

    /// <summary>
    /// Gives a deal its ids, number and place. Stores it and says so in the log; a refusal names everything that is wrong at once.
    /// </summary>
    public async Task<Deal> Create(Caller caller, DealPatch patch, CancellationToken ct)
    {
        caller.MustWrite("deals");
        await using var tx = await db.Write(caller.Workspace, ct);
        tx.CountsApart = true;
        var created = await Create(tx, caller, patch);
        await tx.Commit();
        return created;
    }

    /// <summary>Changes what the patch names. Nothing is written, and no event appended, when nothing would change.</summary>
    public async Task<Deal> Update(Caller caller, long id, DealPatch patch, CancellationToken ct)
    {
        caller.MustWrite("deals");
        await using var tx = await db.Write(caller.Workspace, ct);
        var before = await ForUpdate(tx, caller, id);
        var after = await Update(tx, caller, before, patch);
        await tx.Commit();
        return after;
    }

    /// <summary>Marks as deleted; it can be restored for 30 days.</summary>
    public Task<Deal> Delete(Caller caller, long id, CancellationToken ct) => Delete(caller, id, version: null, ct);

    /// <summary>The same, refused as stale unless the deal has this version.</summary>
    public Task<Deal> Delete(Caller caller, long id, long? version, CancellationToken ct) =>
        Update(caller, id, new() { Deleted = true, ExpectedVersion = version }, ct);

    /// <summary>Takes it out of the bin, unless it was purged; what is not in the bin stays as it is.</summary>
    public Task<Deal> Restore(Caller caller, long id, CancellationToken ct) => Update(caller, id, new() { Deleted = false }, ct);

    /// <summary>Takes a deal away at once and for good, history included (AutomateNexus: "permanently deletes a deal").</summary>
    public async Task Purge(Caller caller, long id, CancellationToken ct)
    {
        caller.MustWrite("deals");
        await using var tx = await db.Write(caller.Workspace, ct);
        var deal = await ForUpdate(tx, caller, id);
        await DealSaving.Purge(tx, caller, deal);
        await tx.Commit();
    }

    /// <summary>Those of the deals that are there and that the caller sees, by id; deleted ones included.</summary>
    public async Task<IReadOnlyList<Deal>> FindMany(Caller caller, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await VisibleOnes(tx, caller, ids);
    }

    /// <summary>Creation inside a unit of work that does more (imports, conversions, batches).</summary>
    internal static async Task<Deal> Create(Tx tx, Caller caller, DealPatch patch) =>
        await DealSaving.Create(tx, caller, DealRules.Create(patch, await DealContexts.For(tx, caller, patch, before: null)), patch);

    internal static async Task<Deal> Update(Tx tx, Caller caller, Deal before, DealPatch patch)
    {
        var after = DealRules.Apply(before, patch, await DealContexts.For(tx, caller, patch, before));
        return ReferenceEquals(after, before) ? before
            : await DealSaving.Change(tx, caller, before, after, patch.Note, patch.Position.IsSet, contacts: patch.ContactIds,
                quietMove: patch.QuietMove);
    }

    /// <summary>
    /// A deal whose people and belongings the caller may change: visible, not deleted, not archived. Locked until the unit of work ends.
    /// </summary>
    internal static async Task<Deal> Changeable(Tx tx, Caller caller, long id)
    {
        if (await Visible(tx, caller, await DealStore.FindForUpdate(tx, id)) is not { IsDeleted: false } deal)
        {
            throw Problem.NotFound("deal", id);
        }
        return deal.IsArchived ? throw Problem.Conflict("An archived deal cannot be changed. Take it out of the archive first.", "deal")
            : deal;
    }

    internal static async Task<IReadOnlyList<Deal>> VisibleOnes(Tx tx, Caller caller, IReadOnlyCollection<long> ids)
    {
        if (ids.Count == 0) return [];
        var followed = caller is { IsAdmin: false, UserId: { } user } ? (await DealStore.Followed(tx, ids, user)).ToHashSet() : [];
        var catalog = await tx.Catalog();
        var visible = new List<Deal>();
        foreach (var deal in await DealStore.FindMany(tx, ids))
        {
            if (await DealVisibility.Sees(caller, deal, catalog, () => Task.FromResult(followed.Contains(deal.Id)))) visible.Add(deal);
        }
        return visible;
    }

    internal static async Task<Deal?> Visible(Tx tx, Caller caller, Deal? deal)
    {
        if (deal is null) return null;
        return await DealVisibility.Sees(caller, deal, await tx.Catalog(), () => DealStore.Follows(tx, deal.Id, caller.UserId!.Value))
            ? deal : null;
    }
}
