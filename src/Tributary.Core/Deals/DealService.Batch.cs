using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

/// <summary>What became of one item of a batch: the deal, or why it was refused.</summary>
public sealed record BatchResult(Deal? Deal, Problem? Problem)
{
    public bool IsDone => Problem is null;
}

/// <summary>One thing that a batch does.</summary>
public abstract record BatchItem
{
    private BatchItem()
    {
    }

    public sealed record Create(DealPatch Patch) : BatchItem;

    public sealed record Update(long Id, DealPatch Patch) : BatchItem;

    public sealed record Delete(long Id, long? Version = null) : BatchItem;

    public sealed record Restore(long Id, long? Version = null) : BatchItem;
}

// Many deals in one unit of work. Each item is accepted or refused on its own; what was accepted is stored together.
public sealed partial class DealService
{
    public const int MaxBatch = 1000;

    /// <summary>Creates, changes, deletes and restores deals, in the order given.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="items">What to do.</param>
    /// <param name="atomic">One refusal undoes all: then nothing is stored, and items that were not wrong have neither deal nor
    /// problem.</param>
    /// <param name="dryRun">Everything is tried, the rules say what they say, and nothing is stored.</param>
    /// <param name="ct">Stops before the next item; nothing is stored then.</param>
    public async Task<IReadOnlyList<BatchResult>> Batch(Caller caller, IReadOnlyList<BatchItem> items, bool atomic, bool dryRun,
        CancellationToken ct)
    {
        caller.MustWrite("deals");
        if (items.Count > MaxBatch) throw Problem.TooLarge($"A batch has at most {MaxBatch} items.");

        await using var tx = await db.Write(caller.Workspace, ct);
        var inBulk = caller with { IsBulk = true };
        var results = new List<BatchResult>(items.Count);
        foreach (var item in items)
        {
            ct.ThrowIfCancellationRequested();
            Deal? done = null;
            var problem = await tx.Attempt(async () => done = await Do(tx, inBulk, item));
            results.Add(problem is null ? new(done, null) : new(null, problem));
        }
        if (atomic && results.Exists(result => !result.IsDone)) return [.. results.Select(result => result with { Deal = null })];

        if (!dryRun) await tx.Commit();
        return results;
    }

    /// <summary>
    /// Deletes those of the deals that are there and that the caller sees, and says which (Pipedrive: the others are "silently dropped").
    /// </summary>
    public async Task<IReadOnlyList<long>> BulkDelete(Caller caller, IReadOnlyList<long> ids, CancellationToken ct)
    {
        var items = ids.Distinct().Select(id => new BatchItem.Delete(id));
        var results = await Batch(caller, [.. items], atomic: false, dryRun: false, ct);
        return [.. results.Select(result => result.Deal?.Id).OfType<long>()];
    }

    private static async Task<Deal> Do(Tx tx, Caller caller, BatchItem item) => item switch
    {
        BatchItem.Create create => await Create(tx, caller, create.Patch),
        BatchItem.Update update => await Update(tx, caller, await ForUpdate(tx, caller, update.Id), update.Patch),
        BatchItem.Delete delete =>
            await Update(tx, caller, await ForUpdate(tx, caller, delete.Id), new() { Deleted = true, ExpectedVersion = delete.Version }),
        BatchItem.Restore restore =>
            await Update(tx, caller, await ForUpdate(tx, caller, restore.Id), new() { Deleted = false, ExpectedVersion = restore.Version }),
        _ => throw new InvalidOperationException("The items of a batch are these four."),
    };

    private static async Task<Deal> ForUpdate(Tx tx, Caller caller, long id) =>
        await Visible(tx, caller, await DealStore.FindForUpdate(tx, id)) ?? throw Problem.NotFound("deal", id);
}
