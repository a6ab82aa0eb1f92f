using Tributary.Core.Log;

namespace Tributary.Core.Contacts;

/// <summary>What the log says about a change of an organization. Pure.</summary>
internal static class OrganizationHistory
{
    private static readonly Tracked<Organization>[] Fields =
    [
        new("name", o => o.Name),
        new("owner_id", o => o.OwnerId),
        new("visible_to", o => o.VisibleTo),
        new("email", o => o.Email),
        new("phone", o => o.Phone),
        new("website", o => o.Website),
        new("linkedin", o => o.Linkedin),
        new("industry", o => o.Industry),
        new("annual_revenue", o => o.AnnualRevenue),
        new("employee_count", o => o.EmployeeCount),
        new("tax_number", o => o.TaxNumber),
        new("address", o => o.Address),
        new("notes", o => o.Notes),
        new("label_ids", o => o.LabelIds.Count == 0 ? null : o.LabelIds),
        new("tag_ids", o => o.TagIds.Count == 0 ? null : o.TagIds),
        new("custom", o => o.Custom),
        new("deleted_at", o => o.DeletedAt),
    ];

    public static LogEntry Created(Organization organization) =>
        Entry(organization, "created", Tracked.Between(Fields, null, organization));

    public static LogEntry Changed(Organization before, Organization after) => Entry(after, (before, after) switch
    {
        ({ IsDeleted: false }, { IsDeleted: true }) => "deleted",
        ({ IsDeleted: true }, { IsDeleted: false }) => "restored",
        _ => "updated",
    }, Tracked.Between(Fields, before, after));

    /// <summary>The record that went: deleted, and where to look instead.</summary>
    public static LogEntry MergedInto(Organization before, Organization after, long survivor) =>
        Entry(after, "deleted", [.. Tracked.Between(Fields, before, after), ContactHistory.MergedInto(survivor)]);

    /// <summary>The record that stayed: what it took over from the other.</summary>
    public static LogEntry MergedFrom(Organization before, Organization after, long victim) =>
        Entry(after, "merged", [.. Tracked.Between(Fields, before, after), ContactHistory.MergedFrom(victim)]);

    private static LogEntry Entry(Organization organization, string action, IReadOnlyList<Change> changes) => new()
    {
        Subject = "organization",
        SubjectId = organization.Id,
        Action = action,
        Changes = changes,
    };
}
