namespace Tributary.Core.Jobs;

/// <summary>Failed: tried too often. Rejected: the rules say no, and always will.</summary>
public enum JobState { Waiting, Running, Completed, Failed, Rejected }

/// <summary>Work that outlives a request. It is done at least once, and its effect exactly once (JobRun.Complete).</summary>
public sealed record Job
{
    public required long WorkspaceId { get; init; }
    public required long Id { get; init; }
    public required Guid Uid { get; init; }
    public required string Kind { get; init; }
    public required JobState State { get; init; }

    /// <summary>The record it is about, by id.</summary>
    public long? SubjectId { get; init; }

    /// <summary>JSON that the handler of the kind reads, and JSON that it left.</summary>
    public required string Payload { get; init; }
    public string? Result { get; init; }

    /// <summary>How far it is, in whatever the kind counts.</summary>
    public long Done { get; init; }
    public long? Total { get; init; }

    /// <summary>How often it was begun; also tells a runner whether the job is still its own.</summary>
    public required long Attempts { get; init; }
    public required DateTimeOffset RunAfter { get; init; }

    /// <summary>Until then it belongs to whoever claimed it; afterwards it may be claimed again, because they must have died.</summary>
    public DateTimeOffset? LockedUntil { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public long? AddedBy { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    public bool HasEnded => State is JobState.Completed or JobState.Failed or JobState.Rejected;
}
