namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>A field that every account has: its code, name and type as v2's own answers have it.</summary>
internal sealed record BuiltInField(string Code, string Name, string Type)
{
    /// <summary>Shown of a record only when include_fields names it.</summary>
    public bool IsOptional { get; init; }
}

/// <summary>The records that have fields in v2 (reference §6.1 and §11, OpenAPI file), and what may be said about these fields.</summary>
/// <param name="Subject">"deal", also the engine's subject and the beginning of the path.</param>
/// <param name="Name">"Deal".</param>
internal sealed record FieldKind(string Subject, string Name)
{
    private const string Visible = """{"add_visible_flag":false,"details_visible_flag":true""";
    private const string Dialog = """{"show":false,"order":null}""";
    private const string Important = """{"enabled":false,"stage_ids":[]}""";

    private static readonly string[] Counts =
    [
        "open_deals_count", "related_open_deals_count", "closed_deals_count", "related_closed_deals_count", "email_messages_count",
        "activities_count", "done_activities_count", "undone_activities_count", "files_count", "notes_count", "followers_count",
        "won_deals_count", "related_won_deals_count", "lost_deals_count", "related_lost_deals_count",
    ];

    public static readonly FieldKind Deal = new("deal", "Deal")
    {
        IsCustomizable = true,
        HasDescription = true,
        Settings =
        [
            ("ui_visibility", Visible
                + ""","projects_detail_visible_flag":false,"show_in_pipelines":{"show_in_all":true,"pipeline_ids":[]}}"""),
            ("important_fields", Important), ("required_fields", """{"enabled":false,"stage_ids":[],"statuses":{}}"""),
        ],
        BuiltIn =
        [
            new("id", "ID", "int"), new("title", "Title", "varchar"), new("creator_user_id", "Creator", "user"),
            new("owner_id", "Owner", "user"), new("value", "Value", "monetary"), new("person_id", "Contact person", "people"),
            new("org_id", "Organization", "org"), new("pipeline_id", "Pipeline", "int"), new("stage_id", "Stage", "stage"),
            new("status", "Status", "status"), new("probability", "Probability", "double"),
            new("lost_reason", "Lost reason", "varchar_options"), new("visible_to", "Visible to", "visible_to"),
            new("add_time", "Deal created", "date"), new("update_time", "Update time", "date"),
            new("stage_change_time", "Last stage change", "date"), new("close_time", "Deal closed on", "date"),
            new("won_time", "Won time", "date"), new("lost_time", "Lost time", "date"), new("local_won_date", "Won date", "date"),
            new("local_lost_date", "Lost date", "date"), new("local_close_date", "Close date", "date"),
            new("expected_close_date", "Expected close date", "date"), new("label_ids", "Label", "set"),
            new("is_archived", "Archived", "boolean"), new("archive_time", "Archive time", "date"), new("is_deleted", "Deleted", "boolean"),
            new("origin", "Source origin", "varchar"), new("origin_id", "Source origin ID", "varchar"),
            new("channel", "Source channel", "int"), new("channel_id", "Source channel ID", "varchar"), new("acv", "ACV", "monetary"),
            new("arr", "ARR", "monetary"), new("mrr", "MRR", "monetary"), Optional("next_activity_id", "Next activity", "activity"),
            Optional("last_activity_id", "Last activity", "activity"), Optional("first_won_time", "First won time", "date"),
            Optional("products_count"), Optional("files_count"), Optional("notes_count"), Optional("followers_count"),
            Optional("email_messages_count"), Optional("activities_count", "Total activities"),
            Optional("done_activities_count", "Done activities"), Optional("undone_activities_count", "Activities to do"),
            Optional("participants_count"), Optional("last_incoming_mail_time", "Last email received", "date"),
            Optional("last_outgoing_mail_time", "Last email sent", "date"), Optional("smart_bcc_email", "Smart Bcc address", "varchar"),
            Optional("source_lead_id", "Source lead", "lead"),
        ],
    };

    public static readonly FieldKind Person = new("person", "Person")
    {
        IsCustomizable = true,
        Settings =
        [
            ("ui_visibility", Visible + ",\"show_in_add_deal_dialog\":" + Dialog + "}"), ("important_fields", Important),
            ("required_fields", """{"enabled":false}"""),
        ],
        BuiltIn =
        [
            new("id", "ID", "int"), new("name", "Name", "varchar"), new("first_name", "First name", "varchar"),
            new("last_name", "Last name", "varchar"), new("email", "Email", "varchar"), new("phone", "Phone", "phone"),
            new("owner_id", "Owner", "user"), new("org_id", "Organization", "org"), new("add_time", "Person created", "date"),
            new("update_time", "Update time", "date"), new("visible_to", "Visible to", "visible_to"), new("label_ids", "Label", "set"),
            new("picture_id", "Profile picture", "picture"), new("is_deleted", "Deleted", "boolean"), new("notes", "Notes", "text"),
            new("im", "Instant messenger", "varchar"), new("birthday", "Birthday", "date"), new("job_title", "Job title", "varchar"),
            new("postal_address", "Postal address", "address"), Optional("next_activity_id", "Next activity", "activity"),
            Optional("last_activity_id", "Last activity", "activity"), .. Counts.Select(count => Optional(count)),
            Optional("participant_open_deals_count"), Optional("participant_closed_deals_count"),
            Optional("last_incoming_mail_time", "Last email received", "date"),
            Optional("last_outgoing_mail_time", "Last email sent", "date"), Optional("marketing_status", "Marketing status", "enum"),
            Optional("doi_status", "Double opt-in", "enum"), Optional("smart_bcc_email", "Smart Bcc address", "varchar"),
        ],
    };

    public static readonly FieldKind Organization = new("organization", "Organization")
    {
        IsCustomizable = true,
        Settings =
        [
            ("ui_visibility", Visible
                + ""","org_detail_visible_flag":true,"person_detail_visible_flag":false,"deal_detail_visible_flag":false"""
                + ",\"show_in_add_deal_dialog\":" + Dialog + ",\"show_in_add_person_dialog\":" + Dialog + "}"),
            ("important_fields", Important), ("required_fields", """{"enabled":false}"""),
        ],
        BuiltIn =
        [
            new("id", "ID", "int"), new("name", "Name", "varchar"), new("owner_id", "Owner", "user"), new("address", "Address", "address"),
            new("add_time", "Organization created", "date"), new("update_time", "Update time", "date"),
            new("visible_to", "Visible to", "visible_to"), new("label_ids", "Label", "set"), new("is_deleted", "Deleted", "boolean"),
            new("website", "Website", "varchar"), new("linkedin", "LinkedIn profile", "varchar"), new("industry", "Industry", "enum"),
            new("annual_revenue", "Annual revenue", "double"), new("employee_count", "Number of employees", "int"),
            Optional("next_activity_id", "Next activity", "activity"), Optional("last_activity_id", "Last activity", "activity"),
            .. Counts.Select(count => Optional(count)), Optional("people_count"),
            Optional("smart_bcc_email", "Smart Bcc address", "varchar"),
        ],
    };

    public static readonly FieldKind Product = new("product", "Product")
    {
        IsCustomizable = true,
        Settings = [("ui_visibility", Visible + "}")],
        BuiltIn =
        [
            new("id", "ID", "int"), new("name", "Name", "varchar"), new("code", "Product code", "varchar"),
            new("description", "Description", "text"), new("unit", "Unit", "varchar"), new("tax", "Tax", "double"),
            new("category", "Category", "enum"), new("owner_id", "Owner", "user"), new("is_linkable", "Active", "boolean"),
            new("is_deleted", "Deleted", "boolean"), new("add_time", "Created", "date"), new("update_time", "Update time", "date"),
            new("visible_to", "Visible to", "visible_to"), new("prices", "Unit prices", "price_list"),
            new("billing_frequency", "Billing frequency", "billing_frequency"), new("billing_frequency_cycles", "Billing cycles", "int"),
        ],
    };

    public static readonly FieldKind Activity = new("activity", "Activity")
    {
        Settings = [("ui_visibility", Visible + "}")],
        BuiltIn =
        [
            new("id", "ID", "int"), new("subject", "Subject", "varchar"), new("type", "Type", "enum"),
            new("owner_id", "Assigned to user", "user"), new("creator_user_id", "Creator", "user"), new("is_deleted", "Deleted", "boolean"),
            new("add_time", "Add time", "date"), new("update_time", "Update time", "date"), new("deal_id", "Deal", "deal"),
            new("lead_id", "Lead", "lead"), new("person_id", "Contact person", "people"), new("org_id", "Organization", "org"),
            new("project_id", "Project", "project"), new("due_date", "Due date", "date"), new("due_time", "Due time", "time"),
            new("duration", "Duration", "time"), new("busy", "Free/busy", "boolean"), new("done", "Done", "boolean"),
            new("marked_as_done_time", "Marked as done time", "date"), new("location", "Location", "address"),
            new("participants", "Participants", "json"), new("public_description", "Public description", "text"),
            new("priority", "Priority", "enum"), new("note", "Note", "text"), Optional("attendees", "Attendees", "json"),
        ],
    };

    public static readonly IReadOnlyList<FieldKind> All = [Deal, Person, Organization, Product, Activity];

    /// <summary>Whether fields of one's own can be made.</summary>
    public bool IsCustomizable { get; init; }

    /// <summary>Whether bodies take a description.</summary>
    public bool HasDescription { get; init; }

    /// <summary>
    /// What include_fields may name, and what it is as long as nobody has said otherwise (the defaults of the specification).
    /// </summary>
    public required IReadOnlyList<(string Name, string Otherwise)> Settings { get; init; }
    public required IReadOnlyList<BuiltInField> BuiltIn { get; init; }

    private static BuiltInField Optional(string code, string? name = null, string type = "int") =>
        new(code, name ?? char.ToUpperInvariant(code[0]) + code[1..].Replace('_', ' '), type) { IsOptional = true };
}
