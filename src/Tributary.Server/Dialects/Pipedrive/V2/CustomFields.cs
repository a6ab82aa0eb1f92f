using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>
/// custom_fields of v2: an object from 40-hex keys to values, those of several parts as objects (reference §7). Reading is
/// strict: each type takes one JSON kind, and refusals are worded as recorded from the live API.
/// </summary>
internal static class CustomFields
{
    public const int MaxKeys = 15;

    public static readonly Member<JsonElement> Member = Members.Json("custom_fields",
        "Values by the field's key; null clears one. A set field is cleared with null, never with [].", "must be an object",
        () => new() { ["type"] = "object", ["additionalProperties"] = true });

    /// <summary>"A maximum of 15 keys is allowed."</summary>
    public static readonly Member<Seq<string>> Keys = Members.List("custom_fields",
        "Keys of the custom fields to show, comma-separated; all when left out.", Members.Text("", "", 40), MaxKeys);

    public static JsonObject Schema() => new() { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = true };

    /// <summary>The fields that an answer shows: those asked for, else all.</summary>
    public static IReadOnlyList<FieldDefinition> Shown(WorkspaceCatalog catalog, string subject, Field<Seq<string>> keys)
    {
        var all = catalog.FieldsOf(subject);
        return keys is { IsSet: true, Value.Count: > 0 } ? [.. all.Where(field => keys.Value.Contains(field.Key))] : [.. all];
    }

    /// <param name="json">Where to.</param>
    /// <param name="fields">The fields to show; null is written when the company has none at all.</param>
    /// <param name="values">The record's.</param>
    /// <param name="labels">Options as {"id","label"}.</param>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<FieldDefinition>? fields, CustomValues values, bool labels)
    {
        if (fields is null)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartObject();
        foreach (var field in fields)
        {
            json.WritePropertyName(field.Key);
            if (values[field] is { } value) Write(json, field, value, labels);
            else json.WriteNullValue();
        }
        json.WriteEndObject();
    }

    public static Field<CustomPatch> Read(Body body, WorkspaceCatalog catalog, string subject)
    {
        var sent = body.Get(Member);
        if (!sent.IsSet) return default;
        if (sent.Value.ValueKind is not JsonValueKind.Object)
        {
            body.Fail("custom_fields", "Invalid collection");
            return default;
        }
        var values = new Dictionary<string, JsonElement>();
        foreach (var member in sent.Value.EnumerateObject())
        {
            var field = catalog.Field(subject, member.Name);
            if (field is not { DeletedAt: null }) body.Fail("custom_fields", $"Unknown key '{Cut(member.Name)}'");
            else if (Read(field, member.Value) is { } value) values[field.Key] = value;
            else body.Fail("custom_fields", $"Expected '{Kind(field.Type)}' as value for {subject} custom field '{field.Key}'");
        }
        return new CustomPatch(values);
    }

    private static void Write(Utf8JsonWriter json, FieldDefinition field, JsonElement value, bool labels)
    {
        switch (field.Type)
        {
            case FieldType.Enum when labels:
                Option(json, field, value);
                break;
            case FieldType.Set when labels:
                json.WriteStartArray();
                foreach (var one in value.EnumerateArray()) Option(json, field, one);
                json.WriteEndArray();
                break;
            case FieldType.Monetary:
                Parts(json, value, "value", "currency");
                break;
            case FieldType.DateRange:
                Parts(json, value, "value", "until");
                break;
            case FieldType.Time:
                Timed(json, value, "value");
                break;
            case FieldType.TimeRange:
                Timed(json, value, "value", "until");
                break;
            case FieldType.Address:
                Parts(json, value, "value", "country", "admin_area_level_1", "admin_area_level_2", "locality", "sublocality", "route",
                    "street_number", "subpremise", "postal_code");
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    private static void Option(Utf8JsonWriter json, FieldDefinition field, JsonElement value)
    {
        var id = value.GetInt64();
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteString("label", field.Options.FirstOrDefault(option => option.Id == id)?.Label);
        json.WriteEndObject();
    }

    private static void Parts(Utf8JsonWriter json, JsonElement value, params ReadOnlySpan<string> names)
    {
        json.WriteStartObject();
        foreach (var name in names) Part(json, value, name);
        json.WriteEndObject();
    }

    private static void Timed(Utf8JsonWriter json, JsonElement value, params ReadOnlySpan<string> names)
    {
        json.WriteStartObject();
        foreach (var name in names) Part(json, value, name);
        if (value.TryGetProperty("timezone", out var zone))
        {
            json.WriteNumber("timezone_id", TimeZones.Id(zone.GetString()!));
            json.WriteString("timezone_name", zone.GetString());
        }
        else
        {
            json.WriteNull("timezone_id");
            json.WriteNull("timezone_name");
        }
        json.WriteEndObject();
    }

    private static void Part(Utf8JsonWriter json, JsonElement value, string name)
    {
        json.WritePropertyName(name);
        if (value.TryGetProperty(name, out var part)) part.WriteTo(json);
        else json.WriteNullValue();
    }

    /// <summary>
    /// The value in the engine's spelling; none when it is of the wrong kind. What it must be beyond that, the engine says.
    /// </summary>
    private static JsonElement? Read(FieldDefinition field, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null) return value;
        if (value.ValueKind != KindOf(field.Type)) return null;
        return field.Type switch
        {
            FieldType.Time or FieldType.TimeRange => WithZone(value),
            FieldType.Address => WithoutNulls(value),
            _ => value,
        };
    }

    // timezone_id or timezone_name become the zone; a zone that is not one is left for the engine to refuse.
    private static JsonElement WithZone(JsonElement value)
    {
        var node = JsonObject.Create(value)!;
        var (id, name) = (node["timezone_id"], node["timezone_name"]);
        node.Remove("timezone_id");
        node.Remove("timezone_name");
        var known = 0L;
        var isNumbered = id is JsonValue number && number.TryGetValue(out known);
        if (isNumbered) node["timezone"] = TimeZones.Name(known) ?? $"timezone_id {known}";
        else if (name is not null) node["timezone"] = name.DeepClone();
        return JsonSerializer.SerializeToElement(node);
    }

    private static JsonElement WithoutNulls(JsonElement value)
    {
        if (value.EnumerateObject().All(member => member.Value.ValueKind is not JsonValueKind.Null)) return value;
        var node = JsonObject.Create(value)!;
        foreach (var name in node.Where(member => member.Value is null).Select(member => member.Key).ToList()) node.Remove(name);
        return JsonSerializer.SerializeToElement(node);
    }

    private static JsonValueKind KindOf(FieldType type) => type switch
    {
        FieldType.Varchar or FieldType.VarcharAuto or FieldType.Text or FieldType.Phone or FieldType.Date => JsonValueKind.String,
        FieldType.Double or FieldType.Enum or FieldType.User or FieldType.Org or FieldType.People => JsonValueKind.Number,
        FieldType.Set => JsonValueKind.Array,
        FieldType.Monetary or FieldType.DateRange or FieldType.Time or FieldType.TimeRange or FieldType.Address => JsonValueKind.Object,
    };

    private static string Kind(FieldType type) => KindOf(type) switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.Array => "array",
        _ => "object",
    };

    private static string Cut(string name) => name.Length <= 60 ? name : name[..60] + "…";
}
