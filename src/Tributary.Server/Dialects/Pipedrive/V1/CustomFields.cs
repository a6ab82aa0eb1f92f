using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>
/// Custom values of v1 stand among the record's own members, under their 40-hex keys; values of several parts have
/// companions such as "&lt;key&gt;_currency" (reference §7).
/// </summary>
internal static class CustomFields
{
    public static readonly string[] AddressParts =
        ["subpremise", "street_number", "route", "sublocality", "locality", "admin_area_level_1", "admin_area_level_2", "country",
            "postal_code", "formatted_address"];

    /// <summary>For shapes: members whose names are keys, or companions of keys.</summary>
    public static bool IsMember(string name) => name.Length >= 40 && Spell.IsKey(name[..40]) && (name.Length == 40 || name[40] == '_');

    /// <param name="json">Where to.</param>
    /// <param name="catalog">The company's fields.</param>
    /// <param name="subject">Whose fields.</param>
    /// <param name="values">The record's values; of fields without one, null is written.</param>
    /// <param name="names">Where users, persons and organizations are shown as objects; elsewhere their ids are.</param>
    public static void Write(Utf8JsonWriter json, WorkspaceCatalog catalog, string subject, CustomValues values, Named? names = null)
    {
        foreach (var field in catalog.FieldsOf(subject))
        {
            var isReference = field.Type is FieldType.User or FieldType.People or FieldType.Org;
            if (!isReference || names is null || values[field] is not { } id || !WriteCard(json, field, id.GetInt64(), names))
            {
                Write(json, field, values[field]);
            }
        }
    }

    /// <summary>Only fields that have a value, as leads show them.</summary>
    public static void WriteFilled(Utf8JsonWriter json, WorkspaceCatalog catalog, string subject, CustomValues values)
    {
        foreach (var field in catalog.FieldsOf(subject).Where(field => values[field] is not null)) Write(json, field, values[field]);
    }

    public static Field<CustomPatch> Read(Body body, Shape shape, WorkspaceCatalog catalog, string subject)
    {
        var sent = body.Others(shape).Where(member => IsMember(member.Name)).GroupBy(member => member.Name[..40]);
        var values = new Dictionary<string, JsonElement>();
        var partial = new List<string>();
        foreach (var members in sent)
        {
            // A key that no field has is ignored, as everything unknown is.
            if (catalog.Field(subject, members.Key) is not { DeletedAt: null } field) continue;
            // The body is gone when the engine looks at the values.
            var parts = members.ToDictionary(member => member.Name.Length == 40 ? "" : member.Name[41..], member => member.Value.Clone());
            values[field.Key] = Read(field, parts);
            // A companion alone, or the value alone, changes only itself; an address that is told anew has other parts.
            if (field.Type is not FieldType.Address || !parts.ContainsKey("")) partial.Add(field.Key);
        }
        return values.Count == 0 ? default : (Field<CustomPatch>)new CustomPatch(values) { Partial = [.. partial] };
    }

    private static void Write(Utf8JsonWriter json, FieldDefinition field, JsonElement? value)
    {
        switch (field.Type)
        {
            case FieldType.Monetary:
                Part(json, field.Key, value, "value");
                Part(json, field.Key + "_currency", value, "currency");
                break;
            case FieldType.DateRange:
                Part(json, field.Key, value, "value");
                Part(json, field.Key + "_until", value, "until");
                break;
            case FieldType.Time or FieldType.TimeRange:
                Part(json, field.Key, value, "value");
                if (field.Type is FieldType.TimeRange) Part(json, field.Key + "_until", value, "until");
                json.WritePropertyName(field.Key + "_timezone_id");
                if (value is { } timed && timed.TryGetProperty("timezone", out var zone))
                {
                    json.WriteNumberValue(TimeZones.Id(zone.GetString()!));
                }
                else json.WriteNullValue();
                break;
            case FieldType.Address:
                Part(json, field.Key, value, "value");
                foreach (var part in AddressParts) Part(json, $"{field.Key}_{part}", value, part);
                break;
            case FieldType.Enum:
                json.WriteString(field.Key, value?.GetRawText());
                break;
            case FieldType.Set:
                json.WriteString(field.Key, value is { } ids ? string.Join(',', ids.EnumerateArray().Select(id => id.GetRawText())) : null);
                break;
            default:
                json.WritePropertyName(field.Key);
                if (value is { } plain) plain.WriteTo(json);
                else json.WriteNullValue();
                break;
        }
    }

    private static bool WriteCard(Utf8JsonWriter json, FieldDefinition field, long id, Named names)
    {
        switch (field.Type)
        {
            case FieldType.User when names.User(id) is { } user:
                json.WritePropertyName(field.Key);
                Cards.User.Write(json, user);
                return true;
            case FieldType.People when names.Person(id) is { } person:
                json.WritePropertyName(field.Key);
                Cards.Person.Write(json, person);
                return true;
            case FieldType.Org when names.Organization(id) is { } organization:
                json.WritePropertyName(field.Key);
                Cards.Organization.Write(json, organization);
                return true;
            default:
                return false;
        }
    }

    private static void Part(Utf8JsonWriter json, string name, JsonElement? value, string part)
    {
        json.WritePropertyName(name);
        if (value is { } known && known.TryGetProperty(part, out var one)) one.WriteTo(json);
        else json.WriteNullValue();
    }

    // v1 is lenient: numbers may be texts, "" and null clear, an option's id may be a text, options "11,12" or a list.
    private static JsonElement Read(FieldDefinition field, Dictionary<string, JsonElement> parts)
    {
        var main = parts.GetValueOrDefault("");
        if (IsBlank(main)) return JsonSerializer.SerializeToElement<object?>(null);
        return field.Type switch
        {
            FieldType.Double or FieldType.Enum or FieldType.User or FieldType.Org or FieldType.People => Number(main),
            FieldType.Monetary => Object(("value", Number(main)), ("currency", parts.GetValueOrDefault("currency"))),
            FieldType.Set => Ids(main),
            FieldType.DateRange => Object(("value", main), ("until", parts.GetValueOrDefault("until"))),
            FieldType.Time or FieldType.TimeRange =>
                Object(("value", main), ("until", parts.GetValueOrDefault("until")),
                    ("timezone", Zone(parts.GetValueOrDefault("timezone_id")))),
            FieldType.Address when main.ValueKind is JsonValueKind.String or JsonValueKind.Undefined =>
                Object([("value", main), .. AddressParts.Select(part => (part, parts.GetValueOrDefault(part)))]),
            _ => main,
        };
    }

    private static bool IsBlank(JsonElement value) =>
        value.ValueKind is JsonValueKind.Null || value.ValueKind is JsonValueKind.String && Text(value) is "";

    private static JsonElement Object(params IEnumerable<(string Name, JsonElement Value)> members)
    {
        var node = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (value.ValueKind is not JsonValueKind.Undefined) node[name] = IsBlank(value) ? null : JsonNode.Parse(value.GetRawText());
        }
        return JsonSerializer.SerializeToElement(node);
    }

    private static JsonElement Number(JsonElement value) =>
        value.ValueKind is JsonValueKind.String
        && decimal.TryParse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? JsonSerializer.SerializeToElement(number)
        : value.ValueKind is JsonValueKind.Object && value.TryGetProperty("value", out var inner) ? Number(inner)
        : value;

    private static JsonElement Ids(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String =>
            JsonSerializer.SerializeToElement(Text(value).Split(',', StringSplitOptions.TrimEntries)
                .Select(id => long.TryParse(id, CultureInfo.InvariantCulture, out var known) ? known : 0)),
        JsonValueKind.Number => JsonSerializer.SerializeToElement(new[] { value }),
        JsonValueKind.Array => JsonSerializer.SerializeToElement(value.EnumerateArray().Select(Number)),
        _ => value,
    };

    private static JsonElement Zone(JsonElement value)
    {
        if (IsBlank(value)) return value;
        if (Number(value) is not { ValueKind: JsonValueKind.Number } number || !number.TryGetInt64(out var id)) return default;
        return JsonSerializer.SerializeToElement(TimeZones.Name(id) ?? $"timezone_id {id}");
    }

    private static string Text(JsonElement value) => Members.TryText(value, out var text) ? text : "\0";
}
