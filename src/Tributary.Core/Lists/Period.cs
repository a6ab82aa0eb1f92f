using System.Globalization;
using Tributary.Core.Kernel;

namespace Tributary.Core.Lists;

/// <summary>
/// A span of days named from today: <c>today</c>, <c>yesterday</c>, <c>tomorrow</c>, <c>this_</c>, <c>last_</c> or <c>next_</c> with
/// <c>week</c> (Monday to Sunday), <c>month</c>, <c>quarter</c> or <c>year</c>, and <c>last_N_days</c> or <c>next_N_days</c>, which
/// count N days that end or begin today. Both ends are included.
/// </summary>
public readonly record struct Period(DateOnly First, DateOnly Last)
{
    public const string Accepted =
        "today, yesterday, tomorrow, this_/last_/next_ week, month, quarter or year, last_N_days or next_N_days (N from 1 to 3660)";

    private const int MaxDays = 3660;

    public static bool TryParse(string word, DateOnly today, out Period period)
    {
        period = default;
        var parts = word.Split('_');
        switch (parts)
        {
            case ["today"]:
                period = new(today, today);
                return true;
            case ["yesterday"]:
                period = new(today.AddDays(-1), today.AddDays(-1));
                return true;
            case ["tomorrow"]:
                period = new(today.AddDays(1), today.AddDays(1));
                return true;
            case ["last", var count, "days"] when Days(count) is { } days:
                period = new(today.AddDays(1 - days), today);
                return true;
            case ["next", var count, "days"] when Days(count) is { } days:
                period = new(today, today.AddDays(days - 1));
                return true;
            case [var which, var unit] when Shift(which) is { } shift && Whole(unit, shift, today) is { } whole:
                period = whole;
                return true;
            default:
                return false;
        }
    }

    private static int? Days(string count) => int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var days)
        && days is > 0 and <= MaxDays ? days : null;

    private static int? Shift(string which) => which switch { "last" => -1, "this" => 0, "next" => 1, _ => null };

    private static Period? Whole(string unit, int shift, DateOnly today)
    {
        var month = today.AddDays(1 - today.Day);
        return unit switch
        {
            "week" => From(today.AddDays(-(((int)today.DayOfWeek + 6) % 7) + 7 * shift), first => first.AddDays(7)),
            "month" => From(month.AddMonths(shift), first => first.AddMonths(1)),
            "quarter" => From(month.AddMonths(-((today.Month - 1) % 3) + 3 * shift), first => first.AddMonths(3)),
            "year" => From(new DateOnly(today.Year, 1, 1).AddYears(shift), first => first.AddYears(1)),
            _ => null,
        };
    }

    private static Period From(DateOnly first, Func<DateOnly, DateOnly> next) => new(first, next(first).AddDays(-1));
}
