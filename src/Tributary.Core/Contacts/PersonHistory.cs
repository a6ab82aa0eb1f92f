using Tributary.Core.Log;

namespace Tributary.Core.Contacts;

/// <summary>What the log says about a change of a person. Pure.</summary>
internal static class PersonHistory
{
    private static readonly Tracked<Person>[] Fields =
    [
        new("name", p => p.Name),
        new("first_name", p => p.FirstName),
        new("last_name", p => p.LastName),
        new("org_id", p => p.OrgId),
        new("owner_id", p => p.OwnerId),
        new("visible_to", p => p.VisibleTo),
        new("emails", p => p.Emails.Count == 0 ? null : p.Emails),
        new("phones", p => p.Phones.Count == 0 ? null : p.Phones),
        new("im", p => p.Im.Count == 0 ? null : p.Im),
        new("address", p => p.Address),
        new("birthday", p => p.Birthday),
        new("job_title", p => p.JobTitle),
        new("notes", p => p.Notes),
        new("status", p => p.Status),
        new("source", p => p.Source),
        new("tax_number", p => p.TaxNumber),
        new("marketing_status", p => p.MarketingStatus),
        new("engagement_score", p => p.EngagementScore),
        new("decision_role", p => p.DecisionRole),
        new("label_ids", p => p.LabelIds.Count == 0 ? null : p.LabelIds),
        new("tag_ids", p => p.TagIds.Count == 0 ? null : p.TagIds),
        new("custom", p => p.Custom),
        new("deleted_at", p => p.DeletedAt),
    ];

    public static LogEntry Created(Person person) => Entry(person, "created", Tracked.Between(Fields, null, person));

    public static LogEntry Changed(Person before, Person after) => Entry(after, (before, after) switch
    {
        ({ IsDeleted: false }, { IsDeleted: true }) => "deleted",
        ({ IsDeleted: true }, { IsDeleted: false }) => "restored",
        _ => "updated",
    }, Tracked.Between(Fields, before, after));

    /// <summary>The record that went: deleted, and where to look instead.</summary>
    public static LogEntry MergedInto(Person before, Person after, long survivor) =>
        Entry(after, "deleted", [.. Tracked.Between(Fields, before, after), ContactHistory.MergedInto(survivor)]);

    /// <summary>The record that stayed: what it took over from the other.</summary>
    public static LogEntry MergedFrom(Person before, Person after, long victim) =>
        Entry(after, "merged", [.. Tracked.Between(Fields, before, after), ContactHistory.MergedFrom(victim)]);

    private static LogEntry Entry(Person person, string action, IReadOnlyList<Change> changes) => new()
    {
        Subject = "person",
        SubjectId = person.Id,
        Action = action,
        Changes = changes,
    };
}
