using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>Fields of v2 and their options, as they are answered.</summary>
internal static class FieldWire
{
    private static readonly Wire<(object Id, string Label, string? Color)> Option =
        new Wire<(object Id, string Label, string? Color)>("FieldOption")
        .Json("id", new() { ["type"] = new JsonArray("integer", "string") }, (json, option) => Write(json, option.Id))
        .Text("label", option => option.Label, nullable: false)
        .Text("color", option => option.Color);

    private static readonly Wire<(string Code, string Name, string Type)> Part =
        new Wire<(string Code, string Name, string Type)>("FieldPart")
        .Text("field_code", part => part.Code, nullable: false)
        .Text("field_name", part => part.Name, nullable: false)
        .Text("field_type", part => part.Type, nullable: false);

    private static readonly Wire<(object Id, string Label, string? Color)> ChangedOption =
        new Wire<(object Id, string Label, string? Color)>("ChangedFieldOption")
        .Json("id", new() { ["type"] = "integer" }, (json, option) => Write(json, option.Id))
        .Text("label", option => option.Label, nullable: false);

    /// <summary>What a change of options answers: those that it was about.</summary>
    public static readonly Wire<IReadOnlyList<(object Id, string Label, string? Color)>> Options =
        Envelope.All(ChangedOption).Json("additional_data", new() { ["type"] = "null" }, (json, _) => json.WriteNullValue());

    /// <summary>Of deals alone the description is shown when there is none.</summary>
    public static Wire<FieldView> Of(FieldKind kind)
    {
        var wire = new Wire<FieldView>($"{kind.Name}Field")
            .Text("field_name", f => f.Name, nullable: false)
            .Text("field_code", f => f.Code, nullable: false)
            .Text("description", f => f.Custom?.Description, when: f => kind.HasDescription || f.Custom?.Description is not null)
            .Text("field_type", f => f.Type, nullable: false)
            .Json("options", ArrayOrNull(), (json, f) => WriteAll(json, f.Options, Option))
            .Json("subfields", ArrayOrNull(), (json, f) => WriteAll(json, f.Parts, Part))
            .Flag("is_custom_field", f => f.Custom is not null)
            .Flag("is_optional_response_field", f => f.IsOptional);
        foreach (var (name, otherwise) in kind.Settings)
        {
            wire = wire.Json(name, new() { ["type"] = "object", ["additionalProperties"] = true },
                (json, f) => Setting(json, f, name, otherwise), when: f => f.Includes.Contains(name));
        }
        return wire;
    }

    private static void Setting(Utf8JsonWriter json, FieldView field, string name, string otherwise)
    {
        using var settings = JsonDocument.Parse(field.Custom?.Settings ?? "{}");
        if (settings.RootElement.TryGetProperty(name, out var kept)) kept.WriteTo(json);
        else json.WriteRawValue(otherwise);
    }

    private static void WriteAll<T>(Utf8JsonWriter json, IReadOnlyList<T>? rows, Wire<T> wire)
    {
        if (rows is null)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartArray();
        foreach (var row in rows) wire.Write(json, row);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, object id)
    {
        if (id is long number) json.WriteNumberValue(number);
        else json.WriteStringValue((string)id);
    }

    private static JsonObject ArrayOrNull() => new()
    {
        ["type"] = new JsonArray("array", "null"),
        ["items"] = new JsonObject { ["type"] = "object" },
    };
}
