using System.Globalization;
using System.Text.RegularExpressions;
using static Tributary.Core.Import.Converted;

namespace Tributary.Core.Import;

/// <summary>A calendar day and, when the text has one, a time of day with its offset from UTC (UTC when none is written).</summary>
public readonly record struct WrittenTime(DateOnly Day, TimeOnly? Time, TimeSpan Offset)
{
    /// <summary>The instant, cut to milliseconds; a day without a time is its midnight in UTC.</summary>
    public DateTimeOffset ToInstant()
    {
        var local = new DateTimeOffset(Day.ToDateTime(Time ?? TimeOnly.MinValue), Offset).ToUniversalTime();
        return new(local.Ticks - (local.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }
}

/// <summary>
/// Reads dates as exports write them. ISO order, month names and dots (which mean day first) need no telling; "03/04/2017" is read
/// only when the format says d/m/y or m/d/y, and a bare number only when it says excel.
/// </summary>
public static partial class ConvertDate
{
    public const string DayFirst = "d/m/y";
    public const string MonthFirst = "m/d/y";
    public const string Excel = "excel";

    private const int FirstYear = 1900;
    private const int LastYear = 2199;

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private static readonly string[] FullMonths =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    public static Converted<DateOnly> Date(string text, string? format)
    {
        var read = Time(text, format);
        return read.IsRefused ? Refuse<DateOnly>(read.Reason!) : To(read.Value.Day);
    }

    public static Converted<DateTimeOffset> Instant(string text, string? format)
    {
        var read = Time(text, format);
        return read.IsRefused ? Refuse<DateTimeOffset>(read.Reason!) : To(read.Value.ToInstant());
    }

    /// <summary>Why a format of a mapping is none, or null when it is one.</summary>
    public static string? Objection(string format)
    {
        const string accepted = "\"d/m/y\", \"m/d/y\", \"excel\" or a pattern like \"yyyy-MM-dd HH:mm\"";
        if (format is DayFirst or MonthFirst or Excel) return null;
        var complete = format.Contains('y', StringComparison.Ordinal) && format.Contains('M', StringComparison.Ordinal)
            && format.Contains('d', StringComparison.Ordinal) && format.Length >= 6;
        if (!complete) return $"{Quote(format)} is not a date format; accepted: {accepted}.";
        try
        {
            _ = new DateTimeOffset(2017, 3, 1, 0, 0, 0, TimeSpan.Zero).ToString(format, CultureInfo.InvariantCulture);
            return null;
        }
        catch (FormatException)
        {
            return $"{Quote(format)} is not a date format; accepted: {accepted}.";
        }
    }

    /// <summary>The order all slashed or dashed dates of a column agree with, where at least one leaves no doubt; else null.</summary>
    public static string? Decide(IEnumerable<string> sample)
    {
        var (dayFirst, monthFirst) = (false, false);
        foreach (var text in sample)
        {
            var match = Numeric().Match(text.Trim());
            if (!match.Success || match.Groups["sep"].Value == ".") continue;
            dayFirst |= Part(match, "a") > 12;
            monthFirst |= Part(match, "b") > 12;
        }

        return (dayFirst, monthFirst) switch
        {
            (true, false) => DayFirst,
            (false, true) => MonthFirst,
            _ => null,
        };
    }

    private static Converted<WrittenTime> Time(string original, string? format)
    {
        var text = original.Trim();
        if (format == Excel) return Serial(text, original);
        if (format is not (null or DayFirst or MonthFirst)) return Exact(text, format, original);

        if (Day(text) is { } day) return To(new WrittenTime(day, null, TimeSpan.Zero));
        if (Iso().Match(text) is { Success: true } iso) return Build(iso, Part(iso, "y"), Part(iso, "m"), Part(iso, "d"), original);
        if (Numeric().Match(text) is { Success: true } numeric) return Ordered(numeric, format, original);
        if (NamedDayFirst().Match(text) is { Success: true } named) return Named(named, original);
        if (NamedMonthFirst().Match(text) is { Success: true } american) return Named(american, original);
        if (TwoDigitYear().IsMatch(text))
            return Refuse<WrittenTime>($"{Quote(original)} has a year of two digits; give the column an exact format like \"dd/MM/yy\".");
        if (Bare().IsMatch(text))
            return Refuse<WrittenTime>(
                $"{Quote(original)} is a bare number; say \"excel\" in the column's format when it is a spreadsheet's day number.");
        return Refuse<WrittenTime>($"{Quote(original)} is not a date; write it like 2017-03-01, or say the column's format.");
    }

    /// <summary>What most exports write, "2017-03-01", without the cost of taking a text apart.</summary>
    private static DateOnly? Day(string text) =>
        text is [_, _, _, _, '-', _, _, '-', _, _] && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var day) && day.Year is >= FirstYear and <= LastYear ? day : null;

    private static Converted<WrittenTime> Ordered(Match match, string? format, string original)
    {
        var (a, b, year) = (Part(match, "a"), Part(match, "b"), Part(match, "y"));
        if (match.Groups["sep"].Value == ".") return Build(match, year, b, a, original);
        if (format == DayFirst) return Build(match, year, b, a, original);
        if (format == MonthFirst) return Build(match, year, a, b, original);
        if (a == b || b > 12) return Build(match, year, a, b, original);
        if (a > 12) return Build(match, year, b, a, original);
        return Refuse<WrittenTime>(
            $"{Quote(original)} can be read in two ways; say \"{DayFirst}\" or \"{MonthFirst}\" in the column's format.");
    }

    private static Converted<WrittenTime> Named(Match match, string original)
    {
        var name = match.Groups["m"].Value.ToLowerInvariant();
        var month = Array.FindIndex(Months, month => month == name || (month == "sep" && name == "sept"));
        if (month < 0) month = Array.IndexOf(FullMonths, name);
        return month < 0
            ? Refuse<WrittenTime>($"{Quote(original)} has no English month name.")
            : Build(match, Part(match, "y"), month + 1, Part(match, "d"), original);
    }

    private static Converted<WrittenTime> Build(Match match, int year, int month, int day, string original)
    {
        if (year is < FirstYear or > LastYear)
            return Refuse<WrittenTime>($"{Quote(original)} is not between the years {FirstYear} and {LastYear}.");
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return Refuse<WrittenTime>($"{Quote(original)} is not a day of the calendar.");
        var date = new DateOnly(year, month, day);
        if (!match.Groups["h"].Success) return To(new WrittenTime(date, null, TimeSpan.Zero));

        var (hour, minute, second) = (Part(match, "h"), Part(match, "min"), match.Groups["s"].Success ? Part(match, "s") : 0);
        var half = match.Groups["half"].Value.ToUpperInvariant();
        if (half.Length > 0 && hour is < 1 or > 12 || hour > 23 || minute > 59 || second > 59)
            return Refuse<WrittenTime>($"{Quote(original)} has no time of day.");
        if (half.Length > 0) hour = (hour % 12) + (half == "PM" ? 12 : 0);
        var milliseconds = match.Groups["f"].Success
            ? int.Parse(match.Groups["f"].Value.PadRight(3, '0')[..3], CultureInfo.InvariantCulture) : 0;

        var zone = match.Groups["z"].Value;
        var offset = TimeSpan.Zero;
        if (zone.Length > 1 && zone[0] is '+' or '-')
        {
            var digits = zone[1..].Replace(":", "", StringComparison.Ordinal).PadRight(4, '0');
            offset = new TimeSpan(
                int.Parse(digits[..2], CultureInfo.InvariantCulture), int.Parse(digits[2..], CultureInfo.InvariantCulture), 0);
            if (offset > TimeSpan.FromHours(14)) return Refuse<WrittenTime>($"{Quote(original)} has an offset beyond 14 hours.");
            if (zone[0] == '-') offset = -offset;
        }

        return To(new WrittenTime(date, new TimeOnly(hour, minute, second, milliseconds), offset));
    }

    /// <summary>
    /// Days since 1899-12-30, which is right from 1 March 1900 on; before that the spreadsheet itself counts a day that never was.
    /// </summary>
    private static Converted<WrittenTime> Serial(string text, string original)
    {
        var isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days);
        if (!isNumber || days is < 61 or > 109_574) return Refuse<WrittenTime>($"{Quote(original)} is not a spreadsheet's day number.");
        var whole = (int)decimal.Truncate(days);
        var milliseconds = Math.Min((long)decimal.Round((days - whole) * 86_400_000m), 86_399_999);
        var day = new DateOnly(1899, 12, 30).AddDays(whole);
        return To(
            new WrittenTime(day, milliseconds == 0 ? null : new TimeOnly(milliseconds * TimeSpan.TicksPerMillisecond), TimeSpan.Zero));
    }

    private static Converted<WrittenTime> Exact(string text, string format, string original)
    {
        if (!DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            return Refuse<WrittenTime>($"{Quote(original)} is not a date written like \"{format}\".");
        var hasTime = format.Contains('H', StringComparison.Ordinal) || format.Contains('h', StringComparison.Ordinal);
        var time = TimeOnly.FromTimeSpan(instant.TimeOfDay);
        return To(new WrittenTime(DateOnly.FromDateTime(instant.DateTime), hasTime ? time : null, instant.Offset));
    }

    private static int Part(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private const string TimeOfDay =
        @"(?:(?:T|,?\s+)(?<h>[0-9]{1,2}):(?<min>[0-9]{2})(?::(?<s>[0-9]{2})(?:[.,](?<f>[0-9]{1,7}))?)?"
        + @"\s*(?<half>am|pm|AM|PM)?\s*(?<z>Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?)?$";

    [GeneratedRegex(@"^(?<y>[0-9]{4})[-/.](?<m>[0-9]{1,2})[-/.](?<d>[0-9]{1,2})" + TimeOfDay)]
    private static partial Regex Iso();

    [GeneratedRegex(@"^(?<a>[0-9]{1,2})(?<sep>[-/.])(?<b>[0-9]{1,2})\k<sep>(?<y>[0-9]{4})" + TimeOfDay)]
    private static partial Regex Numeric();

    [GeneratedRegex(
        @"^(?:[A-Za-z]{3,9},?\s+)?(?<d>[0-9]{1,2})(?:st|nd|rd|th|\.)?[ -](?<m>[A-Za-z]{3,9})\.?,?[ -](?<y>[0-9]{4})" + TimeOfDay)]
    private static partial Regex NamedDayFirst();

    [GeneratedRegex(@"^(?:[A-Za-z]{3,9},\s+)?(?<m>[A-Za-z]{3,9})\.?\s+(?<d>[0-9]{1,2})(?:st|nd|rd|th)?,?\s+(?<y>[0-9]{4})" + TimeOfDay)]
    private static partial Regex NamedMonthFirst();

    [GeneratedRegex(@"^[0-9]{1,2}([-/. ]([0-9]{1,2}|[A-Za-z]{3,9})[-/. ])[0-9]{2}\b")]
    private static partial Regex TwoDigitYear();

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)?$")]
    private static partial Regex Bare();
}
