namespace Tributary.Core.Insights;

/// <summary>Which activities to count; what is left out does not restrict.</summary>
public sealed record ActivityCountQuery
{
    public long? OwnerId { get; init; }

    /// <summary>The key of an activity type.</summary>
    public string? Type { get; init; }

    /// <summary>The first and last day, both included: of doing it, or of its being due.</summary>
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
}

/// <summary>The activities of one user: done, to be done, and to be done since a day that has passed.</summary>
public sealed record ActivityCount(long? OwnerId, long Done, long Planned, long Overdue);
