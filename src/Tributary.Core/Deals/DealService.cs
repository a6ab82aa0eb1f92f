using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

/// <summary>The verbs of deals. Each opens one unit of work, loads, asks the rules, saves, and records what happened.</summary>
public sealed partial class DealService(Db db)
{
    /// <summary>A deal the caller sees, deleted ones included for as long as they can be restored.</summary>
    public async Task<Deal> Get(Caller caller, long id, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await DealStore.Find(tx, id)) ?? throw Problem.NotFound("deal", id);
    }

    public async Task<Deal> Get(Caller caller, Guid uid, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await DealStore.Find(tx, uid)) ?? throw Problem.NotFound("deal", uid);
    }

    public async Task<Deal> Create(Caller caller, DealPatch patch, CancellationToken ct)
    {
        caller.MustWrite("deals");
        await using var tx = await db.Write(caller.Workspace, ct);
        var created = await Create(tx, caller, patch);
        await tx.Commit();
        return created;
    }

    /// <summary>Changes what the patch names. Nothing is written, and no event appended, when nothing would change.</summary>
    public async Task<Deal> Update(Caller caller, long id, DealPatch patch, CancellationToken ct)
    {
        caller.MustWrite("deals");
        await using var tx = await db.Write(caller.Workspace, ct);
        var before = await Visible(tx, caller, await DealStore.FindForUpdate(tx, id)) ?? throw Problem.NotFound("deal", id);
        var after = await Update(tx, caller, before, patch);
        await tx.Commit();
        return after;
    }

    /// <summary>Marks as deleted; it can be restored for 30 days.</summary>
    public Task<Deal> Delete(Caller caller, long id, CancellationToken ct) => Update(caller, id, new() { Deleted = true, Archived = default }, ct);

    public Task<Deal> Restore(Caller caller, long id, CancellationToken ct) => Update(caller, id, new() { Deleted = false }, ct);

    /// <summary>Takes a deal away at once and for good, history included (AutomateNexus: "permanently deletes a deal").</summary>
    public async Task Purge(Caller caller, long id, CancellationToken ct)
    {
        caller.MustWrite("deals");
        await using var tx = await db.Write(caller.Workspace, ct);
        var deal = await Visible(tx, caller, await DealStore.FindForUpdate(tx, id)) ?? throw Problem.NotFound("deal", id);
        await DealSaving.Purge(tx, caller, deal);
        await tx.Commit();
    }

    /// <summary>Creation inside a unit of work that does more (imports, conversions, batches).</summary>
    internal static async Task<Deal> Create(Tx tx, Caller caller, DealPatch patch) =>
        await DealSaving.Create(tx, caller, DealRules.Create(patch, await DealContexts.For(tx, caller, patch, Fields.CustomValues.None)), patch);

    internal static async Task<Deal> Update(Tx tx, Caller caller, Deal before, DealPatch patch)
    {
        var after = DealRules.Apply(before, patch, await DealContexts.For(tx, caller, patch, before.Custom));
        return ReferenceEquals(after, before) ? before : await DealSaving.Change(tx, caller, before, after, patch.Note, patch.Position.IsSet);
    }

    internal static async Task<Deal?> Visible(Tx tx, Caller caller, Deal? deal)
    {
        if (deal is null) return null;
        return await DealVisibility.Sees(caller, deal, await tx.Catalog(), () => DealStore.Follows(tx, deal.Id, caller.UserId!.Value)) ? deal : null;
    }
}
