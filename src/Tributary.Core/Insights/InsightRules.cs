using Tributary.Core.Deals;

namespace Tributary.Core.Insights;

/// <summary>Pure: small decisions that insights are made of.</summary>
internal static class InsightRules
{
    /// <summary>Where a deal is shown in a forecast: by the month it was won in, or is expected in.</summary>
    public static (ForecastKind Kind, DateOnly? Month) Forecast(InsightRow row, DateOnly today, Func<DateTimeOffset, DateOnly> dayOf,
        Interval interval = Interval.Month) => row switch
        {
            { Status: DealStatus.Won, ClosedAt: { } closed } => (ForecastKind.Month, FirstOf(interval, dayOf(closed))),
            { ExpectedClose: null } => (ForecastKind.NoDate, null),
            { ExpectedClose: { } expected } when expected < today => (ForecastKind.Overdue, null),
            { ExpectedClose: { } expected } => (ForecastKind.Month, FirstOf(interval, expected)),
        };

    public static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);

    /// <summary>The first day of the calendar's week, month or quarter that a day is in. Weeks begin on Monday.</summary>
    public static DateOnly FirstOf(Interval interval, DateOnly day) => interval switch
    {
        Interval.Day => day,
        Interval.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        Interval.Month => FirstOfMonth(day),
        Interval.Quarter => new(day.Year, (day.Month - 1) / 3 * 3 + 1, 1),
    };

    /// <summary>Deals × win rate × average value ÷ cycle: what the pipeline earns a day. None while a factor is unknown.</summary>
    public static decimal? Velocity(long deals, decimal? winRatePercent, decimal? averageValue, decimal? cycleDays) =>
        winRatePercent is { } rate && averageValue is { } value && cycleDays is > 0 and { } days
            ? decimal.Round(deals * (rate / 100) * value / days, 2, MidpointRounding.ToEven)
            : null;

    /// <summary>The bucket of an age in whole days: 0–7, 8–30, 31–60, 61–90, more.</summary>
    public static int AgeBucket(DateTimeOffset since, DateTimeOffset now)
    {
        var days = (now - since).TotalDays;
        return AgeLimits.TakeWhile(limit => days >= limit + 1).Count();
    }

    /// <summary>The last day of each bucket but the last one, which has none.</summary>
    public static readonly IReadOnlyList<int> AgeLimits = [7, 30, 60, 90];
}
