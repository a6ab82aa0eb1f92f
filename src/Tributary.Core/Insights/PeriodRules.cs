namespace Tributary.Core.Insights;

/// <summary>The lengths a timeline is cut into.</summary>
public enum Interval { Day, Week, Month, Quarter }

/// <summary>Pure: cuts a calendar into intervals of one length, counted from a first day.</summary>
public static class PeriodRules
{
    /// <summary>
    /// The first day of the nth interval. A week is seven days from the first day, whatever weekday that is; months and
    /// quarters begin on the first day's date, or on the last of a month that is too short for it.
    /// </summary>
    public static DateOnly Start(DateOnly first, Interval interval, int n) => interval switch
    {
        Interval.Day => first.AddDays(n),
        Interval.Week => first.AddDays(7 * n),
        Interval.Month => first.AddMonths(n),
        Interval.Quarter => first.AddMonths(3 * n),
    };

    public static DateOnly End(DateOnly first, Interval interval, int n) => Start(first, interval, n + 1).AddDays(-1);

    /// <summary>Which of the first <paramref name="amount"/> intervals a day falls into; none when it is outside.</summary>
    public static int? IndexOf(DateOnly first, Interval interval, int amount, DateOnly day)
    {
        if (day < first || day > End(first, interval, amount - 1)) return null;
        var (low, high) = (0, amount - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Start(first, interval, middle) <= day) low = middle;
            else high = middle - 1;
        }
        return low;
    }
}
