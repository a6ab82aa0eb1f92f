using Tributary.Core.Insights;
using Tributary.Core.Kernel;

namespace Tributary.Core.Goals;

/// <summary>
/// What is meant to be won each month or quarter: by everyone, by one owner, in one pipeline. At most one goal says so of the same day.
/// </summary>
public sealed record Goal
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }

    /// <summary>None: all owners together.</summary>
    public long? OwnerId { get; init; }

    /// <summary>None: all pipelines together.</summary>
    public long? PipelineId { get; init; }

    /// <summary>Month or quarter.</summary>
    public required Interval Period { get; init; }
    public required decimal Value { get; init; }
    public required string Currency { get; init; }

    /// <summary>The first and last day it holds, both included; without a last one it holds until further notice.</summary>
    public required DateOnly From { get; init; }
    public DateOnly? Until { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required long Version { get; init; }
}

/// <summary>What a goal is made from, or what of it changes.</summary>
public sealed record GoalPatch
{
    /// <summary>When set, the change is refused as stale unless the goal has this version.</summary>
    public long? ExpectedVersion { get; init; }
    public Field<long?> OwnerId { get; init; }
    public Field<long?> PipelineId { get; init; }
    public Field<Interval> Period { get; init; }
    public Field<decimal> Value { get; init; }
    public Field<string> Currency { get; init; }
    public Field<DateOnly> From { get; init; }
    public Field<DateOnly?> Until { get; init; }
}
