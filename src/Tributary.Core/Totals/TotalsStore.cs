using Tributary.Core.Deals;
using Tributary.Core.Storage;

namespace Tributary.Core.Totals;

/// <summary>Keeps the totals with each write of a deal, in its transaction.</summary>
internal static class TotalsStore
{
    /// <summary>
    /// Moves the totals from what a deal was to what it is. Rows are touched in key order, so that two writers cannot wait for each other.
    /// </summary>
    public static async Task Move(Tx tx, Deal? before, Deal? after)
    {
        if (tx.Bulk is { } bulk)
        {
            bulk.Totals.Move(before, after);
            return;
        }
        foreach (var (cell, amount) in TotalsRules.Between(before, after).OrderBy(change => change.Cell.StageId)
            .ThenBy(change => change.Cell.ToString(), StringComparer.Ordinal))
        {
            await Add(tx, cell, amount);
        }
        foreach (var (cell, deals) in TotalsRules.DaysBetween(before, after).OrderBy(change => change.Cell.StageId)
            .ThenBy(change => change.Cell.ToString(), StringComparer.Ordinal))
        {
            await AddDay(tx, cell, deals);
        }
    }

    /// <summary>Adds what a unit of work has gathered, in the same order.</summary>
    public static async Task Settle(Tx tx)
    {
        if (tx.Bulk is not { } bulk) return;
        foreach (var (cell, amount) in bulk.Totals.Cells) await Add(tx, cell, amount);
        foreach (var (cell, deals) in bulk.Totals.Days) await AddDay(tx, cell, deals);
    }

    public static Task Add(Tx tx, TotalsCell cell, TotalsAmount amount) => tx.Put("""
        INSERT INTO deal_totals (workspace_id, pipeline_id, stage_id, status, owner_id, visible_to, archived, currency, app_id, shard,
            deals, value_units, weighted_units, inherited_units, won_seconds)
        VALUES (@Workspace, @PipelineId, @StageId, @status, @OwnerId, @VisibleTo, @Archived, @Currency, @AppId, @Shard, @Deals, @ValueUnits,
            @WeightedUnits, @InheritedUnits, @WonSeconds)
        ON CONFLICT (workspace_id, pipeline_id, stage_id, status, owner_id, visible_to, archived, currency, app_id, shard) DO UPDATE SET
            deals = deal_totals.deals + excluded.deals,
            value_units = deal_totals.value_units + excluded.value_units,
            weighted_units = deal_totals.weighted_units + excluded.weighted_units,
            inherited_units = deal_totals.inherited_units + excluded.inherited_units,
            won_seconds = deal_totals.won_seconds + excluded.won_seconds
        """, new
    {
        tx.Workspace,
        cell.PipelineId,
        cell.StageId,
        status = DealHistory.Word(cell.Status),
        cell.OwnerId,
        cell.VisibleTo,
        cell.Archived,
        cell.Currency,
        cell.AppId,
        tx.Shard,
        amount.Deals,
        amount.ValueUnits,
        amount.WeightedUnits,
        amount.InheritedUnits,
        amount.WonSeconds,
    });

    public static Task AddDay(Tx tx, DayCell cell, long deals) => tx.Put("""
        INSERT INTO deal_day_totals (workspace_id, pipeline_id, stage_id, kind, day, shard, deals)
        VALUES (@Workspace, @PipelineId, @StageId, @Kind, @Day, @Shard, @deals)
        ON CONFLICT (workspace_id, pipeline_id, stage_id, kind, day, shard) DO UPDATE SET deals = deal_day_totals.deals + excluded.deals
        """, new { tx.Workspace, cell.PipelineId, cell.StageId, cell.Kind, cell.Day, tx.Shard, deals });

    /// <summary>Every cell, its shards added up.</summary>
    public static async IAsyncEnumerable<(TotalsCell Cell, TotalsAmount Amount)> Cells(Tx tx)
    {
        var rows = tx.Stream<CellRow>("""
            SELECT pipeline_id, stage_id, status, owner_id, visible_to, archived, currency, app_id,
                   CAST(SUM(deals) AS BIGINT) AS deals, CAST(SUM(value_units) AS BIGINT) AS value_units,
                   CAST(SUM(weighted_units) AS BIGINT) AS weighted_units, CAST(SUM(inherited_units) AS BIGINT) AS inherited_units,
                   CAST(SUM(won_seconds) AS BIGINT) AS won_seconds
            FROM deal_totals
            WHERE workspace_id = @Workspace
            GROUP BY pipeline_id, stage_id, status, owner_id, visible_to, archived, currency, app_id
            """, new { tx.Workspace });
        await foreach (var row in rows)
        {
            yield return (new(row.PipelineId, row.StageId, row.Status, row.OwnerId, row.VisibleTo, row.Archived, row.Currency, row.AppId),
                new(row.Deals, row.ValueUnits, row.WeightedUnits, row.InheritedUnits, row.WonSeconds));
        }
    }

    public static async IAsyncEnumerable<(DayCell Cell, long Deals)> Days(Tx tx)
    {
        var rows = tx.Stream<DayRow>("""
            SELECT pipeline_id, stage_id, kind, day, CAST(SUM(deals) AS BIGINT) AS deals
            FROM deal_day_totals
            WHERE workspace_id = @Workspace
            GROUP BY pipeline_id, stage_id, kind, day
            """, new { tx.Workspace });
        await foreach (var row in rows) yield return (new(row.PipelineId, row.StageId, row.Kind, row.Day), row.Deals);
    }

    private sealed record CellRow
    {
        public long PipelineId { get; init; }
        public long StageId { get; init; }
        public DealStatus Status { get; init; }
        public long OwnerId { get; init; }
        public int VisibleTo { get; init; }
        public bool Archived { get; init; }
        public string Currency { get; init; } = "";
        public long AppId { get; init; }
        public long Deals { get; init; }
        public long ValueUnits { get; init; }
        public long WeightedUnits { get; init; }
        public long InheritedUnits { get; init; }
        public long WonSeconds { get; init; }
    }

    private sealed record DayRow
    {
        public long PipelineId { get; init; }
        public long StageId { get; init; }
        public string Kind { get; init; } = "";
        public DateOnly Day { get; init; }
        public long Deals { get; init; }
    }
}
