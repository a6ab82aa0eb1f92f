using Tributary.Core.Totals;

namespace Tributary.Core.Insights;

/// <summary>What a bucket of a forecast holds.</summary>
public enum ForecastKind
{
    /// <summary>Won in the month, or expected in it.</summary>
    Month,

    /// <summary>Open and expected on a day that has passed.</summary>
    Overdue,

    /// <summary>Open without an expected close.</summary>
    NoDate,
}

/// <summary>Whose rows a forecast is cut into.</summary>
public enum ForecastGroup { Owner, Pipeline }

/// <summary>How a forecast is cut.</summary>
public sealed record ForecastCut
{
    /// <summary>A day of the first month, week or quarter; today's period begins it when nothing is said.</summary>
    public DateOnly? First { get; init; }

    /// <summary>Weeks begin on Monday.</summary>
    public Interval Interval { get; init; } = Interval.Month;
    public ForecastGroup? GroupBy { get; init; }

    /// <summary>Sums what deals bring in each month, by their products, in the place of their values.</summary>
    public bool Recurring { get; init; }
}

/// <summary>
/// One bucket of a forecast: what is won, and what is open, weighted by its probability. <paramref name="Month"/> is the first day of a
/// month, or of a week or quarter; <paramref name="GroupId"/> is an owner or a pipeline when the forecast is cut by one, and none for deals
/// without an owner.
/// </summary>
public sealed record ForecastBucket(ForecastKind Kind, DateOnly? Month, Summary Won, Summary Open, long? GroupId = null);

/// <summary>One interval of a timeline; the deals, when asked for, are by id.</summary>
public sealed record TimelineInterval(DateOnly First, DateOnly Last, Summary All, Summary Open, Summary Won, IReadOnlyList<long> DealIds);

/// <summary>What to put on a timeline.</summary>
/// <param name="Field">A date or moment of deals: "expected_close", "added_at", "won_at", "custom.&lt;key&gt;", …</param>
public sealed record TimelineQuery(DateOnly First, Interval Interval, int Amount, string Field, bool WithDeals);

/// <summary>How fast a pipeline sells. Days are means and medians of deals that left the stage; the cycle is of won deals.</summary>
public sealed record Velocity(IReadOnlyList<StageTime> Stages, long OpenDeals, decimal? WinRate, decimal? AverageWonValue,
    decimal? CycleDays, decimal? PerDay);

/// <summary>Won and lost deals, and which part of them was won; by number and by value.</summary>
public sealed record WinRate(Summary Won, Summary Lost)
{
    public decimal? Rate => FunnelRules.Percent(Won.Deals, Won.Deals + Lost.Deals);
    public decimal? ValueRate => FunnelRules.Percent(Won.Value, Won.Value + Lost.Value);
}

/// <summary>Deals closed in a month, and deals created in it whenever they were closed.</summary>
public sealed record WinRateMonth(DateOnly Month, WinRate Closed, long CreatedDeals, WinRate Created);

/// <summary>Lost deals of one stage and reason; no reason was given where it is none.</summary>
public sealed record LossReason(long StageId, string? Reason, Summary Lost);

/// <summary>Won deals of one month.</summary>
public sealed record WonMonth(DateOnly Month, Summary Won);

/// <summary>Open deals of one stage by days since they came into it: 0–7, 8–30, 31–60, 61–90, more.</summary>
public sealed record StageAge(long StageId, IReadOnlyList<long> Deals, decimal? MeanDays, decimal? MedianDays);
