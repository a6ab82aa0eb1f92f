using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;
using Tributary.Core.Users;

namespace Tributary.Core.Labels;

/// <summary>The verbs of ready-made lost reasons. Deals keep the text, so nothing done here changes a deal.</summary>
public sealed class LostReasonService(Db db)
{
    /// <summary>All of them in order, those no longer offered included.</summary>
    public async Task<IReadOnlyList<LostReason>> List(Caller caller, CancellationToken ct)
    {
        caller.MustRead("lost_reasons");
        await using var tx = await db.Read(caller.Workspace, ct);
        return (await tx.Catalog()).LostReasons;
    }

    public async Task<LostReason> Get(Caller caller, long id, CancellationToken ct)
    {
        caller.MustRead("lost_reasons");
        await using var tx = await db.Read(caller.Workspace, ct);
        return Get(await tx.Catalog(), id);
    }

    public async Task<LostReason> Create(Caller caller, LostReasonPatch patch, CancellationToken ct)
    {
        caller.MustManage("lost_reasons");
        await using var tx = await db.Write(caller.Workspace, ct);
        await UserStore.LockWorkspace(tx);

        var reasons = (await tx.Catalog()).LostReasons;
        var id = await tx.NextId("lost_reason_ids");
        await Save(tx, caller, reasons, LabelRules.Add(reasons, patch, id, tx.NextUid()));
        var created = Get(await tx.Catalog(), id);
        await tx.Commit();
        return created;
    }

    public async Task<LostReason> Update(Caller caller, long id, LostReasonPatch patch, CancellationToken ct)
    {
        caller.MustManage("lost_reasons");
        await using var tx = await db.Write(caller.Workspace, ct);
        await UserStore.LockWorkspace(tx);

        var catalog = await tx.Catalog();
        await Save(tx, caller, catalog.LostReasons, LabelRules.Change(catalog.LostReasons, Get(catalog, id), patch));
        var after = Get(await tx.Catalog(), id);
        await tx.Commit();
        return after;
    }

    /// <param name="ids">Each reason once, in the order wanted.</param>
    public async Task<IReadOnlyList<LostReason>> Reorder(Caller caller, IReadOnlyList<long> ids, CancellationToken ct)
    {
        caller.MustManage("lost_reasons");
        await using var tx = await db.Write(caller.Workspace, ct);
        await UserStore.LockWorkspace(tx);

        var reasons = (await tx.Catalog()).LostReasons;
        await Save(tx, caller, reasons, LabelRules.Numbered(Places.InOrder(reasons, ids, reason => reason.Id)));
        var after = (await tx.Catalog()).LostReasons;
        await tx.Commit();
        return after;
    }

    public async Task Delete(Caller caller, long id, long? expected, CancellationToken ct)
    {
        caller.MustManage("lost_reasons");
        await using var tx = await db.Write(caller.Workspace, ct);
        await UserStore.LockWorkspace(tx);

        var catalog = await tx.Catalog();
        var gone = Get(catalog, id);
        Problem.MustBeAt(expected, gone.Version, "lost reason", id);
        await Save(tx, caller, catalog.LostReasons, LabelRules.Numbered(catalog.LostReasons.Where(reason => reason.Id != gone.Id)));
        await tx.Commit();
    }

    private static LostReason Get(WorkspaceCatalog catalog, long id) =>
        catalog.LostReasons.FirstOrDefault(reason => reason.Id == id) ?? throw Problem.NotFound("lost reason", id);

    private static async Task Save(Tx tx, Caller caller, IReadOnlyList<LostReason> before, IReadOnlyList<LostReason> after)
    {
        foreach (var (old, @new) in Places.Differences(before, after, reason => reason.Id))
        {
            var saved = old is null ? @new : @new is null ? null : @new with { Version = old.Version + 1 };
            await (old is null ? LostReasonStore.Insert(tx, saved!) : saved is null
                ? LostReasonStore.Delete(tx, old.Id) : LostReasonStore.Update(tx, saved));
            await EventStore.Append(tx, caller, LabelHistory.Between(old, saved));
            await tx.CatalogHasChanged();
        }
    }
}
