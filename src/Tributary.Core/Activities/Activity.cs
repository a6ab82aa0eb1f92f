using Tributary.Core.Kernel;
using Tributary.Core.Lists;

namespace Tributary.Core.Activities;

/// <summary>Done means completed: a cancelled meeting, and one that nobody came to, are over and still not done.</summary>
public enum ActivityStatus { Open, InProgress, Completed, Cancelled, NoShow }

/// <summary>Something to do or done: a call, a meeting, a task of the workspace's types.</summary>
public sealed record Activity
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }

    /// <summary>The key of one of the workspace's activity types.</summary>
    public required string Type { get; init; }
    public required string Subject { get; init; }

    /// <summary>HTML as the client gave it. It is never executed here; whoever shows it must sanitise it.</summary>
    public string? Note { get; init; }
    public string? PublicDescription { get; init; }
    public long? DealId { get; init; }
    public long? LeadId { get; init; }

    /// <summary>The primary participant.</summary>
    public long? PersonId { get; init; }
    public long? OrgId { get; init; }
    public long? OwnerId { get; init; }
    public long? CreatorId { get; init; }
    public DateOnly? DueOn { get; init; }

    /// <summary>"HH:mm", without a zone like the day; none means all day.</summary>
    public string? DueTime { get; init; }
    public int? DurationMinutes { get; init; }
    public bool Busy { get; init; }
    public required ActivityStatus Status { get; init; }

    /// <summary>Exactly when the status is completed.</summary>
    public required bool Done { get; init; }
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>A number that dialects give their own names.</summary>
    public long? Priority { get; init; }
    public ActivityLocation? Location { get; init; }
    public Seq<ActivityParticipant> Participants { get; init; } = [];
    public Seq<ActivityAttendee> Attendees { get; init; } = [];
    public required DateTimeOffset AddedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public long? UpdatedBy { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
    public required long Version { get; init; }

    public bool IsDeleted => DeletedAt is not null;

    internal Anchors Anchors => new(DealId, LeadId, PersonId, OrgId);
}

/// <summary>A person who takes part; one of them is the primary one.</summary>
public sealed record ActivityParticipant(long PersonId, bool Primary);

/// <summary>Someone invited, known to the workspace or not.</summary>
public sealed record ActivityAttendee
{
    public string? Email { get; init; }
    public string? Name { get; init; }

    /// <summary>The answer to the invitation, in the calendar's word: "accepted", "declined", "noreply", …</summary>
    public string? Status { get; init; }
    public bool IsOrganizer { get; init; }
    public long? PersonId { get; init; }
    public long? UserId { get; init; }
}

/// <summary>Where it happens: as one text, and in parts when the client knows them.</summary>
public sealed record ActivityLocation
{
    public string? Value { get; init; }
    public string? Country { get; init; }

    /// <summary>The country's first division: a state, a county.</summary>
    public string? Region { get; init; }
    public string? District { get; init; }
    public string? Locality { get; init; }
    public string? Sublocality { get; init; }
    public string? Route { get; init; }
    public string? StreetNumber { get; init; }
    public string? Subpremise { get; init; }
    public string? PostalCode { get; init; }
    public string? FormattedAddress { get; init; }
}
