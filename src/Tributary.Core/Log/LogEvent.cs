using System.Text.Json;
using Tributary.Core.Kernel;

namespace Tributary.Core.Log;

/// <summary>One field that changed. A creation has no old values, a deletion for good no new ones.</summary>
public sealed record Change(string Field, JsonElement? Old, JsonElement? New);

/// <summary>What a write says about itself; the rest of an event comes from the caller and the unit of work.</summary>
public sealed record LogEntry
{
    /// <summary>The noun: "deal", "person", "activity", "deal_contact", "deal_follower", …</summary>
    public required string Subject { get; init; }
    public required long SubjectId { get; init; }

    /// <summary>
    /// "created", "updated", "deleted", "restored", "purged", "merged", "archived", "unarchived"; of users also "signed_in", and
    /// "previewed" when an admin looked at what they see.
    /// </summary>
    public required string Action { get; init; }
    public IReadOnlyList<Change> Changes { get; init; } = [];

    /// <summary>The deal whose history this belongs to.</summary>
    public long? DealId { get; init; }
    public long? FromStageId { get; init; }
    public long? ToStageId { get; init; }
    public string? FromStatus { get; init; }
    public string? ToStatus { get; init; }

    /// <summary>What the caller wanted remembered with the change, such as the note of a stage move.</summary>
    public string? Note { get; init; }

    /// <summary>The stage changed by a way that does not start the automations of a move.</summary>
    public bool IsQuietMove { get; init; }
}

/// <summary>One line of the log: who, when, through what, which record, what changed.</summary>
public sealed record LogEvent
{
    public required long Id { get; init; }

    /// <summary>Commit order, together with the id; see <see cref="LogPosition"/>.</summary>
    public required long Tx { get; init; }
    public required Guid Uid { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Subject { get; init; }
    public required long SubjectId { get; init; }
    public required string Action { get; init; }
    public long? DealId { get; init; }
    public long? FromStageId { get; init; }
    public long? ToStageId { get; init; }
    public string? FromStatus { get; init; }
    public string? ToStatus { get; init; }
    public Seq<Change> Changes { get; init; } = [];
    public string? Note { get; init; }
    public long? ActorId { get; init; }
    public required string Dialect { get; init; }
    public long? AppId { get; init; }
    public long? KeyId { get; init; }
    public string? UserAgent { get; init; }
    public bool IsBulk { get; init; }
    public bool IsQuietMove { get; init; }

    /// <summary>The automations that led to it, first to last: the last one did it.</summary>
    public Seq<long> Chain { get; init; } = [];
}

/// <summary>A place in the log. Reading on from it skips nothing and repeats nothing, however commits overlap.</summary>
public readonly record struct LogPosition(long Tx, long EventId)
{
    public static readonly LogPosition Start;

    /// <summary>After whatever is written.</summary>
    public static readonly LogPosition End = new(long.MaxValue, long.MaxValue);
}
