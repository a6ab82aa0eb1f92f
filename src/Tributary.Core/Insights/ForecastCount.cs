using Tributary.Core.Deals;
using Tributary.Core.Lists;
using Tributary.Core.Totals;

namespace Tributary.Core.Insights;

/// <summary>Adds deals up to a forecast: what is overdue, months, weeks or quarters in order, what has no date. Pure.</summary>
/// <param name="calendar">The moment the forecast is of.</param>
/// <param name="cut">Periods before its first one are left out.</param>
/// <param name="last">Periods after this day, and deals without a date, are left out; none means all.</param>
internal sealed class ForecastCount(Calendar calendar, ForecastCut cut, DateOnly? last)
{
    private readonly DateOnly first = InsightRules.FirstOf(cut.Interval, cut.First ?? calendar.Today);
    private readonly Dictionary<(long? Group, ForecastKind Kind, DateOnly? Month), (Tally Won, Tally Open)> buckets = [];

    public void Add(InsightRow row)
    {
        if (row.Status is DealStatus.Lost) return;
        var (kind, month) = InsightRules.Forecast(row, calendar.Today, calendar.DayOf, cut.Interval);
        if (month < first || month > last || last is not null && kind is ForecastKind.NoDate) return;
        var bucket = (Group(row), kind, month);
        if (!buckets.TryGetValue(bucket, out var sums)) buckets[bucket] = sums = (new(), new());
        (row.Status is DealStatus.Won ? sums.Won : sums.Open).Add(cut.Recurring ? row with { ValueUnits = row.MrrUnits } : row);
    }

    /// <summary>Group by group, those of none first; within a group in order of time.</summary>
    public IReadOnlyList<ForecastBucket> Buckets(Func<Tally, Summary> sum) => [.. buckets
        .OrderBy(bucket => bucket.Key.Group ?? 0)
        .ThenBy(bucket => bucket.Key.Kind switch { ForecastKind.Overdue => 0, ForecastKind.Month => 1, ForecastKind.NoDate => 2 })
        .ThenBy(bucket => bucket.Key.Month)
        .Select(bucket => new ForecastBucket(bucket.Key.Kind, bucket.Key.Month, sum(bucket.Value.Won), sum(bucket.Value.Open),
            bucket.Key.Group))];

    private long? Group(InsightRow row) => cut.GroupBy is not { } by ? null : by switch
    {
        ForecastGroup.Owner => row.OwnerId,
        ForecastGroup.Pipeline => row.PipelineId,
    };
}
