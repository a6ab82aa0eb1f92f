using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Fields;

/// <summary>Another record that a custom value names; whoever saves the value asks whether it exists.</summary>
/// <param name="Name">The custom field, as refusals name it.</param>
/// <param name="Type">User, Org or People.</param>
public sealed record FieldReference(string Name, FieldType Type, long Id);

/// <summary>What <see cref="FieldValues.Read"/> made of a caller's custom fields.</summary>
public sealed record ReadValues(CustomPatch Patch, IReadOnlyList<FieldReference> References);

/// <summary>
/// The values that custom fields take. Each type has one canonical JSON, which is what is stored:
/// <list type="table">
/// <item><term>varchar, varchar_auto, phone</term><description>a text of 1 to 255 characters</description></item>
/// <item><term>text</term><description>a text of 1 to 65,535 characters</description></item>
/// <item><term>double</term><description>a number of up to 15 digits before the point and 10 behind it</description></item>
/// <item><term>monetary</term><description>{"value": 12.5, "currency": "EUR"}; a bare number is in the base currency</description></item>
/// <item><term>date; daterange</term><description>"2026-11-20"; {"until": "…", "value": "…"}</description></item>
/// <item><term>time; timerange</term><description>{"value": "09:30:00", "timezone": "Europe/Berlin"}, and "until" in a range; "timezone"
/// may be left out</description></item>
/// <item><term>enum; set</term><description>an option's id; a list of them, rising</description></item>
/// <item><term>user, org, people</term><description>an id</description></item>
/// <item><term>address</term><description>an object of texts, "value" and Pipedrive's subfields; a bare text is the
/// "value"</description></item>
/// </list>
/// </summary>
public static class FieldValues
{
    private const int MaxWord = 255;
    private const int MaxText = 65_535;
    private const decimal MaxNumber = 999_999_999_999_999m;
    private const int MaxDecimals = 10;

    // PostgreSQL's jsonb keeps the members of an object by length, then by bytes. Objects are spelled in that order, so that
    // a value reads the same from both backends.
    private static readonly string[] AddressParts =
    [
        "route", "value", "country", "locality", "subpremise", "postal_code", "sublocality", "street_number", "formatted_address",
        "admin_area_level_1", "admin_area_level_2",
    ];

    /// <summary>
    /// Reads values by key or slug; JSON null clears. Every wrong one is named in <paramref name="checks"/> as custom.&lt;key or slug&gt;.
    /// </summary>
    public static ReadValues Read(Checks checks, string subject, IEnumerable<KeyValuePair<string, JsonElement>> given,
        WorkspaceCatalog catalog)
    {
        var values = new Dictionary<string, JsonElement>();
        var references = new List<FieldReference>();
        foreach (var (keyOrSlug, value) in given)
        {
            var name = $"custom.{keyOrSlug}";
            if ((catalog.Field(subject, keyOrSlug) ?? catalog.FieldsOf(subject).FirstOrDefault(field => field.Slug == keyOrSlug))
                is not { DeletedAt: null } field)
            {
                checks.Fail(name, $"{name} is not a custom field of this kind of record.");
                continue;
            }
            if (value.ValueKind is JsonValueKind.Null)
            {
                values[field.Key] = value;
                continue;
            }
            if (Canonical(checks, name, field, value, catalog) is not { } canonical) continue;
            values[field.Key] = canonical;
            if (field.Type is FieldType.User or FieldType.Org or FieldType.People)
            {
                references.Add(new(name, field.Type, canonical.GetInt64()));
            }
        }
        return new(new(values), references);
    }

    /// <summary>
    /// One value in the canonical JSON of its type; none after a refusal was added to <paramref name="checks"/>. A canonical value stays as
    /// it is.
    /// </summary>
    public static JsonElement? Canonical(Checks checks, string name, FieldDefinition field, JsonElement value, WorkspaceCatalog catalog)
    {
        var canonical = field.Type switch
        {
            FieldType.Varchar or FieldType.VarcharAuto or FieldType.Phone => Json(Text(value, MaxWord)),
            FieldType.Text => Json(Text(value, MaxText)),
            FieldType.Double => Json(Number(value, MaxNumber, MaxDecimals)),
            FieldType.Monetary => Monetary(value, catalog),
            FieldType.Date => Json(Day(value)),
            FieldType.DateRange => DateRange(value),
            FieldType.Time => Time(value, isRange: false),
            FieldType.TimeRange => Time(value, isRange: true),
            FieldType.Enum => Json(Option(field, value)),
            FieldType.Set => Set(field, value),
            FieldType.User => Json(Id(value) is { } user && catalog.User(user) is not null ? user : null),
            FieldType.Org or FieldType.People => Json(Id(value)),
            FieldType.Address => Address(value),
        };
        if (canonical is null) checks.Fail(name, $"{name} must be {Accepted(field)}.");
        return canonical;
    }

    /// <summary>
    /// Whether a stored value can be one of this type: whoever asks for its parts finds them. The past may hold values of a type that the
    /// field had then.
    /// </summary>
    public static bool Fits(FieldType type, JsonElement value) => type switch
    {
        FieldType.Varchar or FieldType.VarcharAuto or FieldType.Phone or FieldType.Text or FieldType.Date =>
            value.ValueKind is JsonValueKind.String,
        FieldType.Double or FieldType.Enum or FieldType.User or FieldType.Org or FieldType.People =>
            value.ValueKind is JsonValueKind.Number && (type is FieldType.Double || value.TryGetInt64(out _)),
        FieldType.Set => value.ValueKind is JsonValueKind.Array,
        FieldType.Monetary or FieldType.DateRange or FieldType.Time or FieldType.TimeRange =>
            value.ValueKind is JsonValueKind.Object && value.TryGetProperty("value", out _),
        FieldType.Address => value.ValueKind is JsonValueKind.Object,
    };

    /// <summary>What a field takes, as the end of "must be …".</summary>
    public static string Accepted(FieldDefinition field) => field.Type switch
    {
        FieldType.Varchar or FieldType.VarcharAuto or FieldType.Phone => $"a text of 1 to {MaxWord} characters",
        FieldType.Text => $"a text of 1 to {MaxText} characters",
        FieldType.Double => $"a number from -{MaxNumber} to {MaxNumber} with at most {MaxDecimals} decimals",
        FieldType.Monetary => """{"value": 12.5, "currency": "EUR"} with at most 4 decimals and an active currency""",
        FieldType.Date => "a day such as 2026-11-20",
        FieldType.DateRange => """{"value": "2026-11-20", "until": "2026-11-21"} with until not before value""",
        FieldType.Time => """{"value": "09:30:00", "timezone": "Europe/Berlin"}; the timezone may be left out""",
        FieldType.TimeRange => """{"value": "09:30:00", "until": "10:00:00", "timezone": "Europe/Berlin"}; the timezone may be left out""",
        FieldType.Enum => $"the id of one of the options {Options(field)}",
        FieldType.Set => $"a list of at least one id of the options {Options(field)}; null clears",
        FieldType.User => "the id of a user of this workspace",
        FieldType.Org => "the id of an organization",
        FieldType.People => "the id of a person",
        FieldType.Address => $"a text, or an object of texts with the members {string.Join(", ", AddressParts)}",
    };

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

    private static string Options(FieldDefinition field)
    {
        var shown = string.Join(", ", field.Options.Take(20).Select(option => $"{option.Id} ({option.Label})"));
        return field.Options.Count > 20 ? shown + ", …" : shown;
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
