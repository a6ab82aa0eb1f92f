using Tributary.Core.Catalog;
using Tributary.Core.Currencies;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;
using Tributary.Core.Workspaces;

namespace Tributary.Core.Totals;

/// <summary>
/// A cell of the totals that is not what a recount says; amounts are "deals, value, weighted, inherited" in ten-thousandths, and seconds.
/// </summary>
public sealed record TotalsDifference(long Workspace, string Cell, string TooMuch);

/// <summary>The verbs of totals.</summary>
public sealed class TotalsService(Db db)
{
    /// <summary>
    /// Counts and sums of the deals the caller sees. Read from the totals that writes keep, it costs the same whatever
    /// the number of deals; with any other condition the deals that match are added up.
    /// </summary>
    public async Task<Summary> Summary(Caller caller, SummaryQuery query, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        var catalog = await tx.CatalogFor(caller);
        var convertTo = SummaryRules.Target(query.ConvertTo, catalog);
        return SummaryRules.Of(await Totals(tx, caller, catalog, query), catalog, convertTo);
    }

    /// <summary>The same stage by stage; stages without deals are left out.</summary>
    public async Task<IReadOnlyDictionary<long, Summary>> ByStage(Caller caller, SummaryQuery query, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        var catalog = await tx.CatalogFor(caller);
        var convertTo = SummaryRules.Target(query.ConvertTo, catalog);
        var totals = await Totals(tx, caller, catalog, query);
        return totals.GroupBy(total => total.StageId).Select(stage => (stage.Key, Summary: SummaryRules.Of(stage, catalog, convertTo)))
            .Where(stage => stage.Summary.Deals > 0).ToDictionary(stage => stage.Key, stage => stage.Summary);
    }

    /// <summary>
    /// How the live deals of a pipeline were won, from the totals that writes keep: the same cost at any number of deals.
    /// </summary>
    public async Task<WinningPace> Pace(Caller caller, long pipelineId, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        var catalog = await tx.CatalogFor(caller);
        return SummaryRules.Pace(await SummaryStore.Won(tx, caller, catalog, pipelineId), catalog);
    }

    /// <summary>Compares every cell of every workspace with a recount from the deals; empty means all is well.</summary>
    public async Task<IReadOnlyList<TotalsDifference>> Verify(CancellationToken ct)
    {
        var found = new List<TotalsDifference>();
        foreach (var workspace in await Workspaces(ct)) found.AddRange(Describe(workspace, await Drift(workspace, ct)));
        return found;
    }

    /// <summary>Verifies, and takes away what is too much. Right also while others write, because they add to the same sums.</summary>
    public async Task<IReadOnlyList<TotalsDifference>> Repair(CancellationToken ct)
    {
        var found = new List<TotalsDifference>();
        foreach (var workspace in await Workspaces(ct))
        {
            var drift = await Drift(workspace, ct);
            await using var tx = await db.Write(workspace, ct);
            foreach (var (cell, amount) in drift.Cells) await TotalsStore.Add(tx, cell, -amount);
            foreach (var (cell, deals) in drift.Days) await TotalsStore.AddDay(tx, cell, -deals);
            await tx.Commit();
            found.AddRange(Describe(workspace, drift));
        }
        return found;
    }

    private static async Task<IReadOnlyList<StageTotal>> Totals(Tx tx, Caller caller, WorkspaceCatalog catalog, SummaryQuery query)
    {
        // No cell knows what a condition asks, nor the rate that a deal was closed at.
        if (query.Condition != Condition.Everything || query.Rates is ReportRates.Locked)
        {
            return await tx.Many(SummaryStore.OfDeals(tx, caller, catalog, query));
        }
        var totals = await tx.Many(SummaryStore.Kept(tx, caller, catalog, query));
        if (caller.IsAdmin) return totals;
        return [.. totals, .. await tx.Many(SummaryStore.OfDeals(tx, caller, catalog, query, onlyFollowed: true))];
    }

    /// <summary>What is kept minus what a recount finds, both as of one moment.</summary>
    private async Task<TotalsCount> Drift(long workspace, CancellationToken ct)
    {
        await using var tx = await db.Read(workspace, ct);
        var counted = new TotalsCount();
        await foreach (var deal in SummaryStore.Countable(tx)) counted.Add(deal);

        var drift = new TotalsCount();
        await foreach (var (cell, amount) in TotalsStore.Cells(tx)) drift.Add(cell, amount);
        await foreach (var (cell, deals) in TotalsStore.Days(tx)) drift.Add(cell, deals);
        foreach (var (cell, amount) in counted.Cells) drift.Add(cell, -amount);
        foreach (var (cell, deals) in counted.Days) drift.Add(cell, -deals);
        return drift;
    }

    private static IEnumerable<TotalsDifference> Describe(long workspace, TotalsCount drift) =>
    [
        .. drift.Cells.Select(entry => new TotalsDifference(workspace, entry.Cell.ToString(), entry.Amount.ToString())),
        .. drift.Days.Select(entry => new TotalsDifference(workspace, entry.Cell.ToString(),
            entry.Deals.ToString(System.Globalization.CultureInfo.InvariantCulture))),
    ];

    private async Task<IReadOnlyList<long>> Workspaces(CancellationToken ct)
    {
        await using var tx = await db.ReadEverywhere(ct);
        return [.. (await WorkspaceStore.All(tx)).Select(workspace => workspace.Id)];
    }
}
