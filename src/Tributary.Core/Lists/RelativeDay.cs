using System.Globalization;

namespace Tributary.Core.Lists;

/// <summary>
/// A day named from today, where a condition takes a day: <c>today</c>, <c>yesterday</c>, <c>tomorrow</c>, <c>today-2w</c> or
/// <c>today+6m</c>
/// (days, weeks, months), and the ends of a <see cref="Period"/>: <c>this_month:first</c>, <c>last_week:last</c>. So a saved
/// filter means other days tomorrow.
/// </summary>
public static class RelativeDay
{
    private const int Most = 1200;

    public static DateOnly? Find(string? text, DateOnly today)
    {
        if (text is not { Length: > 0 and <= 40 }) return null;
        if (text.Split(':') is [var period, "first" or "last"]) return Period.TryParse(period, today, out var span)
            ? text.EndsWith("first", StringComparison.Ordinal) ? span.First : span.Last : null;
        return text switch
        {
            "today" => today,
            "yesterday" => today.AddDays(-1),
            "tomorrow" => today.AddDays(1),
            _ when text.StartsWith("today", StringComparison.Ordinal) && text.Length > 7 && text[5] is '+' or '-' =>
                Shifted(text[6..^1], text[5] == '-' ? -1 : 1, text[^1], today),
            _ => null,
        };
    }

    private static DateOnly? Shifted(string count, int sign, char unit, DateOnly today)
    {
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > Most) return null;
        return unit switch
        {
            'd' => today.AddDays(sign * number),
            'w' => today.AddDays(sign * number * 7),
            'm' => today.AddMonths(sign * number),
            _ => null,
        };
    }
}
