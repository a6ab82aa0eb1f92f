using System.Globalization;

namespace Tributary.Core.Deals;

/// <summary>"DEAL-2026-00417": cPod's spelling of a deal number, counted per workspace and UTC year. Pure.</summary>
internal static class DealNumber
{
    private const string Start = "DEAL-";

    public static string Of(DateTimeOffset added, long count) =>
        string.Create(CultureInfo.InvariantCulture, $"{Start}{added.UtcDateTime.Year:D4}-{count:D5}");

    /// <summary>The year and count of a number in our own spelling; none for any other text.</summary>
    public static (int Year, long Count)? Parse(string number)
    {
        // Nine digits at most: a number typed by mistake must not use up the counter.
        if (!number.StartsWith(Start, StringComparison.Ordinal) || number.Length is < 11 or > 19 || number[9] != '-') return null;
        if (!int.TryParse(number.AsSpan(5, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)) return null;
        return long.TryParse(number.AsSpan(10), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? (year, count) : null;
    }
}
