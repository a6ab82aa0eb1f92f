using System.Globalization;
using System.Text.RegularExpressions;
using Tributary.Core.Kernel;
using static Tributary.Core.Import.Converted;

namespace Tributary.Core.Import;

/// <summary>Which mark separates the decimals. Undecided reads only what can be read one way.</summary>
public enum NumberStyle { Undecided, Point, Comma }

/// <summary>Whether 0.45 means 45 % or 0.45 %. Undecided reads only what can be read one way.</summary>
public enum PercentStyle { Undecided, Percent, Fraction }

/// <summary>An amount and the currencies its own mark allows: none stated, one ("€"), or several ("$").</summary>
public sealed record ConvertedMoney(decimal Amount, IReadOnlyList<string> Currencies);

/// <summary>
/// Reads numbers as people write them, in no culture: the style is told, or decided over the column, or the text leaves no doubt.
/// </summary>
public static partial class ConvertNumber
{
    public const string PointFormat = "1,234.50";
    public const string CommaFormat = "1.234,50";

    public static Converted<ConvertedMoney> Money(string text, NumberStyle style)
    {
        var (body, currencies) = CurrencyMark.Strip(text.Trim());
        var number = Number(body, style, text);
        return number.IsRefused ? Refuse<ConvertedMoney>(number.Reason!) : To(new ConvertedMoney(number.Value, currencies));
    }

    public static Converted<long> Whole(string text, NumberStyle style)
    {
        // "1,234" can only be a thousand when no decimals are expected, unless the style says that it is 1.234.
        var told = style == NumberStyle.Undecided && text.Contains(',', StringComparison.Ordinal) ? NumberStyle.Point
            : style == NumberStyle.Undecided && GroupedByPoint().IsMatch(text.Trim()) ? NumberStyle.Comma : style;
        var number = Number(text.Trim(), told, text);
        if (number.IsRefused) return Refuse<long>(number.Reason!);
        return number.Value == decimal.Truncate(number.Value)
            ? To((long)number.Value)
            : Refuse<long>($"{Quote(text)} is not a whole number.");
    }

    /// <summary>A percentage from 0 to 100.</summary>
    public static Converted<decimal> Percentage(string text, PercentStyle style, NumberStyle numbers)
    {
        var body = text.Trim();
        var signed = body.EndsWith('%');
        var number = Number(signed ? body[..^1].TrimEnd() : body, numbers, text);
        if (number.IsRefused) return number;

        var value = number.Value;
        if (!signed && style == PercentStyle.Undecided && value is > 0 and <= 1)
            return Refuse<decimal>(
                $"{Quote(text)} can be a fraction or a percentage; say \"percent\" or \"fraction\" in the column's format.");
        var percent = !signed && style == PercentStyle.Fraction ? value * 100 : value;
        return percent is >= 0 and <= 100 ? To(percent) : Refuse<decimal>($"{Quote(text)} is not between 0 and 100 percent.");
    }

    /// <summary>The one style all values agree with, where at least one leaves no doubt; else undecided.</summary>
    public static NumberStyle Decide(IEnumerable<string> sample)
    {
        var (points, commas) = (0, 0);
        foreach (var text in sample)
        {
            var body = CurrencyMark.Strip(text.Trim().TrimEnd('%').TrimEnd()).Body;
            switch (StyleOf(Digits(body).Body))
            {
                case NumberStyle.Point: points++; break;
                case NumberStyle.Comma: commas++; break;
                case NumberStyle.Undecided: break;
            }
        }

        return (points, commas) switch
        {
            ( > 0, 0) => NumberStyle.Point,
            (0, > 0) => NumberStyle.Comma,
            _ => NumberStyle.Undecided,
        };
    }

    /// <summary>Fractions when nothing exceeds 1 and something lies between 0 and 1; percentages when something exceeds 1.</summary>
    public static PercentStyle DecidePercent(IEnumerable<string> sample, NumberStyle numbers)
    {
        var values = sample.Where(text => !text.Contains('%', StringComparison.Ordinal))
            .Select(text => Number(text.Trim(), numbers, text)).Where(read => !read.IsRefused).Select(read => read.Value).ToList();
        if (values.Exists(value => value > 1)) return PercentStyle.Percent;
        return values.Exists(value => value is > 0 and < 1) ? PercentStyle.Fraction : PercentStyle.Undecided;
    }

    private static Converted<decimal> Number(string body, NumberStyle style, string original)
    {
        if (Abbreviated().IsMatch(body)) return Refuse<decimal>($"{Quote(original)} is abbreviated; write the number in full.");
        if (Exponent().IsMatch(body))
            return Refuse<decimal>($"{Quote(original)} has an exponent, so digits may be lost; write the number in full.");

        var (digits, negative) = Digits(body);
        if (!OnlyDigits().IsMatch(digits)) return Refuse<decimal>($"{Quote(original)} is not a number.");

        var known = style == NumberStyle.Undecided ? StyleOf(digits) : style;
        if (known == NumberStyle.Undecided && digits.AsSpan().ContainsAny(',', '.'))
        {
            return Refuse<decimal>(
                $"{Quote(original)} can be read in two ways; say \"{PointFormat}\" or \"{CommaFormat}\" in the column's format.");
        }

        var plain = Plain(digits, known == NumberStyle.Comma ? ',' : '.');
        if (plain is null)
        {
            var format = known == NumberStyle.Comma ? CommaFormat : PointFormat;
            return Refuse<decimal>($"{Quote(original)} is not a number written like \"{format}\".");
        }

        if (!decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || value > Kernel.Money.Max)
            return Refuse<decimal>($"{Quote(original)} is larger than {Kernel.Money.Max:#,##0.####}.");
        if (value != decimal.Round(value, 4)) return Refuse<decimal>($"{Quote(original)} has more than four decimals.");
        return To(negative ? -value : value);
    }

    /// <summary>The digits with their separators, and the sign, which accountants write as brackets and some exports at the end.</summary>
    private static (string Body, bool Negative) Digits(string body)
    {
        var text = body.Replace('\u2212', '-');
        if (text.Length > 2 && text[0] == '(' && text[^1] == ')') return (text[1..^1].Trim(), true);
        if (text.StartsWith('-')) return (text[1..].TrimStart(), true);
        if (text.EndsWith('-')) return (text[..^1].TrimEnd(), true);
        return (text.StartsWith('+') ? text[1..].TrimStart() : text, false);
    }

    /// <summary>
    /// The style this text alone proves: both marks, one mark twice, or one mark that cannot stand before three final digits.
    /// </summary>
    private static NumberStyle StyleOf(string digits)
    {
        var (comma, point) = (digits.LastIndexOf(','), digits.LastIndexOf('.'));
        if (comma < 0 && point < 0) return NumberStyle.Undecided;
        if (comma >= 0 && point >= 0) return comma > point ? NumberStyle.Comma : NumberStyle.Point;

        var (mark, at) = comma >= 0 ? (',', comma) : ('.', point);
        var (asDecimal, asGroup) = mark == ',' ? (NumberStyle.Comma, NumberStyle.Point) : (NumberStyle.Point, NumberStyle.Comma);
        if (digits.IndexOf(mark) != at) return asGroup;

        var before = digits[..at];
        var isGroup = digits.Length - at - 1 == 3 && before.Length is >= 1 and <= 3 && before[0] != '0' && before.All(char.IsAsciiDigit);
        return isGroup ? NumberStyle.Undecided : asDecimal;
    }

    /// <summary>
    /// Digits and a point only, or null when the groups are not groups of three (or, as in India, of two before the last three).
    /// </summary>
    private static string? Plain(string digits, char decimalMark)
    {
        var at = digits.IndexOf(decimalMark);
        var whole = at < 0 ? digits : digits[..at];
        var fraction = at < 0 ? "" : digits[(at + 1)..];
        if (!fraction.All(char.IsAsciiDigit) || (whole.Length == 0 && fraction.Length == 0)) return null;
        if (whole.All(char.IsAsciiDigit)) return $"{(whole.Length == 0 ? "0" : whole)}.{fraction}0";

        var mark = whole.First(letter => !char.IsAsciiDigit(letter));
        var groups = whole.Split(mark);
        var inThrees = groups[1..].All(group => group.Length == 3);
        var inTwos = mark == ',' && groups[^1].Length == 3 && groups[1..^1].All(group => group.Length == 2) && groups[0].Length <= 2;
        if (groups[0].Length is 0 or > 3 || !(inThrees || inTwos) || !groups.All(group => group.All(char.IsAsciiDigit))) return null;
        return $"{string.Concat(groups)}.{fraction}0";
    }

    [GeneratedRegex(@"\d\s*(k|m|mm|bn?|tsd|mio|mrd)\.?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Abbreviated();

    [GeneratedRegex(@"^[\d.,+-]*\d[eE][+-]?\d+$")]
    private static partial Regex Exponent();

    // Thousands may also be parted by spaces (plain, no-break, narrow, thin) and by the Swiss apostrophes.
    [GeneratedRegex(@"^[\d.,'’ \u00A0\u202F\u2009]*[0-9][\d.,'’ \u00A0\u202F\u2009]*$", RegexOptions.ECMAScript)]
    private static partial Regex OnlyDigits();

    [GeneratedRegex(@"^-?[0-9]{1,3}(\.[0-9]{3})+$")]
    private static partial Regex GroupedByPoint();
}
