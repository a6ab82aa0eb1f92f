using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Fields;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>The field of v1: edit_flag says that it is custom.</summary>
internal static class FieldWire
{
    private static readonly string[] Searchable = ["address", "varchar", "text", "varchar_auto", "double", "monetary", "phone"];

    public static readonly Wire<FieldView> Field = new Wire<FieldView>("FieldV1")
        .Whole("id", f => f.BuiltIn?.Id ?? f.Custom!.Id + BuiltInFields.FirstCustom)
        .Text("key", f => f.BuiltIn?.Key ?? f.Custom!.Key, nullable: false)
        .Text("name", f => f.BuiltIn?.Name ?? f.Custom!.Name, nullable: false)
        .Whole("order_nr", f => f.BuiltIn?.Id ?? f.Custom!.Position + 100)
        .Text("field_type", Type, nullable: false)
        .Instant("add_time", f => f.Custom?.AddedAt ?? f.Catalog.Workspace.AddedAt, Spell.V1Time)
        .Instant("update_time", f => f.Custom?.UpdatedAt ?? f.Catalog.Workspace.AddedAt, Spell.V1Time)
        .Whole("last_updated_by_user_id", f => f.Custom?.AddedBy)
        .Whole("created_by_user_id", f => f.Custom?.AddedBy)
        .Flag("active_flag", f => f.Custom?.DeletedAt is null)
        .Flag("edit_flag", f => f.Custom is not null)
        .Flag("index_visible_flag", _ => true)
        .Flag("details_visible_flag", _ => true)
        .Flag("add_visible_flag", _ => true)
        .Flag("important_flag", _ => false)
        .Flag("bulk_edit_allowed", _ => true)
        .Flag("searchable_flag", f => f.Custom is not null && Searchable.Contains(Type(f)))
        .Flag("filtering_allowed", f => f.Custom is not null || f.BuiltIn!.Field is not null)
        .Flag("sortable_flag", _ => true)
        .Json("options", new() { ["type"] = new JsonArray("array", "null") }, WriteOptions)
        .Json("options_deleted", List(), (json, f) => Write(json, f.Custom?.OldOptions ?? [], WriteOption))
        .Flag("is_subfield", f => f.BuiltIn is { Key: "currency" or "weighted_value_currency" })
        .Json("subfields", List(), (json, f) => Write(json, Subfields(f), (writer, part) => WriteSubfield(writer, f, part)),
            "The companions of a custom field of several parts.")
        .Flag("mandatory_flag", f => f.BuiltIn?.IsMandatory ?? false);

    private static JsonObject List() => new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object" } };

    private static IEnumerable<(string Suffix, string Name, string Type)> Subfields(FieldView field) => field.Custom?.Type switch
    {
        FieldType.Monetary => [("currency", "Currency of", "varchar")],
        FieldType.DateRange => [("until", "End of", "date")],
        FieldType.Time => [("timezone_id", "Time zone of", "int")],
        FieldType.TimeRange => [("until", "End of", "time"), ("timezone_id", "Time zone of", "int")],
        FieldType.Address =>
            CustomFields.AddressParts.Select(
                part => (part, char.ToUpperInvariant(part[0]) + part[1..].Replace('_', ' ') + " of", "varchar")),
        _ => [],
    };

    private static void WriteSubfield(Utf8JsonWriter json, FieldView field, (string Suffix, string Name, string Type) part)
    {
        json.WriteStartObject();
        json.WriteString("key", $"{field.Custom!.Key}_{part.Suffix}");
        json.WriteString("name", $"{part.Name} {field.Custom.Name}");
        json.WriteString("field_type", part.Type);
        json.WriteBoolean("is_subfield", true);
        json.WriteString("id_suffix", "_" + part.Suffix);
        json.WriteEndObject();
    }

    private static void WriteOption(Utf8JsonWriter json, FieldOption option)
    {
        json.WriteStartObject();
        json.WriteNumber("id", option.Id);
        json.WriteString("label", option.Label);
        if (option.Color is not null) json.WriteString("color", option.Color);
        json.WriteEndObject();
    }

    private static void Write<T>(Utf8JsonWriter json, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray();
        foreach (var item in items) write(json, item);
        json.WriteEndArray();
    }

    private static string Type(FieldView field) => field.BuiltIn?.Type switch
    {
        null => FieldTypes.Word(field.Custom!.Type),
        "title" => "varchar",
        "currency" => "varchar",
        "organization" => "org",
        "person" => "people",
        "pipeline" => "double",
        "entered_stage" or "rotten" => "date",
        "followers" => "user",
        "boolean" => "enum",
        var type => type,
    };

    private static void WriteOptions(Utf8JsonWriter json, FieldView field)
    {
        IEnumerable<(long Id, string Label, string? Color)>? options = field switch
        {
            { Custom: { Options.Count: > 0 } custom } => custom.Options.Select(option => (option.Id, option.Label, option.Color)),
            { BuiltIn.Key: "label" } => field.Catalog.Labels.Where(label => label.Subject == field.Subject && label.DeletedAt is null)
                .Select(label => (label.Id, label.Name, (string?)label.Color)),
            { BuiltIn.Key: "status" } => [(0, "open", null), (1, "won", null), (2, "lost", null), (3, "deleted", null)],
            { Subject: "note", BuiltIn.Type: "boolean" } => [(1, "Yes", null), (0, "No", null)],
            { BuiltIn.Key: "visible_to" } =>
                [(1, "Owner & followers", null), (3, "Owner's visibility group", null),
                    (5, "Owner's visibility group and sub-groups", null), (7, "Entire company", null)],
            _ => null,
        };
        if (options is null)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartArray();
        foreach (var (id, label, color) in options)
        {
            json.WriteStartObject();
            // Statuses are named by their words.
            if (field.BuiltIn?.Key == "status") json.WriteString("id", label);
            else json.WriteNumber("id", id);
            json.WriteString("label", field.BuiltIn?.Key == "status" ? char.ToUpperInvariant(label[0]) + label[1..] : label);
            if (color is not null) json.WriteString("color", color);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
