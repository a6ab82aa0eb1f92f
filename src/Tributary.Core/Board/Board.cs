using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Pipelines;
using Tributary.Core.Totals;

namespace Tributary.Core.Board;

/// <summary>The order of cards in a column.</summary>
public enum CardOrder
{
    /// <summary>What waits for somebody first: overdue, today, nothing planned, planned later.</summary>
    Urgency,
    NextActivity,
    Value,
    ExpectedClose,
    StageAge,
    Updated,
    Position,
    Title,
}

/// <summary>What to show of a pipeline.</summary>
public sealed record BoardQuery
{
    public const int MaxCards = 100;

    public Condition Condition { get; init; } = Condition.Everything;
    public CardOrder Order { get; init; }

    /// <summary>Cards per column, 0 to 100.</summary>
    public int Cards { get; init; } = 25;

    /// <summary>Stages whose column is folded: counted, but without cards.</summary>
    public Seq<long> Collapsed { get; init; } = [];

    /// <summary>ISO 4217; the workspace's own when none is given.</summary>
    public string? ConvertTo { get; init; }
}

/// <summary>How many deals have their next activity in the past, today, later, or none; "today" is the workspace's.</summary>
public sealed record ActivityStates(long Overdue, long Today, long Planned, long None);

/// <summary>One stage of the board; its counts and sums are of all its deals, not only of the cards shown.</summary>
public sealed record BoardColumn(Stage Stage, Summary Totals, ActivityStates Activities, long Rotten, IReadOnlyList<Deal> Cards,
    string? NextCursor);

/// <summary>The open deals of a pipeline by stage, all as of one moment.</summary>
public sealed record PipelineBoard(Pipeline Pipeline, Summary Totals, IReadOnlyList<BoardColumn> Columns);
