using System.Text.Encodings.Web;
using System.Text.Json;
using Tributary.Core.Catalog;

namespace Tributary.Core.Fields;

/// <summary>
/// The custom field values of one record: field key → JSON value, keys in ordinal order, no nulls. Immutable; two are
/// equal when they hold the same values. Outside the engine a value is read by its field's definition alone, which comes from
/// the catalog as the caller sees it: a value that somebody may not see cannot be spelled for them by oversight.
/// </summary>
public sealed class CustomValues : IEquatable<CustomValues>
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedDictionary<string, JsonElement> values;

    private CustomValues(SortedDictionary<string, JsonElement> values, string json)
    {
        this.values = values;
        Json = json;
    }

    public static CustomValues None { get; } = new([], "{}");

    /// <summary>The values as one JSON object, always spelled the same way for the same values.</summary>
    internal string Json { get; }

    internal int Count => values.Count;

    internal JsonElement? this[string key] => values.TryGetValue(key, out var value) ? value : null;

    /// <summary>
    /// The value of a field. Whoever does not see the definition has nothing to ask with; what was stored under another type is none.
    /// </summary>
    public JsonElement? this[FieldDefinition field] =>
        values.TryGetValue(field.Key, out var value) && FieldValues.Fits(field.Type, value) ? value : null;

    /// <summary>The values whose fields the catalog has, in the order of the fields' keys; those of deleted fields are left out.</summary>
    public IEnumerable<(FieldDefinition Field, JsonElement Value)> Of(string subject, WorkspaceCatalog seen) =>
        Count == 0 ? [] : Seen(subject, seen);

    private IEnumerable<(FieldDefinition Field, JsonElement Value)> Seen(string subject, WorkspaceCatalog seen)
    {
        foreach (var (key, value) in values)
        {
            if (seen.Field(subject, key) is { DeletedAt: null } field && FieldValues.Fits(field.Type, value)) yield return (field, value);
        }
    }

    public static CustomValues Parse(string json)
    {
        if (json == "{}") return None;
        using var document = JsonDocument.Parse(json);
        // PostgreSQL's jsonb keeps its own order and spacing, so the text is made anew rather than trusted.
        return Of(document.RootElement.EnumerateObject()
            .Select(member => new KeyValuePair<string, JsonElement>(member.Name, member.Value.Clone())));
    }

    /// <summary>Members that are JSON null are left out.</summary>
    public static CustomValues Of(IEnumerable<KeyValuePair<string, JsonElement>> values)
    {
        var sorted = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (key, value) in values)
        {
            if (value.ValueKind is not JsonValueKind.Null and not JsonValueKind.Undefined) sorted[key] = value;
        }
        return sorted.Count == 0 ? None : new(sorted, Spell(sorted));
    }

    /// <summary>These values with some replaced; a JSON null takes a value away.</summary>
    public CustomValues With(IEnumerable<KeyValuePair<string, JsonElement>> changes)
    {
        var next = new SortedDictionary<string, JsonElement>(values, StringComparer.Ordinal);
        foreach (var (key, value) in changes) next[key] = value;
        return Of(next);
    }

    public bool Equals(CustomValues? other) => other is not null && Json == other.Json;

    public override bool Equals(object? obj) => Equals(obj as CustomValues);

    public override int GetHashCode() => Json.GetHashCode(StringComparison.Ordinal);

    /// <summary>Not the values: those would reach whoever prints the record.</summary>
    public override string ToString() => $"{values.Count} custom values";

    internal IEnumerable<KeyValuePair<string, JsonElement>> All => values;

    private static string Spell(SortedDictionary<string, JsonElement> values)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Plain))
        {
            Spell(writer, values);
        }
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    // PostgreSQL's jsonb reorders the members of inner objects and writes exponents out; one spelling makes both backends equal.
    private static void Spell(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, JsonElement>> members)
    {
        writer.WriteStartObject();
        foreach (var (key, value) in members)
        {
            writer.WritePropertyName(key);
            Spell(writer, value);
        }
        writer.WriteEndObject();
    }

    private static void Spell(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var member in value.EnumerateObject()) members[member.Name] = member.Value;
                Spell(writer, members);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Spell(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number when value.GetRawText().AsSpan().ContainsAny('e', 'E') && value.TryGetDecimal(out var number):
                writer.WriteNumberValue(number);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
