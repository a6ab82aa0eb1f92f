using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tributary.Server.Hosting;

/// <summary>
/// How a record is spelled in JSON: its members in order, each with a name, a type and where the value comes from. Built
/// once; writing walks the list, so there is no reflection, no copy of the record, and a caller may ask for some members
/// only. The same list describes itself for the OpenAPI document.
/// </summary>
internal sealed class Wire<T>(string? name, string description = "") : ISchema, IVersioned
{
    // An array, as it is walked for every record.
    private Part[] parts = [];

    public string? Name { get; } = name;

    public bool HasVersion => parts.Any(part => part.Name == "version");

    /// <summary>What "fields" may name.</summary>
    public IEnumerable<string> MemberNames => parts.Select(part => part.Name);

    public Wire<T> Whole(string member, Func<T, long> value, string doc = "", Func<T, bool>? when = null) =>
        Add(member, _ => Type("integer", doc), when, (json, name, row) => json.WriteNumber(name, value(row)));

    public Wire<T> Whole(string member, Func<T, long?> value, string doc = "", Func<T, bool>? when = null) =>
        Add(member, _ => Type("integer", doc, nullable: true), when, (json, name, row) =>
        {
            if (value(row) is { } known) json.WriteNumber(name, known);
            else json.WriteNull(name);
        });

    /// <summary>Without trailing zeros: 12.5.</summary>
    public Wire<T> Number(string member, Func<T, decimal> value, string doc = "", Func<T, bool>? when = null) =>
        Add(member, _ => Type("number", doc), when, (json, name, row) => Number(json, name, value(row)));

    public Wire<T> Number(string member, Func<T, decimal?> value, string doc = "", Func<T, bool>? when = null) =>
        Add(member, _ => Type("number", doc, nullable: true), when, (json, name, row) =>
        {
            if (value(row) is { } known) Number(json, name, known);
            else json.WriteNull(name);
        });

    public Wire<T> Text(string member, Func<T, string?> value, string doc = "", Func<T, bool>? when = null, bool nullable = true) =>
        Add(member, _ => Type("string", doc, nullable), when, (json, name, row) => json.WriteString(name, value(row)));

    /// <summary>One of a closed list of words.</summary>
    public Wire<T> Word(string member, Func<T, string?> value, IReadOnlyList<string> words, string doc = "", Func<T, bool>? when = null) =>
        Add(member, _ => Type("string", doc, more: ("enum", new JsonArray([.. words.Select(word => JsonValue.Create(word))]))), when,
            (json, name, row) => json.WriteString(name, value(row)));

    public Wire<T> Flag(string member, Func<T, bool> value, string doc = "", Func<T, bool>? when = null) =>
        Add(member, _ => Type("boolean", doc), when, (json, name, row) => json.WriteBoolean(name, value(row)));

    public Wire<T> Uid(string member, Func<T, Guid?> value, string doc = "", Func<T, bool>? when = null)
    {
        return Add(member, _ => Type("string", doc, nullable: true, ("format", "uuid")), when, (json, name, row) =>
        {
            if (value(row) is { } known) json.WriteString(name, known);
            else json.WriteNull(name);
        });
    }

    /// <summary>A text that is made of a uid.</summary>
    public Wire<T> Id(string member, Func<T, Guid?> value, SpelledUid spelling, string doc = "", bool nullable = true) =>
        Add(member, _ => Type("string", doc, nullable), null, (json, name, row) =>
        {
            if (value(row) is not { } known)
            {
                json.WriteNull(name);
                return;
            }
            Span<byte> text = stackalloc byte[SpelledUid.MaxLength];
            json.WriteString(name, text[..spelling.Spell(known, text)]);
        });

    public Wire<T> Instant(string member, Func<T, DateTimeOffset?> value, TimeStyle style, string doc = "", Func<T, bool>? when = null)
    {
        (string, JsonNode)? Format() => style is TimeStyle.Sql ? null : ("format", "date-time");
        return Add(member, _ => Type("string", doc, nullable: true, Format()), when, (json, name, row) =>
        {
            if (value(row) is not { } known)
            {
                json.WriteNull(name);
                return;
            }
            Span<byte> text = stackalloc byte[32];
            json.WriteString(name, text[..Times.Spell(known, style, text)]);
        });
    }

    public Wire<T> Day(string member, Func<T, DateOnly?> value, string doc = "", Func<T, bool>? when = null)
    {
        return Add(member, _ => Type("string", doc, nullable: true, ("format", "date")), when, (json, name, row) =>
        {
            if (value(row) is not { } known)
            {
                json.WriteNull(name);
                return;
            }
            Span<byte> text = stackalloc byte[10];
            json.WriteString(name, text[..Times.Spell(known, text)]);
        });
    }

    public Wire<T> Wholes(string member, Func<T, IReadOnlyList<long>> value, string doc = "", Func<T, bool>? when = null)
    {
        return Add(member, _ => Type("array", doc, more: ("items", Type("integer", ""))), when, (json, name, row) =>
        {
            json.WriteStartArray(name);
            var items = value(row);
            for (var i = 0; i < items.Count; i++) json.WriteNumberValue(items[i]);
            json.WriteEndArray();
        });
    }

    public Wire<T> Texts(string member, Func<T, IReadOnlyList<string>> value, string doc = "", Func<T, bool>? when = null)
    {
        return Add(member, _ => Type("array", doc, more: ("items", Type("string", ""))), when, (json, name, row) =>
        {
            json.WriteStartArray(name);
            var items = value(row);
            for (var i = 0; i < items.Count; i++) json.WriteStringValue(items[i]);
            json.WriteEndArray();
        });
    }

    /// <summary>Texts that are made of uids.</summary>
    public Wire<T> Ids(string member, Func<T, IReadOnlyList<Guid>> value, SpelledUid spelling, string doc = "")
    {
        return Add(member, _ => Type("array", doc, more: ("items", Type("string", ""))), null, (json, name, row) =>
        {
            json.WriteStartArray(name);
            var items = value(row);
            Span<byte> text = stackalloc byte[SpelledUid.MaxLength];
            for (var i = 0; i < items.Count; i++) json.WriteStringValue(text[..spelling.Spell(items[i], text)]);
            json.WriteEndArray();
        });
    }

    public Wire<T> Object<TInner>(string member, Func<T, TInner?> value, Wire<TInner> wire, string doc = "", Func<T, bool>? when = null)
        where TInner : class =>
        Add(member,
            book => new() { ["anyOf"] = new JsonArray(book.Refer(wire), new JsonObject { ["type"] = "null" }), ["description"] = doc },
            when, (json, name, row) =>
        {
            json.WritePropertyName(name);
            if (value(row) is { } known) wire.Write(json, known);
            else json.WriteNullValue();
        });

    public Wire<T> Objects<TInner>(string member, Func<T, IEnumerable<TInner>> value, Wire<TInner> wire, string doc = "",
        Func<T, bool>? when = null) =>
        Add(member, book => new() { ["type"] = "array", ["items"] = book.Refer(wire), ["description"] = doc }, when, (json, name, row) =>
        {
            json.WriteStartArray(name);
            foreach (var item in value(row)) wire.Write(json, item);
            json.WriteEndArray();
        });

    /// <summary>A member that writes itself; <paramref name="schema"/> says what it writes.</summary>
    public Wire<T> Json(string member, JsonObject schema, Action<Utf8JsonWriter, T> value, string doc = "", Func<T, bool>? when = null)
    {
        if (doc.Length > 0) schema["description"] = doc;
        return Add(member, _ => (JsonObject)schema.DeepClone(), when, (json, name, row) =>
        {
            json.WritePropertyName(name);
            value(json, row);
        });
    }

    /// <summary>Members whose names are data, such as custom field keys at the top level; they follow the others.</summary>
    public Wire<T> Open(Action<Utf8JsonWriter, T> members)
    {
        open = members;
        return this;
    }

    /// <param name="only">The members asked for; none means all.</param>
    public void Write(Utf8JsonWriter json, T row, IReadOnlySet<string>? only = null)
    {
        json.WriteStartObject();
        foreach (var part in parts)
        {
            if (only is not null && !only.Contains(part.Name)) continue;
            if (part.When is not null && !part.When(row)) continue;
            part.Write(json, part.Encoded, row);
        }
        open?.Invoke(json, row);
        json.WriteEndObject();
    }

    public JsonObject Schema(SchemaBook book)
    {
        var properties = new JsonObject();
        foreach (var part in parts) properties[part.Name] = part.Schema(book);
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        var always = parts.Where(part => part.When is null).Select(part => (JsonNode)part.Name).ToArray();
        if (always.Length > 0) schema["required"] = new JsonArray(always);
        if (open is not null) schema["additionalProperties"] = true;
        if (description.Length > 0) schema["description"] = description;
        return schema;
    }

    private Action<Utf8JsonWriter, T>? open;

    // Described when somebody asks for the document: thousands of descriptions are no part of a start.
    private Wire<T> Add(string member, Func<SchemaBook, JsonObject> schema, Func<T, bool>? when, WriteMember<T> write)
    {
        parts = [.. parts, new(member, JsonEncodedText.Encode(member), schema, when, write)];
        return this;
    }

    private static JsonObject Type(string type, string doc, bool nullable = false, (string Name, JsonNode Value)? more = null)
    {
        var schema = new JsonObject { ["type"] = nullable ? new JsonArray(type, "null") : type };
        if (doc.Length > 0) schema["description"] = doc;
        if (more is { } other) schema[other.Name] = other.Value;
        return schema;
    }

    /// <summary>15000.0000 is written as 15000: the scale of storage is nobody's business.</summary>
    private static void Number(Utf8JsonWriter json, JsonEncodedText name, decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var (digits, scale) = ((ulong)(uint)bits[1] << 32 | (uint)bits[0], value.Scale);
        for (; scale > 0 && digits % 10 == 0; scale--) digits /= 10;
        // Most are whole, and a whole number is written in a third of the time.
        if (bits[2] != 0) json.WriteNumber(name, value / 1.0000000000000000000000000000m);
        else if (scale == 0 && digits <= long.MaxValue) json.WriteNumber(name, bits[3] < 0 ? -(long)digits : (long)digits);
        else json.WriteNumber(name, new decimal((int)digits, (int)(digits >> 32), 0, bits[3] < 0, scale));
    }

    private sealed record Part(string Name, JsonEncodedText Encoded, Func<SchemaBook, JsonObject> Schema, Func<T, bool>? When,
        WriteMember<T> Write);
}

/// <summary>Writes one member of a record, its name included.</summary>
internal delegate void WriteMember<in T>(Utf8JsonWriter json, JsonEncodedText name, T row);
