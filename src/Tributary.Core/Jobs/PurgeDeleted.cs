using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Jobs;

/// <summary>
/// Takes away for good what was deleted more than 30 days ago, with everything that hangs on it. Each batch is a unit of
/// work of its own, so that nobody waits long for it and a crash loses nothing: what is left is found again the next time.
/// </summary>
public sealed class PurgeDeleted(Db db)
{
    private const int Batch = 50;

    /// <returns>How many records were purged, over all workspaces.</returns>
    public async Task<int> Step(CancellationToken ct)
    {
        var purged = 0;
        foreach (var workspace in await Workspaces(ct))
        {
            // Deals go first: much of the rest goes with them.
            while (await Deals(workspace, ct) is var deals and > 0) purged += deals;
            foreach (var noun in PurgeStore.Nouns)
            {
                while (await Records(workspace, noun, ct) is var records and > 0) purged += records;
            }
        }
        return purged;
    }

    private async Task<IReadOnlyList<long>> Workspaces(CancellationToken ct)
    {
        await using var tx = await db.ReadEverywhere(ct);
        return await PurgeStore.Workspaces(tx);
    }

    private async Task<int> Deals(long workspace, CancellationToken ct)
    {
        await using var tx = await db.Write(workspace, ct);
        var due = await PurgeStore.Due(tx, "deals", tx.Now - DealRules.Kept, Batch);
        foreach (var id in due)
        {
            if (await DealStore.FindForUpdate(tx, id) is { IsDeleted: true } deal)
            {
                await DealSaving.Purge(tx, Caller.System(workspace), deal);
            }
        }
        await tx.Commit();
        return due.Count;
    }

    private async Task<int> Records(long workspace, PurgeNoun noun, CancellationToken ct)
    {
        await using var tx = await db.Write(workspace, ct);
        var due = await PurgeStore.Due(tx, noun.Table, tx.Now - DealRules.Kept, Batch);
        if (due.Count == 0) return 0;

        await Purging.Records(tx, Caller.System(workspace), noun, due);
        await tx.Commit();
        return due.Count;
    }
}
