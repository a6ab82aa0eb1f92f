using Tributary.Core.Activities;
using Tributary.Core.Deals;
using Tributary.Core.Files;
using Tributary.Core.Kernel;
using Tributary.Core.Mail;
using Tributary.Core.Notes;

namespace Tributary.Core.Log;

/// <summary>What an entry of a timeline is about.</summary>
public enum TimelineKind
{
    /// <summary>A done activity, at the time it was done.</summary>
    Activity,

    /// <summary>One that is not done, at the time it was written down.</summary>
    PlannedActivity,
    Note,
    File,
    Mail,

    /// <summary>A deal of the person or organization, at the time it was added.</summary>
    Deal,
    DealChange,
    PersonChange,
    OrganizationChange,
    DealFollower,
    PersonFollower,
    OrganizationFollower,
    Participant,
}

/// <summary>One thing that happened: either a record as it is now, or one change out of an event.</summary>
public sealed record TimelineEntry
{
    public required TimelineKind Kind { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Of the record, or of the event.</summary>
    public required long Id { get; init; }

    public LogEvent? Event { get; init; }

    /// <summary>The one field of the event that this entry is about. A creation is a change of "added_at" from nothing.</summary>
    public Change? Change { get; init; }

    /// <summary>The place of that field in its event: with the id it tells entries of events apart.</summary>
    public int Part { get; init; }

    public Activity? Activity { get; init; }
    public Note? Note { get; init; }
    public StoredFile? File { get; init; }

    /// <summary>Without its body.</summary>
    public MailMessage? Mail { get; init; }
    public Deal? Deal { get; init; }
}

/// <summary>Which part of a timeline is wanted.</summary>
public sealed record TimelineQuery
{
    public const int MaxLimit = 500;
    public const int MaxOffset = 100_000;

    /// <summary>None means every kind.</summary>
    public Seq<TimelineKind>? Kinds { get; init; }

    /// <summary>Also changes of custom fields.</summary>
    public bool WithCustomFields { get; init; }

    /// <summary>Fields whose changes are not told, because whoever asks has no word for them.</summary>
    public Seq<string> Without { get; init; } = [];

    /// <summary>Of mail, only what has attachments.</summary>
    public bool OnlyMailWithAttachments { get; init; }
    public int Offset { get; init; }
    public int Limit { get; init; } = 100;

    internal bool Wants(params ReadOnlySpan<TimelineKind> kinds)
    {
        foreach (var kind in kinds)
        {
            if (Kinds is null || Kinds.Contains(kind)) return true;
        }
        return false;
    }
}

/// <summary>One page of a timeline, newest first.</summary>
public sealed record TimelinePage(IReadOnlyList<TimelineEntry> Items, bool HasMore);
