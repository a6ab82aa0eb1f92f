using Tributary.Core.Currencies;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;

namespace Tributary.Core.Totals;

/// <summary>Which deals to sum up; what is left out does not restrict. Deleted deals are never among them.</summary>
public sealed record SummaryQuery
{
    public long? PipelineId { get; init; }
    public long? StageId { get; init; }
    public DealStatus? Status { get; init; }
    public long? OwnerId { get; init; }

    /// <summary>Archived deals only, or live ones only.</summary>
    public bool Archived { get; init; }

    /// <summary>Any other condition. Without one a summary costs the same at any number of deals.</summary>
    public Condition Condition { get; init; } = Condition.Everything;

    /// <summary>ISO 4217; the workspace's own when none is given.</summary>
    public string? ConvertTo { get; init; }

    /// <summary>Locked: closed deals are converted at the rate of the day they closed, which adds up the deals themselves.</summary>
    public ReportRates Rates { get; init; }
}

/// <summary>Deals of one currency. The converted amounts are none when a rate is missing.</summary>
public sealed record CurrencyTotal(string Currency, long Deals, decimal Value, decimal Weighted, decimal? ValueConverted,
    decimal? WeightedConverted);

/// <summary>How the deals of a pipeline were won; zeros while none was.</summary>
/// <param name="Time">From adding to winning, on average.</param>
/// <param name="Stage">The place of the stage they were won in, on average; the first is 1.</param>
public sealed record WinningPace(TimeSpan Time, decimal Stage);

/// <summary>Deals of all currencies, per currency and converted to one.</summary>
public sealed record Summary
{
    public required string ConvertedTo { get; init; }
    public required long Deals { get; init; }
    public required IReadOnlyList<CurrencyTotal> Currencies { get; init; }

    /// <summary>Sums of what could be converted at today's rates.</summary>
    public required decimal Value { get; init; }
    public required decimal Weighted { get; init; }

    /// <summary>Currencies without a rate; their deals are counted but are not in the converted sums.</summary>
    public required Seq<string> NotConverted { get; init; }
}
