using System.Globalization;
using System.Text;

namespace Tributary.Core.Storage;

/// <summary>How instants and days are written where there is no type for them: text of a fixed width, sorting like what it says.</summary>
internal static class Spelling
{
    /// <summary>Milliseconds, because that is what both backends keep and every dialect can spell.</summary>
    public static string InstantText(DateTimeOffset instant)
    {
        Span<byte> utf8 = stackalloc byte[24];
        WriteInstant(utf8, instant.UtcDateTime);
        return Encoding.ASCII.GetString(utf8);
    }

    /// <summary>
    /// 2026-11-21T02:19:20.000Z, digit by digit: a pattern is read anew each time, and a deal has up to sixteen instants.
    /// </summary>
    public static void WriteInstant(Span<byte> utf8, DateTime time)
    {
        WriteDay(utf8, DateOnly.FromDateTime(time));
        utf8[10] = (byte)'T';
        Write(utf8[11..13], time.Hour);
        utf8[13] = (byte)':';
        Write(utf8[14..16], time.Minute);
        utf8[16] = (byte)':';
        Write(utf8[17..19], time.Second);
        utf8[19] = (byte)'.';
        Write(utf8[20..23], time.Millisecond);
        utf8[23] = (byte)'Z';
    }

    public static void WriteDay(Span<byte> utf8, DateOnly day)
    {
        Write(utf8[..4], day.Year);
        utf8[4] = (byte)'-';
        Write(utf8[5..7], day.Month);
        utf8[7] = (byte)'-';
        Write(utf8[8..10], day.Day);
    }

    /// <summary>Reads what <see cref="InstantText"/> wrote; the fixed width makes it twenty times cheaper than a general parse.</summary>
    public static DateTimeOffset ParseInstant(ReadOnlySpan<byte> text)
    {
        if (text.Length != 24)
        {
            return DateTimeOffset.Parse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        }
        return new(Number(text, 0) * 100 + Number(text, 2), Number(text, 5), Number(text, 8), Number(text, 11), Number(text, 14),
            Number(text, 17), (text[20] - '0') * 100 + Number(text, 21), TimeSpan.Zero);
    }

    public static DateTimeOffset ParseInstant(string? text) => ParseInstant(Encoding.UTF8.GetBytes(text ?? ""));

    public static DateOnly ParseDay(ReadOnlySpan<byte> text) =>
        new(Number(text, 0) * 100 + Number(text, 2), Number(text, 5), Number(text, 8));

    public static DateOnly ParseDay(string? text) => ParseDay(Encoding.UTF8.GetBytes(text ?? ""));

    private static void Write(Span<byte> digits, int number)
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            digits[i] = (byte)('0' + number % 10);
            number /= 10;
        }
    }

    private static int Number(ReadOnlySpan<byte> text, int start) => (text[start] - '0') * 10 + text[start + 1] - '0';
}
