using Tributary.Core.Log;

namespace Tributary.Core.Activities;

/// <summary>What the log says about a change of an activity. Pure.</summary>
internal static class ActivityHistory
{
    private static readonly Tracked<Activity>[] Fields =
    [
        new("type", a => a.Type),
        new("subject", a => a.Subject),
        new("note", a => a.Note),
        new("public_description", a => a.PublicDescription),
        new("deal_id", a => a.DealId),
        new("lead_id", a => a.LeadId),
        new("person_id", a => a.PersonId),
        new("org_id", a => a.OrgId),
        new("owner_id", a => a.OwnerId),
        new("due_on", a => a.DueOn),
        new("due_time", a => a.DueTime),
        new("duration_minutes", a => a.DurationMinutes),
        new("busy", a => a.Busy),
        new("status", a => a.Status),
        new("done", a => a.Done),
        new("done_at", a => a.DoneAt),
        new("priority", a => a.Priority),
        new("location", a => a.Location),
        new("participants", a => a.Participants.Count == 0 ? null : a.Participants),
        new("attendees", a => a.Attendees.Count == 0 ? null : a.Attendees),
        new("deleted_at", a => a.DeletedAt),
    ];

    /// <param name="before">None for a creation.</param>
    public static LogEntry Changed(Activity? before, Activity after) => new()
    {
        Subject = "activity",
        SubjectId = after.Id,
        DealId = after.DealId ?? before?.DealId,
        Action = Tracked.Action(before is null, before?.DeletedAt, after.DeletedAt),
        Changes = Tracked.Between(Fields, before, after),
    };

    public static string Word(ActivityStatus status) => status switch
    {
        ActivityStatus.Open => "open",
        ActivityStatus.InProgress => "in_progress",
        ActivityStatus.Completed => "completed",
        ActivityStatus.Cancelled => "cancelled",
        ActivityStatus.NoShow => "no_show",
    };
}
