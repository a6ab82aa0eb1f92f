using Tributary.Core.Deals;
using Tributary.Core.Storage;

namespace Tributary.Core.Totals;

/// <summary>Keeps the totals with each write of a deal, in its transaction.</summary>
internal static class TotalsStore
{
    /// <summary>Moves the totals from what a deal was to what it is. Rows are touched in key order, so that two writers cannot wait for each other.</summary>
    public static async Task Move(Tx tx, Deal? before, Deal? after)
    {
        foreach (var (cell, amount) in TotalsRules.Between(before, after).OrderBy(change => change.Cell.StageId).ThenBy(change => change.Cell.ToString(), StringComparer.Ordinal))
        {
            await Add(tx, cell, amount);
        }
        foreach (var (cell, deals) in TotalsRules.DaysBetween(before, after).OrderBy(change => change.Cell.StageId).ThenBy(change => change.Cell.ToString(), StringComparer.Ordinal))
        {
            await AddDay(tx, cell, deals);
        }
    }

    public static Task Add(Tx tx, TotalsCell cell, TotalsAmount amount) => tx.Run("""
        INSERT INTO deal_totals (workspace_id, pipeline_id, stage_id, status, owner_id, visible_to, archived, currency, shard, deals, value_units, weighted_units, inherited_units)
        VALUES (@Workspace, @PipelineId, @StageId, @status, @OwnerId, @VisibleTo, @Archived, @Currency, @Shard, @Deals, @ValueUnits, @WeightedUnits, @InheritedUnits)
        ON CONFLICT (workspace_id, pipeline_id, stage_id, status, owner_id, visible_to, archived, currency, shard) DO UPDATE SET
            deals = deal_totals.deals + excluded.deals,
            value_units = deal_totals.value_units + excluded.value_units,
            weighted_units = deal_totals.weighted_units + excluded.weighted_units,
            inherited_units = deal_totals.inherited_units + excluded.inherited_units
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
        tx.Shard,
        amount.Deals,
        amount.ValueUnits,
        amount.WeightedUnits,
        amount.InheritedUnits,
    });

    private static Task<int> AddDay(Tx tx, DayCell cell, long deals) => tx.Run("""
        INSERT INTO deal_day_totals (workspace_id, pipeline_id, stage_id, kind, day, shard, deals)
        VALUES (@Workspace, @PipelineId, @StageId, @Kind, @Day, @Shard, @deals)
        ON CONFLICT (workspace_id, pipeline_id, stage_id, kind, day, shard) DO UPDATE SET deals = deal_day_totals.deals + excluded.deals
        """, new { tx.Workspace, cell.PipelineId, cell.StageId, cell.Kind, cell.Day, tx.Shard, deals });
}
