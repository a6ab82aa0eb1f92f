using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tributary.Tests.Support;

/// <summary>As much of JSON Schema as our documents use: type, enum, properties, required, items, anyOf, $ref.</summary>
internal static class JsonSchemas
{
    /// <summary>What is wrong with a value, each with its place; nothing when it fits.</summary>
    /// <param name="value">The JSON.</param>
    /// <param name="schema">What it should be.</param>
    /// <param name="root">Where references begin.</param>
    /// <param name="place">For the report.</param>
    public static IEnumerable<string> Errors(JsonElement value, JsonObject schema, JsonObject root, string place = "$")
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            return Errors(value, Find(root, reference) ?? throw new InvalidOperationException($"{reference} leads nowhere."), root, place);
        }
        if (schema["anyOf"] is JsonArray any)
        {
            return any.Any(one => !Errors(value, (JsonObject)one!, root, place).Any())
                ? [] : [$"{place}: {value} fits none of {any.ToJsonString()}"];
        }
        if (schema["type"] is { } type && !Types(type).Any(name => Is(value, name)))
        {
            return [$"{place}: {Short(value)} is not {type.ToJsonString()}"];
        }
        if (schema["enum"] is JsonArray words && value.ValueKind is JsonValueKind.String
            && !words.Any(word => (string?)word == value.GetString())) return [
            $"{place}: {Short(value)} is none of {words.ToJsonString()}"];
        return value.ValueKind switch
        {
            JsonValueKind.Object => Members(value, schema, root, place),
            JsonValueKind.Array when schema["items"] is JsonObject items =>
                value.EnumerateArray().SelectMany((item, i) => Errors(item, items, root, $"{place}[{i}]")),
            _ => [],
        };
    }

    public static JsonObject? Find(JsonObject root, string reference)
    {
        JsonNode? node = root;
        foreach (var part in reference.TrimStart('#', '/').Split('/')) node = node?[part];
        return node as JsonObject;
    }

    private static IEnumerable<string> Members(JsonElement value, JsonObject schema, JsonObject root, string place)
    {
        foreach (var required in schema["required"] as JsonArray ?? [])
        {
            if (!value.TryGetProperty((string)required!, out _)) yield return $"{place}: {required} is missing";
        }
        if (schema["properties"] is not JsonObject properties) yield break;
        foreach (var member in value.EnumerateObject())
        {
            if (properties[member.Name] is JsonObject known)
            {
                foreach (var error in Errors(member.Value, known, root, $"{place}.{member.Name}")) yield return error;
            }
            else if (schema["additionalProperties"] is null) yield return $"{place}.{member.Name} is not described";
        }
    }

    private static IEnumerable<string> Types(JsonNode type) =>
        type is JsonArray several ? several.Select(one => (string)one!) : [(string)type!];

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind is JsonValueKind.Object,
        "array" => value.ValueKind is JsonValueKind.Array,
        "string" => value.ValueKind is JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind is JsonValueKind.Null,
        "number" => value.ValueKind is JsonValueKind.Number,
        "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out var number) && number == decimal.Truncate(number),
        _ => false,
    };

    private static string Short(JsonElement value) => value.GetRawText() is { Length: > 80 } text ? text[..80] + "…" : value.GetRawText();
}
