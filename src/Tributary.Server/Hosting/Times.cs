using System.Globalization;
using Tributary.Core.Kernel;

namespace Tributary.Server.Hosting;

/// <summary>How moments are spelled in JSON.</summary>
internal enum TimeStyle
{
    /// <summary>2026-11-20T09:30:00Z</summary>
    IsoSeconds,

    /// <summary>2026-11-20T09:30:00.000Z</summary>
    IsoMilliseconds,

    /// <summary>2026-11-20 09:30:00</summary>
    Sql,
}

/// <summary>Reading and spelling of days and moments, the same for every dialect but for the style.</summary>
internal static class Times
{
    private static readonly string[] InstantFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK",
    ];

    /// <summary>yyyy-MM-dd and nothing else.</summary>
    public static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>RFC 3339; a zone is required, and the result is UTC cut to milliseconds.</summary>
    public static bool TryInstant(string text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length < 17 || !HasZone(text)) return false;
        if (!DateTimeOffset.TryParseExact(text, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var parsed)) return false;
        instant = Instants.Cut(parsed);
        return true;
    }

    /// <summary>"2026-11-20 09:30:00", taken as UTC (Pipedrive v1).</summary>
    public static bool TrySql(string text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out instant);

    public static string Spell(DateTimeOffset instant, TimeStyle style) =>
        instant.UtcDateTime.ToString(Format(style), CultureInfo.InvariantCulture);

    /// <summary>yyyy-MM-dd.</summary>
    public static string Spell(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Spells without an intermediate string.</summary>
    public static int Spell(DateOnly day, Span<byte> target)
    {
        var (year, month, date) = day;
        Two(target, 0, year / 100);
        Two(target, 2, year % 100);
        target[4] = (byte)'-';
        Two(target, 5, month);
        target[7] = (byte)'-';
        Two(target, 8, date);
        return 10;
    }

    /// <summary>Spells without an intermediate string.</summary>
    public static int Spell(DateTimeOffset instant, TimeStyle style, Span<byte> target)
    {
        // Digit by digit: a format text is read anew for each moment, and a list of a hundred deals has a thousand of them.
        var time = instant.UtcDateTime;
        Spell(DateOnly.FromDateTime(time), target);
        target[10] = style is TimeStyle.Sql ? (byte)' ' : (byte)'T';
        var seconds = (int)(time.TimeOfDay.Ticks / TimeSpan.TicksPerSecond);
        Two(target, 11, seconds / 3600);
        target[13] = (byte)':';
        Two(target, 14, seconds / 60 % 60);
        target[16] = (byte)':';
        Two(target, 17, seconds % 60);
        if (style is TimeStyle.Sql) return 19;
        var end = 19;
        if (style is TimeStyle.IsoMilliseconds)
        {
            var milliseconds = time.Millisecond;
            target[19] = (byte)'.';
            target[20] = (byte)('0' + milliseconds / 100);
            Two(target, 21, milliseconds % 100);
            end = 23;
        }
        target[end] = (byte)'Z';
        return end + 1;
    }

    private static void Two(Span<byte> target, int at, int number)
    {
        target[at] = (byte)('0' + number / 10);
        target[at + 1] = (byte)('0' + number % 10);
    }

    private static bool HasZone(string text) => text[^1] is 'Z' or 'z' || text[^6] is '+' or '-' && text[^3] == ':';

    private static string Format(TimeStyle style) => style switch
    {
        TimeStyle.IsoSeconds => "yyyy-MM-dd'T'HH:mm:ss'Z'",
        TimeStyle.IsoMilliseconds => "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
        TimeStyle.Sql => "yyyy-MM-dd HH:mm:ss",
    };
}
