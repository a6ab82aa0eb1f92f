using System.Globalization;
using Tributary.Core.Kernel;

namespace Tributary.Core.Lists;

/// <summary>Reads the value a condition gives as the kind its field has, in storage's units, or refuses it.</summary>
internal static class Operands
{
    private static readonly string[] InstantFormats =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    public static object Read(ListField field, Operand value, Calendar calendar) => field.Kind switch
    {
        FieldKind.Text or FieldKind.Words => Text(field, value),
        FieldKind.Word => Word(field, value),
        FieldKind.Number => (double)Number(field, value),
        FieldKind.Instant => Instant(value) ?? throw Refuse(field, "a moment such as 2026-11-20T09:00:00Z, or a day such as 2026-11-20"),
        FieldKind.Day =>
            Day(value, calendar)
            ?? (Instant(value) is { } instant ? calendar.DayOf(instant) : throw Refuse(field, "a day such as 2026-11-20")),
        FieldKind.Flag => Flag(field, value),
        FieldKind.Uid => Guid.TryParseExact(value.Value as string, "D", out var uid) ? uid : throw Refuse(field, "a UUID"),
        FieldKind.Whole or FieldKind.Amount or FieldKind.Ids => Exact(field, value) ?? throw Refuse(field, "a whole number"),
    };

    /// <summary>The number in units, or none when storage cannot hold it, so that nothing equals it.</summary>
    public static long? Exact(ListField field, Operand value)
    {
        var units = Scaled(field, value);
        return units == decimal.Truncate(units) && units is >= long.MinValue and <= long.MaxValue ? (long)units : null;
    }

    /// <summary>The nearest number of units at or above, or at or below, the value.</summary>
    public static long Bound(ListField field, Operand value, bool up)
    {
        var units = Scaled(field, value);
        return (long)Math.Clamp(up ? decimal.Ceiling(units) : decimal.Floor(units), long.MinValue, long.MaxValue);
    }

    public static string Text(ListField field, Operand value) => value.Value switch
    {
        string text when text.Contains('\0', StringComparison.Ordinal) || !IsWellFormed(text) =>
            throw Refuse(field, "a text without NUL and unpaired surrogates"),
        string text => text,
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        _ => throw Refuse(field, "a text"),
    };

    /// <summary>The day, when the value names a day and no moment.</summary>
    public static DateOnly? AsWholeDay(Operand value, Calendar calendar) => Day(value, calendar);

    /// <summary>What both backends' lower() does to a text in the C locale.</summary>
    public static string LowerAscii(string text) => string.Create(text.Length, text, static (lower, source) =>
    {
        for (var i = 0; i < source.Length; i++) lower[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
    });

    private static string Word(ListField field, Operand value)
    {
        var word = Text(field, value);
        return field.Words is { } words && !words.Contains(word)
            ? throw Refuse(field, $"one of {string.Join(", ", words.Order(StringComparer.Ordinal))}") : word;
    }

    private static decimal Scaled(ListField field, Operand value)
    {
        var number = Number(field, value);
        // Beyond any number that is kept, so that scaling cannot overflow.
        return Math.Clamp(number, -1e19m, 1e19m) * field.Scale;
    }

    private static decimal Number(ListField field, Operand value) => value.Value switch
    {
        decimal number => number,
        string text when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Refuse(field, field.Scale == 1 && field.Kind is not FieldKind.Number
            ? "a whole number such as 42" : "a number such as 1500.5"),
    };

    private static bool Flag(ListField field, Operand value) => value.Value switch
    {
        bool flag => flag,
        "true" => true,
        "false" => false,
        _ => throw Refuse(field, "true or false"),
    };

    private static DateOnly? Day(Operand value, Calendar calendar) =>
        DateOnly.TryParseExact(value.Value as string, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day : RelativeDay.Find(value.Value as string, calendar.Today);

    private static DateTimeOffset? Instant(Operand value) =>
        DateTimeOffset.TryParseExact(value.Value as string, InstantFormats, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
        ? Instants.Cut(instant)
        : null;

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }

    private static ProblemException Refuse(ListField field, string accepted) =>
        Problem.Invalid(field.Name, $"{field.Name} must be compared with {accepted}.");
}
