using System.Buffers.Binary;
using System.Text;

namespace Tributary.Core.Kernel;

/// <summary>Fills every byte. The program passes <c>RandomNumberGenerator.Fill</c>; tests pass something they can predict.</summary>
public delegate void FillRandom(Span<byte> bytes);

/// <summary>
/// Makes UUIDv7 values that strictly increase within a process, also when the clock stands still or steps back. Safe to
/// share between threads, whatever the random source.
/// </summary>
public sealed class UidSource(TimeProvider clock, FillRandom random)
{
    private const int CounterBits = 12;

    private readonly Lock gate = new();

    // Millisecond and counter in one number (RFC 9562, section 6.2, method 1): a counter that overflows carries into the
    // millisecond by itself, and "later" is simply "larger".
    private long last;

    /// <summary>Larger than every one before it.</summary>
    public Guid Next()
    {
        lock (gate)
        {
            last = Math.Max(last + 1, clock.GetUtcNow().ToUnixTimeMilliseconds() << CounterBits);

            Span<byte> bytes = stackalloc byte[16];
            random(bytes[8..]);
            BinaryPrimitives.WriteInt64BigEndian(bytes, (last >> CounterBits << 16) | 0x7000 | (last & 0xFFF));
            bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
            return new Guid(bytes, bigEndian: true);
        }
    }
}

/// <summary>A uid as 26 characters of Crockford base32; the order of the texts is the order of the uids.</summary>
public static class UidText
{
    private const int Length = 26;

    private static ReadOnlySpan<byte> Lower => "0123456789abcdefghjkmnpqrstvwxyz"u8;

    private static ReadOnlySpan<byte> Upper => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"u8;

    /// <summary>In lower case.</summary>
    public static string ToBase32(Guid uid) => Spell(uid, Lower);

    /// <summary>In lower case, without a string; tells how many bytes it wrote.</summary>
    public static int ToBase32(Guid uid, Span<byte> target) => Spell(uid, Lower, target);

    /// <summary>The same 128 bits in the ULID spelling, which is upper case.</summary>
    public static string ToUlid(Guid uid) => Spell(uid, Upper);

    /// <summary>
    /// Reads both spellings, in either case, with O for 0 and I or L for 1 as Crockford asks. Refuses any other length
    /// or character, and texts that say more than 128 bits.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Guid uid)
    {
        uid = Guid.Empty;
        if (text.Length != Length || DigitOf(text[0]) > 7) return false;

        UInt128 number = 0;
        foreach (var character in text)
        {
            var digit = DigitOf(character);
            if (digit < 0) return false;
            number = (number << 5) | (uint)digit;
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        uid = new Guid(bytes, bigEndian: true);
        return true;
    }

    private static int Spell(Guid uid, ReadOnlySpan<byte> alphabet, Span<byte> text)
    {
        Span<byte> bytes = stackalloc byte[16];
        uid.TryWriteBytes(bytes, bigEndian: true, out _);
        // Twelve digits are of the lower half, one of both, thirteen of the upper: shifting 128 bits at once costs three times as much.
        var (upper, lower) = (BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
        for (var i = Length - 1; i >= 14; i--, lower >>= 5) text[i] = alphabet[(int)(lower & 31)];
        text[13] = alphabet[(int)(lower | (upper & 1) << 4)];
        upper >>= 1;
        for (var i = 12; i >= 0; i--, upper >>= 5) text[i] = alphabet[(int)(upper & 31)];
        return Length;
    }

    private static string Spell(Guid uid, ReadOnlySpan<byte> alphabet)
    {
        Span<byte> text = stackalloc byte[Length];
        Spell(uid, alphabet, text);
        return Encoding.ASCII.GetString(text);
    }

    private static int DigitOf(char character) => character switch
    {
        'O' or 'o' => 0,
        'I' or 'i' or 'L' or 'l' => 1,
        >= 'a' and <= 'z' => Lower.IndexOf((byte)character),
        <= 'Z' => Upper.IndexOf((byte)character),
        _ => -1,
    };
}
