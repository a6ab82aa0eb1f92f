using Tributary.Core.Log;

namespace Tributary.Core.Notes;

/// <summary>What the log says about a change of a note. Pure.</summary>
internal static class NoteHistory
{
    private static readonly Tracked<Note>[] Fields =
    [
        new("content", n => n.Content),
        new("deal_id", n => n.DealId),
        new("lead_id", n => n.LeadId),
        new("person_id", n => n.PersonId),
        new("org_id", n => n.OrgId),
        new("user_id", n => n.UserId),
        new("pinned_to_deal", n => n.PinnedToDeal),
        new("pinned_to_lead", n => n.PinnedToLead),
        new("pinned_to_person", n => n.PinnedToPerson),
        new("pinned_to_org", n => n.PinnedToOrg),
        new("deleted_at", n => n.DeletedAt),
    ];

    /// <param name="before">None for a creation.</param>
    public static LogEntry Changed(Note? before, Note after) => new()
    {
        Subject = "note",
        SubjectId = after.Id,
        DealId = after.DealId ?? before?.DealId,
        Action = Tracked.Action(before is null, before?.DeletedAt, after.DeletedAt),
        Changes = Tracked.Between(Fields, before, after),
    };
}
