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
    public static DateTimeOffset ParseInstant(ReadOnlySpan<char> text) => text.Length != 24
        ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
        : new(Number(text, 0, 4), Number(text, 5, 2), Number(text, 8, 2), Number(text, 11, 2), Number(text, 14, 2), Number(text, 17, 2),
            Number(text, 20, 3), TimeSpan.Zero);

    public static DateOnly ParseDay(ReadOnlySpan<char> text) => new(Number(text, 0, 4), Number(text, 5, 2), Number(text, 8, 2));

    private static void Write(Span<byte> digits, int number)
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            digits[i] = (byte)('0' + number % 10);
            number /= 10;
        }
    }

    private static int Number(ReadOnlySpan<char> text, int start, int length)
    {
        var number = 0;
        foreach (var digit in text.Slice(start, length)) number = number * 10 + (digit - '0');
        return number;
    }
}
