using System.Collections.Frozen;
using Tributary.Core.Kernel;

namespace Tributary.Core.Lists;

/// <summary>The nouns that can be listed. Field names are the engine's words; dialects map theirs to these.</summary>
internal static class ListSources
{
    public static ListSource Organizations { get; } = new("organization", "organizations",
    [
        .. Record(), .. Named(), .. Guarded(), .. LabelFields("organization"), .. TagFields(), Id("added_by"),
        Text("email"), Text("phone"), Text("website"), Text("linkedin"), Text("industry"), Text("tax_number"), Text("notes"),
        Amount("annual_revenue", "annual_revenue_units") with { IsNullable = true, CanSort = true },
        Whole("employee_count") with { IsNullable = true, CanSort = true },
        OfDeals("id IN (SELECT org_id FROM deals WHERE workspace_id = @Workspace AND deleted_at IS NULL AND {0})"),
    ])
    { CustomSubject = "organization", Followed = Followed("organization") };

    public static ListSource Persons { get; } = new("person", "persons",
    [
        .. Record(), .. Named(), .. Guarded(), .. LabelFields("person"), .. TagFields(), Id("added_by"),
        Text("first_name") with { CanSort = true }, Text("last_name") with { CanSort = true }, Text("job_title"), Text("notes"),
        Text("status"), Text("source"), Text("tax_number"), Text("marketing_status"), Text("decision_role"),
        new("email", FieldKind.Text, "email_folded") { IsNullable = true, Search = TextSearch.Folded, Folded = "email_folded" },
        Id("org_id"),
        Day("birthday"),
        Whole("engagement_score") with { IsNullable = true, CanSort = true },
        OfDeals(OnDeals("person_id", "deal_contacts")),
    ])
    { CustomSubject = "person", Followed = Followed("person"), Joined = Join(("organization", "org_id", Organizations)) };

    public static ListSource Products { get; } = new("product", "products",
    [
        .. Record(), .. Named(), .. Guarded(), .. LabelFields("product"),
        Text("code") with { CanSort = true }, Text("description"), Text("unit"), Text("category"),
        Word("billing_frequency", nullable: false),
        Amount("tax", "tax_units"), Flag("is_linkable"),
        Whole("billing_cycles") with { IsNullable = true },
        OfDeals(OnDeals("product_id", "deal_products")),
    ])
    { CustomSubject = "product", Followed = Followed("product") };

    public static ListSource Deals { get; } = new("deal", "deals", DealFields.All)
    {
        Indexed = FrozenSet.Create(
            "added_at", "status added_at", "stage_id added_at", "stage_id status added_at", "pipeline_id added_at",
            "pipeline_id status added_at", "owner_id added_at", "id", "status id", "stage_id id", "pipeline_id id", "owner_id id",
            "updated_at", "stage_id status next_activity_on -id"),
        HasArchive = true,
        HasApp = true,
        Followed = "SELECT deal_id FROM deal_followers WHERE workspace_id = @Workspace AND user_id = @me",
        CustomSubject = "deal",
        Joined = Join(("person", "person_id", Persons), ("organization", "org_id", Organizations)),
    };

    public static ListSource Leads { get; } = new("lead", "leads",
    [
        .. Record(), .. Guarded(), .. LabelFields("lead"),
        Title(), Amount("value", "value_units") with { IsNullable = true, CanSort = true }, Word("currency", nullable: false),
        Id("creator_id"), Id("person_id"), Id("org_id"), Id("source_deal_id"), Whole("channel") with { IsNullable = true },
        Day("expected_close"), Flag("was_seen"), Text("origin"), Text("origin_id"), Text("channel_id"),
        Instant("archived_at", nullable: true),
    ])
    {
        HasArchive = true,
        CustomSubject = "deal",
        Joined =
        Join(("person", "person_id", Persons), ("organization", "org_id", Organizations))
    };

    public static ListSource Activities { get; } = new("activity", "activities",
    [
        .. Record(),
        Word("type", nullable: false), Text("subject") with { IsNullable = false, CanSort = true }, Text("note"),
        Text("public_description"),
        Id("deal_id"), Id("lead_id"), Id("person_id"), Id("org_id"), Id("owner_id"), Id("creator_id"),
        Day("due_on"), Word("due_time") with { CanSort = true }, Whole("duration_minutes") with { IsNullable = true, CanSort = true },
        Flag("busy"), Flag("done"), Instant("done_at", nullable: true), Whole("priority") with { IsNullable = true, CanSort = true },
        new("status", FieldKind.Word, "status")
        {
            CanSort = true, Words = FrozenSet.Create("open", "in_progress", "completed", "cancelled", "no_show"),
        },
    ])
    {
        IsGuarded = false,
        HangsOn = [("deal_id", Deals), ("lead_id", Leads), ("person_id", Persons), ("org_id", Organizations)],
        Joined = Join(("person", "person_id", Persons), ("organization", "org_id", Organizations), ("deal", "deal_id", Deals)),
    };

    public static ListSource Notes { get; } = new("note", "notes",
    [
        .. Record(),
        Text("content") with { IsNullable = false, CanSort = true }, Id("deal_id"), Id("lead_id"), Id("person_id"), Id("org_id"),
        Id("user_id"),
        Flag("pinned_to_deal"), Flag("pinned_to_lead"), Flag("pinned_to_person"), Flag("pinned_to_org"),
    ])
    { IsGuarded = false, HangsOn = [("deal_id", Deals), ("lead_id", Leads), ("person_id", Persons), ("org_id", Organizations)] };

    public static ListSource Files { get; } = new("file", "files",
    [
        .. Record(),
        Text("name") with { IsNullable = false, CanSort = true }, Text("description"), Word("content_type", nullable: false),
        Text("storage_key") with { IsNullable = false },
        Whole("size_bytes") with { CanSort = true },
        Id("deal_id"), Id("lead_id"), Id("person_id"), Id("org_id"), Id("product_id"), Id("activity_id"), Id("user_id"),
    ])
    {
        IsGuarded = false,
        HangsOn = [("deal_id", Deals), ("lead_id", Leads), ("person_id", Persons), ("org_id", Organizations), ("product_id", Products)]
    };

    public static ListSource Mail { get; } = new("mail_message", "mail_messages",
    [
        .. Record(),
        Text("subject") with { IsNullable = false }, Text("snippet") with { IsNullable = false },
        Whole("thread_id") with { CanSort = true },
        new("direction", FieldKind.Word, "direction") { Words = FrozenSet.Create("incoming", "outgoing") },
        Id("deal_id"), Id("lead_id"), Id("user_id"), Flag("is_read"), Flag("is_draft"), Flag("has_attachments"), Instant("message_at"),
        // Those from or to a person, or to the persons of an organization, as far as the caller sees the deal or lead.
        new("person_id", FieldKind.Ids, "person_id")
        {
            Through = "id IN (SELECT message_id FROM mail_parties WHERE workspace_id = @Workspace AND {0})",
        },
        new("org_id", FieldKind.Ids, "org_id")
        {
            Through =
                "id IN (SELECT message_id FROM mail_parties WHERE workspace_id = @Workspace AND person_id IN (SELECT id FROM persons WHERE workspace_id = @Workspace AND {0}))",
        },
    ])
    { IsGuarded = false, HangsOn = [("deal_id", Deals), ("lead_id", Leads)] };

    public static ListSource AutomationRuns { get; } = new("automation_run", "automation_runs",
    [
        Whole("id") with { CanSort = true }, Whole("automation_id"), Whole("deal_id"), Word("state", nullable: false),
    ])
    { IsGuarded = false, HangsOn = [("deal_id", Deals)] };

    public static ListSource Of(string subject) => subject switch
    {
        "deal" => Deals,
        "person" => Persons,
        "organization" => Organizations,
        "product" => Products,
        "lead" => Leads,
        "activity" => Activities,
        _ => throw Problem.Invalid("subject", "subject must be one of deal, person, organization, product, lead, activity."),
    };

    internal static ListField Whole(string name, string? column = null) => new(name, FieldKind.Whole, column ?? name);

    internal static ListField Id(string name) => new(name, FieldKind.Whole, name) { IsNullable = true, CanSort = true };

    internal static ListField Text(string name) => new(name, FieldKind.Text, name) { IsNullable = true };

    internal static ListField Word(string name, bool nullable = true) => new(name, FieldKind.Word, name) { IsNullable = nullable };

    internal static ListField Day(string name) => new(name, FieldKind.Day, name) { IsNullable = true, CanSort = true };

    internal static ListField Instant(string name, bool nullable = false) =>
        new(name, FieldKind.Instant, name) { IsNullable = nullable, CanSort = true };

    internal static ListField Flag(string name) => new(name, FieldKind.Flag, name) { CanSort = true };

    internal static ListField Amount(string name, string column, long scale = 10_000) =>
        new(name, FieldKind.Amount, column) { Scale = scale };

    internal static ListField Title() => new("title", FieldKind.Text, "title")
    {
        CanSort = true,
        Search = TextSearch.Document,
        Folded = "title",
    };

    /// <summary>What every record has.</summary>
    internal static ListField[] Record() =>
    [
        Whole("id") with { CanSort = true },
        new("uid", FieldKind.Uid, "uid") { CanSort = true },
        Instant("added_at"), Instant("updated_at"), Instant("deleted_at", nullable: true),
        Whole("version"), Id("updated_by"),
    ];

    internal static ListField[] Guarded() => [Id("owner_id"), Whole("visible_to") with { CanSort = true }];

    /// <summary>Labels by id, and by name as "label".</summary>
    internal static ListField[] LabelFields(string subject) =>
    [
        new("label_ids", FieldKind.Ids, "label_ids"),
        new("label", FieldKind.Ids, "label_ids")
        {
            ByName = (catalog, name) => catalog.Labels.Where(label => label.Subject == subject && label.Name == name)
                .Select(label => label.Id),
        },
    ];

    internal static ListField[] TagFields() =>
    [
        new("tag_ids", FieldKind.Ids, "tag_ids"),
        new("tag", FieldKind.Ids, "tag_ids") { ByName = (catalog, name) => catalog.Tag(name) is { } tag ? [tag.Id] : [] },
    ];

    private static string Followed(string subject) =>
        $"SELECT subject_id FROM record_followers WHERE workspace_id = @Workspace AND user_id = @me AND subject = '{subject}'";

    // The deals that a record is on, as far as the caller sees them.
    private static ListField OfDeals(string through) => new("deal", FieldKind.Ids, "id") { Through = through, Guard = () => Deals };

    private static string OnDeals(string column, string table) =>
        $"id IN (SELECT {column} FROM {table} WHERE workspace_id = @Workspace AND deal_id IN (SELECT id FROM deals WHERE workspace_id = @Workspace AND {{0}}))";

    private static ListField[] Named() =>
        [new("name", FieldKind.Text, "name") { CanSort = true, Search = TextSearch.Folded, Folded = "name_folded" }];

    private static FrozenDictionary<string, (string, ListSource)> Join(
        params ReadOnlySpan<(string Name, string Column, ListSource Source)> joined)
    {
        var map = new Dictionary<string, (string, ListSource)>();
        foreach (var (name, column, source) in joined) map.Add(name, (column, source));
        return map.ToFrozenDictionary();
    }
}
