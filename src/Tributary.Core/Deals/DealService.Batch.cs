using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

/// <summary>What became of one item of a batch: the deal, or why it was refused.</summary>
public sealed record BatchResult(Deal? Deal, Problem? Problem)
{
    public bool IsDone => Problem is null;
}

/// <summary>One deal of a batch and what to change on it.</summary>
public sealed record BatchUpdate(long Id, DealPatch Patch);

// Many deals in one unit of work. Each item is accepted or refused on its own; what was accepted is stored together.
public sealed partial class DealService
{
    public const int MaxBatch = 1000;

    public Task<IReadOnlyList<BatchResult>> CreateMany(Caller caller, IReadOnlyList<DealPatch> patches, CancellationToken ct) =>
        Batch(caller, patches, static (tx, caller, patch) => Create(tx, caller, patch), ct);

    public Task<IReadOnlyList<BatchResult>> UpdateMany(Caller caller, IReadOnlyList<BatchUpdate> updates, CancellationToken ct) =>
        Batch(caller, updates, static async (tx, caller, update) => await Update(tx, caller, await ForUpdate(tx, caller, update.Id), update.Patch), ct);

    public Task<IReadOnlyList<BatchResult>> DeleteMany(Caller caller, IReadOnlyList<long> ids, CancellationToken ct) =>
        Batch(caller, ids, static async (tx, caller, id) => await Update(tx, caller, await ForUpdate(tx, caller, id), new() { Deleted = true }), ct);

    /// <summary>Deletes those of the deals that are there and that the caller sees, and says which (Pipedrive: the others are "silently dropped").</summary>
    public async Task<IReadOnlyList<long>> BulkDelete(Caller caller, IReadOnlyList<long> ids, CancellationToken ct) =>
        [.. (await DeleteMany(caller, [.. ids.Distinct()], ct)).Select(result => result.Deal?.Id).OfType<long>()];

    private async Task<IReadOnlyList<BatchResult>> Batch<T>(Caller caller, IReadOnlyList<T> items, Func<Tx, Caller, T, Task<Deal>> verb, CancellationToken ct)
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
            var problem = await tx.Attempt(async () => done = await verb(tx, inBulk, item));
            results.Add(problem is null ? new(done, null) : new(null, problem));
        }
        await tx.Commit();
        return results;
    }

    private static async Task<Deal> ForUpdate(Tx tx, Caller caller, long id) =>
        await Visible(tx, caller, await DealStore.FindForUpdate(tx, id)) ?? throw Problem.NotFound("deal", id);
}
