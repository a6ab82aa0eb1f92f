using Tributary.Core.Kernel;
using Tributary.Core.Totals;

namespace Tributary.Core.Insights;

/// <summary>Why the value of a pipeline rose or fell.</summary>
public enum MovementKind
{
    /// <summary>Created.</summary>
    New,

    /// <summary>Came from another pipeline, owner, or what else was asked for.</summary>
    MovedIn,

    /// <summary>Was won or lost, and is no longer.</summary>
    Reopened,

    /// <summary>Was deleted or archived, and is no longer.</summary>
    Restored,
    Grown,
    Shrunk,
    Won,
    Lost,

    /// <summary>Went to another pipeline, owner, or what else was not asked for.</summary>
    MovedOut,

    /// <summary>Deleted, or archived while open.</summary>
    Removed,
}

/// <summary>A number of deals with their value in one currency; what leaves has a negative value.</summary>
public record MovementSum(long Deals, decimal Value)
{
    /// <summary>The first <see cref="MostIds"/> of the deals, by id, when the query asks for them.</summary>
    public Seq<long> DealIds { get; init; } = [];

    public const int MostIds = 200;
}

/// <summary>One step from the value at the start to the value at the end.</summary>
public sealed record MovementLine(MovementKind Kind, long Deals, decimal Value) : MovementSum(Deals, Value);

/// <summary>
/// What happened to the value of open deals between two moments: start + lines = end, exactly. Values are converted deal by deal at
/// today's rates; those without a rate count as deals of no value.
/// </summary>
public sealed record Movement
{
    public required string ConvertedTo { get; init; }
    public required MovementSum Start { get; init; }

    /// <summary>One of each kind, in the order of <see cref="MovementKind"/>.</summary>
    public required IReadOnlyList<MovementLine> Lines { get; init; }
    public required MovementSum End { get; init; }
    public required IReadOnlyList<string> NotConverted { get; init; }
}

/// <summary>Deals by id, and what they come to.</summary>
public sealed record PeriodDeals(IReadOnlyList<long> Ids, Summary Sum);

/// <summary>A pipeline over some days.</summary>
/// <param name="Moves">How often its deals went from one stage to another.</param>
/// <param name="LeftOpen">Those added by the end of the period that are open now.</param>
/// <param name="AgeDays">Since those that are open were added, on average.</param>
/// <param name="Stages">How long those that are open have been in their stages, left to right.</param>
public sealed record PipelinePeriod(
    long Moves, PeriodDeals Added, PeriodDeals LeftOpen, PeriodDeals Won, PeriodDeals Lost, decimal? AgeDays,
    IReadOnlyList<StageTime> Stages);

/// <summary>A forecast beside the one of an earlier day, and what made the difference.</summary>
/// <param name="Before">As the forecast was then.</param>
/// <param name="After">As it is now.</param>
/// <param name="Movement">What came, went, grew and shrank.</param>
/// <param name="Slipped">Open deals that are now expected later, or without a date, with their value now.</param>
/// <param name="PulledIn">Open deals that are now expected earlier, or have got a date.</param>
public sealed record ForecastComparison(
    DateTimeOffset Since, IReadOnlyList<ForecastBucket> Before, IReadOnlyList<ForecastBucket> After, Movement Movement, MovementSum Slipped,
    MovementSum PulledIn);

/// <summary>The open deals of one stage; the stage may have been deleted since.</summary>
public sealed record StageStanding(long StageId, Summary Open);

/// <summary>A pipeline as it stood: its stages left to right, then those that are gone.</summary>
public sealed record PipelineStanding(long PipelineId, DateTimeOffset At, Summary Open, IReadOnlyList<StageStanding> Stages);
