using System.Globalization;
using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Fields;

/// <summary>What becomes of a value when its field changes its type: all of it stays, a part of it, or nothing.</summary>
public enum Conversion { Kept, Reduced, Lost }

/// <summary>Which types of custom fields change into which, and what becomes of their values. Pure; docs/fields.md has the table.</summary>
public static class FieldConversion
{
    private const int MaxWord = 255;

    private static readonly FieldType[] texts = [FieldType.Varchar, FieldType.VarcharAuto, FieldType.Text, FieldType.Phone];

    /// <summary>What a text can be read as.</summary>
    private static readonly FieldType[] readable =
        [FieldType.Double, FieldType.Monetary, FieldType.Date, FieldType.Time, FieldType.Enum, FieldType.Set, FieldType.User,
            FieldType.Address];

    private static readonly (FieldType From, FieldType To)[] kin =
    [
        (FieldType.Double, FieldType.Monetary), (FieldType.Monetary, FieldType.Double),
        (FieldType.Date, FieldType.DateRange), (FieldType.DateRange, FieldType.Date),
        (FieldType.Time, FieldType.TimeRange), (FieldType.TimeRange, FieldType.Time),
        (FieldType.Enum, FieldType.Set), (FieldType.Set, FieldType.Enum),
    ];

    /// <summary>
    /// Everything becomes a text but the records that a field names; texts and choices become what can be read in them; kin become one
    /// another.
    /// </summary>
    public static bool CanChange(FieldType from, FieldType to) => from != to && from is not (FieldType.Org or FieldType.People)
        && (texts.Contains(to) || (texts.Contains(from) || from is FieldType.Enum) && readable.Contains(to) || kin.Contains((from, to)));

    /// <summary>The types that a field of this one can change into, in the order of the list of types.</summary>
    public static IReadOnlyList<FieldType> Targets(FieldType from) => [.. Enum.GetValues<FieldType>().Where(to => CanChange(from, to))];

    /// <summary>Choices are made of the values there are where no other field of choices had them.</summary>
    public static bool MakesOptions(FieldType from, FieldType to) =>
        to is FieldType.Enum or FieldType.Set && from is not (FieldType.Enum or FieldType.Set);

    /// <summary>The choices that a text stands for; a set's are divided by commas.</summary>
    public static IEnumerable<string> OptionsIn(FieldType to, string text) => to is FieldType.Set
        ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : string.IsNullOrWhiteSpace(text) ? [] : [text.Trim()];

    /// <summary>A stored value under the new type, in its canonical JSON; none when it is lost.</summary>
    /// <param name="from">The field as it is.</param>
    /// <param name="to">The field as it will be, its options included.</param>
    /// <param name="value">What a record holds.</param>
    /// <param name="catalog">Users and currencies.</param>
    public static (JsonElement? Value, Conversion What) Convert(FieldDefinition from, FieldDefinition to, JsonElement value,
        WorkspaceCatalog catalog)
    {
        if (!FieldValues.Fits(from.Type, value)) return (null, Conversion.Lost);
        var (made, isWhole) = Made(from, to, value, catalog);
        if (made is not { } given || FieldValues.Canonical(new(), "value", to, given, catalog) is not { } canonical)
        {
            return (null, Conversion.Lost);
        }
        return (canonical, isWhole ? Conversion.Kept : Conversion.Reduced);
    }

    /// <summary>A stored value as people read it.</summary>
    public static string Text(FieldDefinition field, JsonElement value, WorkspaceCatalog catalog) =>
        FieldValues.Fits(field.Type, value) ? Told(field, value, catalog) : value.GetRawText();

    private static string Told(FieldDefinition field, JsonElement value, WorkspaceCatalog catalog) => field.Type switch
    {
        FieldType.Monetary => $"{Part(value, "value")} {Part(value, "currency")}",
        FieldType.DateRange => $"{Part(value, "value")} – {Part(value, "until")}",
        FieldType.Time => Joined(" ", Part(value, "value"), Part(value, "timezone")),
        FieldType.TimeRange => Joined(" ", $"{Part(value, "value")} – {Part(value, "until")}", Part(value, "timezone")),
        FieldType.Enum => Label(field, value),
        FieldType.Set => string.Join(", ", value.EnumerateArray().Select(id => Label(field, id))),
        FieldType.User => catalog.User(value.GetInt64())?.Name ?? value.GetRawText(),
        FieldType.Address => Part(value, "value") ?? string.Join(", ", value.EnumerateObject().Select(part => part.Value.GetString())),
        FieldType.Varchar or FieldType.VarcharAuto or FieldType.Text or FieldType.Phone or FieldType.Date => value.GetString()!,
        FieldType.Double or FieldType.Org or FieldType.People => value.GetRawText(),
    };

    private static (JsonElement? Value, bool IsWhole) Made(FieldDefinition from, FieldDefinition to, JsonElement value,
        WorkspaceCatalog catalog)
    {
        if (texts.Contains(to.Type)) return Worded(from, to, value, catalog);
        switch (from.Type, to.Type)
        {
            case (FieldType.Double, FieldType.Monetary):
                return (value, true);
            case (FieldType.Monetary, FieldType.Double):
                return (value.GetProperty("value"), Part(value, "currency") == catalog.Workspace.BaseCurrency);
            case (FieldType.Date, FieldType.DateRange):
                return (Json(new { value = value.GetString(), until = value.GetString() }), true);
            case (FieldType.DateRange, FieldType.Date):
                return (value.GetProperty("value"), Part(value, "value") == Part(value, "until"));
            case (FieldType.Time, FieldType.TimeRange):
                return (Json(new { value = Part(value, "value"), until = Part(value, "value"), timezone = Part(value, "timezone") }), true);
            case (FieldType.TimeRange, FieldType.Time):
                return (Json(new { value = Part(value, "value"), timezone = Part(value, "timezone") }), Part(value, "value") == Part(value,
                    "until"));
            case (FieldType.Enum, FieldType.Set):
                return (Json(new[] { value.GetInt64() }), true);
            case (FieldType.Set, FieldType.Enum):
                return (value[0], value.GetArrayLength() == 1);
            default:
                return Read(to, Text(from, value, catalog).Trim(), catalog);
        }
    }

    private static (JsonElement? Value, bool IsWhole) Worded(FieldDefinition from, FieldDefinition to, JsonElement value,
        WorkspaceCatalog catalog)
    {
        var text = Text(from, value, catalog);
        var isWhole = from.Type is not FieldType.Address
            || value.EnumerateObject().All(part => part.Name is "value" or "formatted_address");
        if (to.Type is FieldType.Text || text.Length <= MaxWord) return (Json(text), isWhole);
        return (Json(text[..(char.IsHighSurrogate(text[MaxWord - 1]) ? MaxWord - 1 : MaxWord)]), false);
    }

    private static (JsonElement? Value, bool IsWhole) Read(FieldDefinition to, string text, WorkspaceCatalog catalog)
    {
        switch (to.Type)
        {
            case FieldType.Double:
                return (Number(text) is { } number ? Json(number) : null, true);
            case FieldType.Monetary:
                return (Money(text, catalog), true);
            case FieldType.Enum:
                return (Option(to, text) is { } option ? Json(option) : null, true);
            case FieldType.Set:
                var ids = OptionsIn(to.Type, text).Select(label => Option(to, label)).ToList();
                return (Json(ids.OfType<long>()), !ids.Contains(null));
            case FieldType.User:
                var folded = Folding.Fold(text);
                var users = catalog.Users.Where(user => Folding.Fold(user.Email) == folded || Folding.Fold(user.Name) == folded).ToList();
                return (users is [var user] ? Json(user.Id) : null, true);
            default:
                return (Json(text), true);
        }
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        ? number : null;

    // "12.5", "12.5 EUR", "EUR 12.5".
    private static JsonElement? Money(string text, WorkspaceCatalog catalog)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var (amount, currency) = parts switch
        {
            [var one] => (Number(one), catalog.Workspace.BaseCurrency),
            [var one, var two] => Number(one) is { } first ? (first, two) : (Number(two), one),
            _ => (null, ""),
        };
        return amount is { } value ? Json(new { value, currency = currency.ToUpperInvariant() }) : null;
    }

    private static long? Option(FieldDefinition field, string label)
    {
        var folded = Folding.Fold(label);
        return field.Options.Where(option => Folding.Fold(option.Label) == folded).Select(option => (long?)option.Id).FirstOrDefault();
    }

    // Also of options that were taken out: records may still hold them.
    private static string Label(FieldDefinition field, JsonElement id) =>
        field.Options.Concat(field.OldOptions).FirstOrDefault(option => option.Id == id.GetInt64())?.Label ?? id.GetRawText();

    private static string? Part(JsonElement value, string name) =>
        value.TryGetProperty(name, out var part) ? part.ValueKind is JsonValueKind.String ? part.GetString() : part.GetRawText() : null;

    private static string Joined(string separator, params IEnumerable<string?> parts) => string.Join(separator, parts.OfType<string>());

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value, Documents.Options);
}
