using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Fields;

// The canonical JSON of each type; none for what is not of the type.
public static partial class FieldValues
{
    private static string? Text(JsonElement value, int max)
    {
        if (value.ValueKind is not JsonValueKind.String) return null;
        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair, which JSON can escape and no text holds
        }
        return text.Length <= max && !string.IsNullOrWhiteSpace(text) && !text.Contains('\0', StringComparison.Ordinal) ? text : null;
    }

    private static decimal? Number(JsonElement value, decimal max, int decimals)
    {
        if (value.ValueKind is not JsonValueKind.Number || !value.TryGetDecimal(out var number) || Math.Abs(number) > max) return null;
        // Without trailing zeros, so that 1.50 is spelled 1.5.
        return decimal.Round(number, decimals) == number ? number / 1.0000000000000000000000000000m : null;
    }

    private static JsonElement? Monetary(JsonElement value, WorkspaceCatalog catalog)
    {
        if (value.ValueKind is JsonValueKind.Number)
        {
            return Number(value, Money.Max, 4) is { } bare ? Members(("value", Json(bare)),
                ("currency", Json(catalog.Workspace.BaseCurrency))) : null;
        }
        if (!HasOnly(value, "value", "currency")) return null;
        var amount = Number(Member(value, "value"), Money.Max, 4);
        var currency = Member(value, "currency") is { ValueKind: not JsonValueKind.Undefined } given ? Text(given, 3)?.ToUpperInvariant()
            : catalog.Workspace.BaseCurrency;
        return amount is not null && currency is not null
            && catalog.Currency(currency) is { IsActive: true } ? Members(("value", Json(amount)), ("currency", Json(currency))) : null;
    }

    private static string? Day(JsonElement value) =>
        DateOnly.TryParseExact(Text(value, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    private static JsonElement? DateRange(JsonElement value)
    {
        if (!HasOnly(value, "value", "until")) return null;
        var (from, until) = (Day(Member(value, "value")), Day(Member(value, "until")));
        return from is not null && until is not null && string.CompareOrdinal(from, until) <= 0
            ? Members(("until", Json(until)), ("value", Json(from))) : null;
    }

    private static string? Clock(JsonElement value) =>
        TimeOnly.TryParseExact(Text(value, 8), ["HH:mm:ss", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        ? time.ToString("HH:mm:ss", CultureInfo.InvariantCulture) : null;

    private static JsonElement? Time(JsonElement value, bool isRange)
    {
        if (value.ValueKind is JsonValueKind.String && !isRange) return Clock(value) is { } bare ? Members(("value", Json(bare))) : null;
        if (isRange ? !HasOnly(value, "value", "until", "timezone") : !HasOnly(value, "value", "timezone")) return null;

        var from = Clock(Member(value, "value"));
        var until = isRange ? Clock(Member(value, "until")) : null;
        var given = Member(value, "timezone");
        var zone = given.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : Text(given, 64);
        var zoneIsGood = given.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
            || zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _);
        if (from is null || isRange && until is null || !zoneIsGood) return null;
        return Members(("until", Json(until)), ("value", Json(from)), ("timezone", Json(zone)));
    }

    private static long? Id(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var id) && id > 0 ? id : null;

    private static long? Option(FieldDefinition field, JsonElement value) =>
        Id(value) is { } id && field.Options.Any(option => option.Id == id) ? id : null;

    private static JsonElement? Set(FieldDefinition field, JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Array || value.GetArrayLength() is 0 or > FieldRules.MaxOptions) return null;
        var ids = value.EnumerateArray().Select(element => Option(field, element)).ToArray();
        return ids.Contains(null) ? null : JsonSerializer.SerializeToElement(ids.Distinct().Order());
    }

    private static JsonElement? Address(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.String) return Text(value, MaxWord * 2) is { } bare ? Members(("value", Json(bare))) : null;
        if (!HasOnly(value, AddressParts)) return null;
        var parts = new List<(string, JsonElement?)>();
        foreach (var part in AddressParts)
        {
            if (Member(value, part) is { ValueKind: not JsonValueKind.Undefined and not JsonValueKind.Null } given)
            {
                if (Text(given, MaxWord * 2) is not { } text) return null;
                parts.Add((part, Json(text)));
            }
        }
        return parts.Count > 0 ? Members([.. parts]) : null;
    }

    private static bool HasOnly(JsonElement value, params ReadOnlySpan<string> names)
    {
        if (value.ValueKind is not JsonValueKind.Object) return false;
        foreach (var member in value.EnumerateObject())
        {
            if (!names.Contains(member.Name)) return false;
        }
        return true;
    }

    private static JsonElement Member(JsonElement value, string name) => value.TryGetProperty(name, out var member) ? member : default;

    private static JsonElement? Json(string? text) => text is null ? null : JsonSerializer.SerializeToElement(text, Documents.Options);

    private static JsonElement? Json(decimal? number) => number is { } known ? JsonSerializer.SerializeToElement(known) : null;

    private static JsonElement? Json(long? id) => id is { } known ? JsonSerializer.SerializeToElement(known) : null;

    private static JsonElement Members(params ReadOnlySpan<(string Name, JsonElement? Value)> members)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var (name, value) in members)
            {
                if (value is not { } known) continue;
                json.WritePropertyName(name);
                known.WriteTo(json);
            }
            json.WriteEndObject();
        }
        return JsonElement.Parse(stream.ToArray());
    }
}
