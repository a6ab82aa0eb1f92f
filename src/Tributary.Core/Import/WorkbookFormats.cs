using System.Globalization;
using System.Text.RegularExpressions;

namespace Tributary.Core.Import;

/// <summary>What the number of a cell means.</summary>
internal enum WorkbookNumber { Plain, Percentage, Instant }

/// <summary>
/// How numbers of a workbook are to be read: what their formats mean (ECMA-376 part 1, 18.8.30 and 18.8.31), and the days that
/// serial numbers count.
/// </summary>
internal static partial class WorkbookFormats
{
    private const int LastSerial = 2_958_465;

    /// <summary>Day 60 is 1900-02-29, which never was; so days before it count from one day later than those after it.</summary>
    private const int DayThatNeverWas = 60;

    /// <summary>From 1899-12-30 to 1904-01-01, where the calendars of old Macintosh files begin.</summary>
    private const int DaysTo1904 = 1462;

    private static readonly DateTimeOffset Epoch = new(1899, 12, 30, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Formats that files need not spell out, by their number.</summary>
    public static WorkbookNumber Known(int id) => id switch
    {
        9 or 10 => WorkbookNumber.Percentage,
        (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58) => WorkbookNumber.Instant,
        _ => WorkbookNumber.Plain,
    };

    public static WorkbookNumber Of(string code)
    {
        var bare = Ornament().Replace(code.Split(';')[0], "");
        if (bare.Contains('%', StringComparison.Ordinal)) return WorkbookNumber.Percentage;
        return !bare.Equals("General", StringComparison.OrdinalIgnoreCase) && Clock().IsMatch(bare)
            ? WorkbookNumber.Instant : WorkbookNumber.Plain;
    }

    /// <summary>The number as a CSV cell that can be read in one way only.</summary>
    public static string Text(string written, WorkbookNumber kind, bool from1904)
    {
        if (!double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !(Math.Abs(number) < 1e26))
        {
            return written;
        }
        return kind switch
        {
            WorkbookNumber.Plain => Unambiguous((decimal)number),
            WorkbookNumber.Percentage => Unambiguous((decimal)number * 100) + "%",
            WorkbookNumber.Instant => Instant(number, from1904) ?? Unambiguous((decimal)number),
        };
    }

    /// <summary>"1.234" could be a thousand and more; "1.2340" could not.</summary>
    private static string Unambiguous(decimal number)
    {
        var text = number.ToString("0.############################", CultureInfo.InvariantCulture);
        return text.IndexOf('.', StringComparison.Ordinal) == text.Length - 4 && text.Length > 4 ? text + "0" : text;
    }

    private static string? Instant(double serial, bool from1904)
    {
        var day = from1904 ? serial + DaysTo1904 : serial is >= 1 and < DayThatNeverWas ? serial + 1 : serial;
        if (day is < 0 or > LastSerial + 1) return null;
        var at = Epoch.AddSeconds(Math.Round(day * 24 * 60 * 60));
        if (serial < 1 && !from1904) return at.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        return at.ToString(at.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    // Quoted words, escaped letters, padding, and what stands in brackets: colours, currencies, conditions; not [h], [mm], [ss].
    [GeneratedRegex("""
        "[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Ornament();

    // Of the letters of dates and times, none stands in formats of numbers; the E of 0.00E+00 is none of them.
    [GeneratedRegex("[ymdhs]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Clock();
}
