using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;

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
public static partial class FieldValues
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

    private static string Options(FieldDefinition field)
    {
        var shown = string.Join(", ", field.Options.Take(20).Select(option => $"{option.Id} ({option.Label})"));
        return field.Options.Count > 20 ? shown + ", …" : shown;
    }
}
