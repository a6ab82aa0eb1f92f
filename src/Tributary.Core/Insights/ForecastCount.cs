using Tributary.Core.Deals;
using Tributary.Core.Lists;
using Tributary.Core.Totals;

namespace Tributary.Core.Insights;

/// <summary>Adds deals up to a forecast: what is overdue, months in order, what has no date. Pure.</summary>
/// <param name="calendar">The moment the forecast is of.</param>
/// <param name="first">Months before this one are left out.</param>
/// <param name="last">Months after this one, and deals without a date, are left out; none means all.</param>
internal sealed class ForecastCount(Calendar calendar, DateOnly first, DateOnly? last)
{
    private readonly Dictionary<(ForecastKind Kind, DateOnly? Month), (Tally Won, Tally Open)> buckets = [];

    public void Add(InsightRow row)
    {
        if (row.Status is DealStatus.Lost) return;
        var bucket = InsightRules.Forecast(row, calendar.Today, calendar.DayOf);
        if (bucket.Month < first || bucket.Month > last || last is not null && bucket.Kind is ForecastKind.NoDate) return;
        if (!buckets.TryGetValue(bucket, out var sums)) buckets[bucket] = sums = (new(), new());
        (row.Status is DealStatus.Won ? sums.Won : sums.Open).Add(row);
    }

    public IReadOnlyList<ForecastBucket> Buckets(Func<Tally, Summary> sum) => [.. buckets
        .OrderBy(bucket => bucket.Key.Kind switch { ForecastKind.Overdue => 0, ForecastKind.Month => 1, ForecastKind.NoDate => 2 })
        .ThenBy(bucket => bucket.Key.Month)
        .Select(bucket => new ForecastBucket(bucket.Key.Kind, bucket.Key.Month, sum(bucket.Value.Won), sum(bucket.Value.Open)))];
}
