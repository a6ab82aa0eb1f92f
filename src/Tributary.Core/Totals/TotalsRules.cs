using Tributary.Core.Deals;

namespace Tributary.Core.Totals;

/// <summary>Where a deal is counted. Deals of one cell differ in nothing that a total is asked by.</summary>
internal readonly record struct TotalsCell(long PipelineId, long StageId, DealStatus Status, long OwnerId, int VisibleTo, bool Archived,
    string Currency, long AppId);

/// <summary>
/// What a deal adds to its cell. Weighting is split so that a stage's probability can change without touching a deal:
/// weighted value = <see cref="WeightedUnits"/> + <see cref="InheritedUnits"/> × the stage's probability. Of won deals the seconds
/// from adding to winning are added up, for the time that winning takes.
/// </summary>
internal readonly record struct TotalsAmount(long Deals, long ValueUnits, long WeightedUnits, long InheritedUnits, long WonSeconds)
{
    public static TotalsAmount operator +(TotalsAmount a, TotalsAmount b) =>
        checked(new(a.Deals + b.Deals, a.ValueUnits + b.ValueUnits, a.WeightedUnits + b.WeightedUnits, a.InheritedUnits + b.InheritedUnits,
            a.WonSeconds + b.WonSeconds));

    public static TotalsAmount operator -(TotalsAmount a) =>
        new(-a.Deals, -a.ValueUnits, -a.WeightedUnits, -a.InheritedUnits, -a.WonSeconds);
}

/// <summary>A day on which open deals of a stage have their next activity, or were last touched.</summary>
internal readonly record struct DayCell(long PipelineId, long StageId, string Kind, DateOnly Day);

/// <summary>Pure: which totals a change of one deal moves, and by how much. A recount is the same function over all deals.</summary>
internal static class TotalsRules
{
    public const string Due = "due";
    public const string Touched = "touched";

    /// <summary>Stands for "no next activity".</summary>
    public static readonly DateOnly Never = DateOnly.MaxValue;

    public static IEnumerable<(TotalsCell Cell, TotalsAmount Amount)> Between(Deal? before, Deal? after)
    {
        var (old, @new) = (Cell(before), Cell(after));
        if (old == @new)
        {
            if (@new is not { } cell) return [];
            var difference = Amount(after!) + -Amount(before!);
            return difference == default ? [] : [(cell, difference)];
        }

        var changes = new List<(TotalsCell, TotalsAmount)>(2);
        if (old is { } left) changes.Add((left, -Amount(before!)));
        if (@new is { } entered) changes.Add((entered, Amount(after!)));
        return changes;
    }

    public static IEnumerable<(DayCell Cell, long Deals)> DaysBetween(Deal? before, Deal? after)
    {
        foreach (var kind in (string[])[Due, Touched])
        {
            var (old, @new) = (Day(before, kind), Day(after, kind));
            if (old == @new) continue;
            if (old is { } left) yield return (left, -1);
            if (@new is { } entered) yield return (entered, 1);
        }
    }

    /// <summary>Deleted deals are counted nowhere.</summary>
    public static TotalsCell? Cell(Deal? deal) => deal is null or { IsDeleted: true }
        ? null
        : new(deal.PipelineId, deal.StageId, deal.Status, deal.OwnerId ?? 0, deal.VisibleTo, deal.IsArchived, deal.Currency,
            deal.AppId ?? 0);

    public static TotalsAmount Amount(Deal deal)
    {
        var units = deal.ValueUnits ?? 0;
        return deal.ProbabilityBp is { } own ? new(1, units, WeighUnits(units, own), 0, WonSeconds(deal))
            : new(1, units, 0, units, WonSeconds(deal));
    }

    // Whole seconds apart, as both backends count them in the script that filled this first.
    private static long WonSeconds(Deal deal) =>
        deal is { Status: DealStatus.Won, WonAt: { } won } && won > deal.AddedAt
        ? won.ToUnixTimeSeconds() - deal.AddedAt.ToUnixTimeSeconds() : 0;

    /// <summary>Rounds half to even at the fourth decimal.</summary>
    public static long WeighUnits(long units, int probabilityBp) =>
        (long)decimal.Round(units * (decimal)probabilityBp / 10_000m, MidpointRounding.ToEven);

    public static DayCell? Day(Deal? deal, string kind) => deal is not { Status: DealStatus.Open, IsDeleted: false, IsArchived: false }
        ? null
        : new(deal.PipelineId, deal.StageId, kind, kind == Due
            ? deal.NextActivityOn ?? Never : DateOnly.FromDateTime(deal.TouchedAt.UtcDateTime));
}
