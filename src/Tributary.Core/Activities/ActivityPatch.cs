using Tributary.Core.Kernel;

namespace Tributary.Core.Activities;

/// <summary>What a caller says about an activity, new or existing. Left out keeps what is there, or takes the default.</summary>
public sealed record ActivityPatch
{
    /// <summary>When set, the change is refused as stale unless the activity has this version.</summary>
    public long? ExpectedVersion { get; init; }

    public Field<string> Type { get; init; }

    /// <summary>Left out of a new activity: the name of its type.</summary>
    public Field<string> Subject { get; init; }
    public Field<string?> Note { get; init; }
    public Field<string?> PublicDescription { get; init; }
    public Field<long?> DealId { get; init; }
    public Field<long?> LeadId { get; init; }

    /// <summary>Makes this person the primary participant; none takes the primary participant away.</summary>
    public Field<long?> PersonId { get; init; }
    public Field<long?> OrgId { get; init; }
    public Field<long?> OwnerId { get; init; }
    public Field<DateOnly?> DueOn { get; init; }
    public Field<string?> DueTime { get; init; }
    public Field<int?> DurationMinutes { get; init; }
    public Field<bool> Busy { get; init; }
    public Field<ActivityStatus> Status { get; init; }

    /// <summary>True completes; false reopens what was completed, and leaves any other status alone.</summary>
    public Field<bool> Done { get; init; }

    /// <summary>For imports; only what is done has one. Left out: now.</summary>
    public Field<DateTimeOffset?> DoneAt { get; init; }
    public Field<long?> Priority { get; init; }
    public Field<ActivityLocation?> Location { get; init; }
    public Field<Seq<ActivityParticipant>> Participants { get; init; }
    public Field<Seq<ActivityAttendee>> Attendees { get; init; }
    public Field<bool> Deleted { get; init; }

    // Creation only.
    public Field<long?> CreatorId { get; init; }
    public Field<DateTimeOffset> AddedAt { get; init; }
    public Field<DateTimeOffset> UpdatedAt { get; init; }

    /// <summary>For imports: the ids that other systems already hold. Taken ones are a conflict.</summary>
    public Field<long> Id { get; init; }
    public Field<Guid> Uid { get; init; }
}
