using Tributary.Core.Deals;

namespace Tributary.Core.Totals;

/// <summary>
/// Totals counted from deals and their changes, with the same rules that keep them. As large as the cells there are, not as the deals.
/// </summary>
internal sealed class TotalsCount
{
    private readonly Dictionary<TotalsCell, TotalsAmount> cells = [];
    private readonly Dictionary<DayCell, long> days = [];

    public void Add(Deal deal) => Move(null, deal);

    /// <summary>What a change of one deal moves.</summary>
    public void Move(Deal? before, Deal? after)
    {
        foreach (var (cell, amount) in TotalsRules.Between(before, after)) Add(cell, amount);
        foreach (var (cell, deals) in TotalsRules.DaysBetween(before, after)) Add(cell, deals);
    }

    public void Add(TotalsCell cell, TotalsAmount amount) => cells[cell] = cells.GetValueOrDefault(cell) + amount;

    public void Add(DayCell cell, long deals) => days[cell] = days.GetValueOrDefault(cell) + deals;

    /// <summary>Cells that hold anything, in an order that never changes.</summary>
    public IEnumerable<(TotalsCell Cell, TotalsAmount Amount)> Cells =>
        cells.Where(entry => entry.Value != default).OrderBy(entry => entry.Key.StageId)
        .ThenBy(entry => entry.Key.ToString(), StringComparer.Ordinal).Select(entry => (entry.Key, entry.Value));

    public IEnumerable<(DayCell Cell, long Deals)> Days =>
        days.Where(entry => entry.Value != 0).OrderBy(entry => entry.Key.StageId)
        .ThenBy(entry => entry.Key.ToString(), StringComparer.Ordinal).Select(entry => (entry.Key, entry.Value));
}
