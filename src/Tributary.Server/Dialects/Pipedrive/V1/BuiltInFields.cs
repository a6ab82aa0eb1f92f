namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>A field that every record of a kind has: its number and key in Pipedrive, its type there, and its name in the engine.</summary>
/// <param name="Id">Numbers of accounts differ in Pipedrive; here they are the same everywhere.</param>
/// <param name="Key">As in answers.</param>
/// <param name="Name">For people.</param>
/// <param name="Type">Which operators filters take; see FilterOperators.</param>
/// <param name="Field">The engine's name; none for what cannot be filtered by.</param>
internal sealed record BuiltInField(long Id, string Key, string Name, string Type, string? Field)
{
    public bool IsMandatory { get; init; }
}

/// <summary>The fields that Pipedrive's accounts begin with. Custom fields have numbers of their own, above these.</summary>
internal static class BuiltInFields
{
    /// <summary>The number of a custom field is its id and this.</summary>
    public const long FirstCustom = 100_000;

    private static readonly Dictionary<string, BuiltInField[]> All = new()
    {
        ["deal"] =
        [
            new(1, "id", "ID", "int", "id"),
            new(2, "title", "Title", "title", "title") { IsMandatory = true },
            new(3, "creator_user_id", "Creator", "user", "creator_id"),
            new(4, "user_id", "Owner", "user", "owner_id"),
            new(5, "value", "Value", "monetary", "value"),
            new(6, "currency", "Currency of Value", "currency", "currency"),
            new(7, "weighted_value", "Weighted value", "monetary", "weighted_value"),
            new(8, "weighted_value_currency", "Currency of Weighted value", "currency", "currency"),
            new(9, "probability", "Probability", "double", "probability"),
            new(10, "org_id", "Organization", "organization", "org_id"),
            new(11, "pipeline", "Pipeline", "pipeline", "pipeline_id"),
            new(12, "person_id", "Contact person", "person", "person_id"),
            new(13, "label", "Label", "set", "label_ids"),
            new(14, "add_time", "Deal created", "date", "added_at"),
            new(15, "update_time", "Update time", "date", "updated_at"),
            new(16, "stage_change_time", "Last stage change", "date", "stage_changed_at"),
            new(17, "next_activity_date", "Next activity date", "date", "next_activity_on"),
            new(18, "last_activity_date", "Last activity date", "date", "last_activity_on"),
            new(19, "won_time", "Won time", "date", "won_at"),
            new(20, "last_incoming_mail_time", "Last email received", "date", "last_incoming_mail_at"),
            new(21, "last_outgoing_mail_time", "Last email sent", "date", "last_outgoing_mail_at"),
            new(22, "lost_time", "Lost time", "date", "lost_at"),
            new(23, "close_time", "Deal closed on", "date", "closed_at"),
            new(24, "lost_reason", "Lost reason", "varchar", "lost_reason"),
            new(25, "visible_to", "Visible to", "visible_to", "visible_to"),
            new(26, "activities_count", "Total activities", "int", "activities_count"),
            new(27, "done_activities_count", "Done activities", "int", "done_activities_count"),
            new(28, "undone_activities_count", "Activities to do", "int", null),
            new(29, "email_messages_count", "Email messages count", "int", "mail_count"),
            new(30, "expected_close_date", "Expected close date", "date", "expected_close"),
            new(31, "stage_id", "Stage", "stage", "stage_id"),
            new(32, "status", "Status", "status", "status"),
            new(33, "product_id", "Product", "product", "product_id"),
            new(34, "products_count", "Products count", "int", "products_count"),
            new(35, "files_count", "Files count", "int", "files_count"),
            new(36, "notes_count", "Notes count", "int", "notes_count"),
            new(37, "followers_count", "Followers count", "int", "followers_count"),
            new(38, "participants_count", "Participants count", "int", "participants_count"),
            new(39, "origin", "Source origin", "varchar", "origin"),
            new(40, "origin_id", "Source origin ID", "varchar", "origin_id"),
            new(41, "channel", "Source channel", "int", "channel"),
            new(42, "channel_id", "Source channel ID", "varchar", "channel_id"),
            new(43, "first_won_time", "First won time", "date", "first_won_at"),
            new(44, "archive_time", "Archive time", "date", "archived_at"),
            new(45, "acv", "ACV", "monetary", "acv"),
            new(46, "arr", "ARR", "monetary", "arr"),
            new(47, "mrr", "MRR", "monetary", "mrr"),
            new(48, "entered_stage", "Entered stage", "entered_stage", "stage_entered_at"),
            new(49, "rotten_time", "Rotten time", "rotten", "is_rotten"),
            new(50, "participants", "Participants", "people", "participant_id"),
            new(51, "followers", "Followers", "followers", "follower_id"),
        ],
        ["person"] =
        [
            new(1, "id", "ID", "int", "id"), new(2, "name", "Name", "varchar", "name") { IsMandatory = true },
            new(3, "owner_id", "Owner", "user", "owner_id"),
            new(4, "org_id", "Organization", "organization", "org_id"), new(5, "email", "Email", "varchar", "email"),
            new(6, "phone", "Phone", "varchar", "phone"), new(7, "label", "Label", "set", "label_ids"),
            new(8, "add_time", "Person created", "date", "added_at"), new(9, "update_time", "Update time", "date", "updated_at"),
            new(10, "visible_to", "Visible to", "visible_to", "visible_to"),
            new(11, "job_title", "Job title", "varchar", "job_title"), new(12, "birthday", "Birthday", "date", "birthday"),
            new(13, "marketing_status", "Marketing status", "varchar", "marketing_status"),
        ],
        ["organization"] =
        [
            new(1, "id", "ID", "int", "id"), new(2, "name", "Name", "varchar", "name") { IsMandatory = true },
            new(3, "owner_id", "Owner", "user", "owner_id"), new(4, "label", "Label", "set", "label_ids"),
            new(5, "add_time", "Organization created", "date", "added_at"), new(6, "update_time", "Update time", "date", "updated_at"),
            new(7, "visible_to", "Visible to", "visible_to", "visible_to"),
            new(8, "address", "Address", "varchar", "address"), new(9, "website", "Website", "varchar", "website"),
            new(10, "industry", "Industry", "varchar", "industry"),
        ],
        ["product"] =
        [
            new(1, "id", "ID", "int", "id"), new(2, "name", "Name", "varchar", "name") { IsMandatory = true },
            new(3, "code", "Product code", "varchar", "code"),
            new(4, "description", "Description", "varchar", "description"), new(5, "unit", "Unit", "varchar", "unit"),
            new(6, "tax", "Tax", "double", "tax"), new(7, "category", "Category", "varchar", "category"),
            new(8, "owner_id", "Owner", "user", "owner_id"), new(9, "selectable", "Active", "boolean", "is_linkable"),
            new(10, "add_time", "Created", "date", "added_at"),
            new(11, "update_time", "Update time", "date", "updated_at"), new(12, "visible_to", "Visible to", "visible_to", "visible_to"),
        ],
        ["activity"] =
        [
            new(1, "id", "ID", "int", "id"), new(2, "subject", "Subject", "varchar", "subject") { IsMandatory = true },
            new(3, "type", "Type", "enum", "type"), new(4, "done", "Done", "boolean", "done"),
            new(5, "user_id", "Assigned to user", "user", "owner_id"), new(6, "due_date", "Due date", "date", "due_on"),
            new(7, "add_time", "Add time", "date", "added_at"),
            new(8, "update_time", "Update time", "date", "updated_at"),
            new(9, "marked_as_done_time", "Marked as done time", "date", "done_at"), new(10, "deal_id", "Deal", "deal", "deal_id"),
            new(11, "person_id", "Contact person", "person", "person_id"), new(12, "org_id", "Organization", "organization", "org_id"),
            new(13, "note", "Note", "varchar", "note"),
            new(14, "busy_flag", "Free/busy", "boolean", "busy"),
        ],
        ["note"] =
        [
            new(1, "id", "ID", "int", null), new(2, "content", "Content", "text", null) { IsMandatory = true },
            new(3, "user_id", "User", "user", null),
            new(4, "deal_id", "Deal", "deal", null), new(5, "lead_id", "Lead", "lead", null), new(6, "person_id", "Person", "person", null),
            new(7, "org_id", "Organization", "organization", null), new(8, "add_time", "Add time", "date", null),
            new(9, "update_time", "Update time", "date", null), new(10, "pinned_to_deal_flag", "Note is pinned to deal", "boolean", null),
            new(11, "pinned_to_lead_flag", "Note is pinned to lead", "boolean", null),
            new(12, "pinned_to_person_flag", "Note is pinned to person", "boolean", null),
            new(13, "pinned_to_organization_flag", "Note is pinned to organization", "boolean", null),
        ],
        ["lead"] =
        [
            new(1, "id", "ID", "varchar", "uid"), new(2, "title", "Title", "title", "title") { IsMandatory = true },
            new(3, "owner_id", "Owner", "user", "owner_id"), new(4, "value", "Value", "monetary", "value"),
            new(5, "person_id", "Contact person", "person", "person_id"),
            new(6, "organization_id", "Organization", "organization", "org_id"), new(7, "add_time", "Lead created", "date", "added_at"),
            new(8, "update_time", "Update time", "date", "updated_at"),
            new(9, "expected_close_date", "Expected close date", "date", "expected_close"),
            new(10, "was_seen", "Seen", "boolean", "was_seen"),
            new(11, "creator_id", "Creator", "user", "creator_id"), new(12, "visible_to", "Visible to", "visible_to", "visible_to"),
        ],
    };

    public static IReadOnlyList<BuiltInField> Of(string subject) => All[subject];

    public static bool Has(string subject) => All.ContainsKey(subject);

    public static BuiltInField? Find(string subject, string idOrKey) =>
        All[subject].FirstOrDefault(field => field.Key == idOrKey
            || field.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == idOrKey);
}
