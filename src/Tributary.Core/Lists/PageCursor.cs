using System.Globalization;
using System.Text.Json;
using Tributary.Core.Storage;

namespace Tributary.Core.Lists;

/// <summary>What is inside a cursor: [workspace, list, order, value of each key]. It is sealed elsewhere.</summary>
internal static class PageCursor
{
    public static byte[] Write(long workspace, string list, string order, IReadOnlyList<Keyset.Key> keys, IReadOnlyList<object?> values)
    {
        using var stream = new MemoryStream(128);
        using (var json =
            new Utf8JsonWriter(stream,
                new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            json.WriteNumberValue(workspace);
            json.WriteStringValue(list);
            json.WriteStringValue(order);
            for (var i = 0; i < keys.Count; i++) Write(json, keys[i].Field, values[i]);
            json.WriteEndArray();
        }
        return stream.ToArray();
    }

    /// <summary>None when it is the cursor of something else.</summary>
    public static object?[]? Read(byte[] payload, long workspace, string list, string order, IReadOnlyList<Keyset.Key> keys)
    {
        using var document = JsonDocument.Parse(payload);
        var parts = document.RootElement;
        if (parts.GetArrayLength() != keys.Count + 3 || parts[0].GetInt64() != workspace || parts[1].GetString() != list
            || parts[2].GetString() != order) return null;

        var values = new object?[keys.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Value(keys[i].Field, parts[i + 3]);
        return values;
    }

    // What a backend returned for a key: native types on PostgreSQL, numbers and texts on SQLite.
    private static void Write(Utf8JsonWriter json, ListField field, object? value)
    {
        switch (value)
        {
            case null or DBNull:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteNumberValue(flag ? 1 : 0);
                break;
            case DateTime day when field.Kind is FieldKind.Day:
                json.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case DateTime instant:
                json.WriteStringValue(Spelling.InstantText(DateTime.SpecifyKind(instant, DateTimeKind.Utc)));
                break;
            case DateOnly day:
                json.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case Guid uid:
                json.WriteStringValue(uid);
                break;
            default:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static object? Value(ListField field, JsonElement json) => (field.Kind, json.ValueKind) switch
    {
        (_, JsonValueKind.Null) => null,
        (FieldKind.Instant, _) => Spelling.ParseInstant(json.GetString()),
        (FieldKind.Day, _) => Spelling.ParseDay(json.GetString()),
        (FieldKind.Uid, _) => json.GetGuid(),
        (FieldKind.Flag, _) => json.GetInt64() == 1,
        (FieldKind.Number, _) => json.GetDouble(),
        (FieldKind.Whole, _) when field.Path.Count > 0 => json.GetDouble(),
        (_, JsonValueKind.Number) => json.GetInt64(),
        _ => json.GetString(),
    };
}
