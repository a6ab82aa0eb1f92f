using Tributary.Core.Catalog;
using Tributary.Core.Fields;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>A field of deals as v2 describes it: one that every account has, or a custom one.</summary>
/// <param name="Order">Its place in the list.</param>
internal sealed record DealFieldView(long Order, string Code, string Name, string Type)
{
    public FieldDefinition? Custom { get; init; }
    public IReadOnlyList<(object Id, string Label, string? Color)>? Options { get; init; }
    public IReadOnlyList<(string Code, string Name, string Type)>? Parts { get; init; }

    /// <summary>Shown of a deal only when include_fields names it.</summary>
    public bool IsOptional { get; init; }
    public IReadOnlySet<string> Includes { get; init; } = new HashSet<string>();
}

/// <summary>The fields of deals, in the codes and types of v2's own answers (reference §6.1 and §11).</summary>
internal static class DealFields
{
    private static readonly (string Code, string Name, string Type)[] BuiltIn =
    [
        ("id", "ID", "int"), ("title", "Title", "varchar"), ("creator_user_id", "Creator", "user"), ("owner_id", "Owner", "user"), ("value", "Value", "monetary"), ("person_id", "Contact person", "people"),
        ("org_id", "Organization", "org"), ("pipeline_id", "Pipeline", "int"), ("stage_id", "Stage", "stage"), ("status", "Status", "status"), ("probability", "Probability", "double"),
        ("lost_reason", "Lost reason", "varchar_options"), ("visible_to", "Visible to", "visible_to"), ("add_time", "Deal created", "date"), ("update_time", "Update time", "date"),
        ("stage_change_time", "Last stage change", "date"), ("close_time", "Deal closed on", "date"), ("won_time", "Won time", "date"), ("lost_time", "Lost time", "date"),
        ("local_won_date", "Won date", "date"), ("local_lost_date", "Lost date", "date"), ("local_close_date", "Close date", "date"), ("expected_close_date", "Expected close date", "date"),
        ("label_ids", "Label", "set"), ("is_archived", "Archived", "boolean"), ("archive_time", "Archive time", "date"), ("is_deleted", "Deleted", "boolean"), ("origin", "Source origin", "varchar"),
        ("origin_id", "Source origin ID", "varchar"), ("channel", "Source channel", "int"), ("channel_id", "Source channel ID", "varchar"), ("acv", "ACV", "monetary"), ("arr", "ARR", "monetary"),
        ("mrr", "MRR", "monetary"),
    ];

    private static readonly (string Code, string Name, string Type)[] Optional =
    [
        ("next_activity_id", "Next activity", "activity"), ("last_activity_id", "Last activity", "activity"), ("first_won_time", "First won time", "date"), ("products_count", "Products count", "int"),
        ("files_count", "Files count", "int"), ("notes_count", "Notes count", "int"), ("followers_count", "Followers count", "int"), ("email_messages_count", "Email messages count", "int"),
        ("activities_count", "Total activities", "int"), ("done_activities_count", "Done activities", "int"), ("undone_activities_count", "Activities to do", "int"),
        ("participants_count", "Participants count", "int"), ("last_incoming_mail_time", "Last email received", "date"), ("last_outgoing_mail_time", "Last email sent", "date"),
        ("smart_bcc_email", "Smart Bcc address", "varchar"), ("source_lead_id", "Source lead", "lead"),
    ];

    private static readonly string[] AddressParts =
        ["value", "country", "admin_area_level_1", "admin_area_level_2", "locality", "sublocality", "route", "street_number", "subpremise", "postal_code"];

    public static IReadOnlyList<DealFieldView> All(WorkspaceCatalog catalog)
    {
        var place = 0L;
        var fields = new List<DealFieldView>();
        foreach (var (code, name, type) in BuiltIn) fields.Add(new(++place, code, name, type) { Options = OptionsOf(code, catalog), Parts = type == "monetary" ? Parts("value", name, FieldType.Monetary) : null });
        foreach (var (code, name, type) in Optional) fields.Add(new(++place, code, name, type) { IsOptional = true });
        foreach (var field in catalog.FieldsOf("deal")) fields.Add(Of(field, 1000 + field.Id));
        return fields;
    }

    public static DealFieldView Of(FieldDefinition field, long order) => new(order, field.Key, field.Name, FieldTypes.Word(field.Type))
    {
        Custom = field,
        Options = field.Type is FieldType.Enum or FieldType.Set ? [.. field.Options.Select(option => ((object)option.Id, option.Label, option.Color))] : null,
        Parts = Parts("value", field.Name, field.Type),
    };

    private static IReadOnlyList<(object, string, string?)>? OptionsOf(string code, WorkspaceCatalog catalog) => code switch
    {
        "label_ids" => [.. catalog.Labels.Where(label => label.Subject == "deal").Select(label => ((object)label.Id, label.Name, (string?)label.Color))],
        "status" => [("open", "Open", null), ("won", "Won", null), ("lost", "Lost", null), ("deleted", "Deleted", null)],
        "visible_to" => [(1L, "Owner only", null), (3L, "Owner's visibility group", null), (5L, "Owner's visibility group and sub-groups", null), (7L, "Entire company", null)],
        "stage_id" => [.. catalog.Stages.Where(stage => stage.Kind is Core.Pipelines.StageKind.Open).Select(stage => ((object)stage.Id, stage.Name, (string?)null))],
        "lost_reason" => [.. catalog.LostReasons.Select(reason => ((object)reason.Id, reason.Name, (string?)null))],
        _ => null,
    };

    /// <summary>The members of a value of several parts (reference §7).</summary>
    private static IReadOnlyList<(string, string, string)>? Parts(string value, string name, FieldType type) => type switch
    {
        FieldType.Monetary => [(value, "Amount of " + name, "double"), ("currency", "Currency of " + name, "varchar")],
        FieldType.DateRange => [(value, "Start of " + name, "date"), ("until", "End of " + name, "date")],
        FieldType.Time => [(value, name, "time"), ("timezone_id", "Timezone ID of " + name, "int"), ("timezone_name", "Timezone of " + name, "varchar")],
        FieldType.TimeRange => [(value, "Start of " + name, "time"), ("until", "End of " + name, "time"), ("timezone_id", "Timezone ID of " + name, "int"), ("timezone_name", "Timezone of " + name, "varchar")],
        FieldType.Address => [.. AddressParts.Select(part => (part, $"{part} of {name}", "varchar"))],
        _ => null,
    };
}
