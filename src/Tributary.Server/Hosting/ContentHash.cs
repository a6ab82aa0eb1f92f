using System.Buffers.Binary;
using System.Numerics;

namespace Tributary.Server.Hosting;

/// <summary>
/// XXH64 with seed 0 (github.com/Cyan4973/xxHash, doc/xxhash_spec.md): tells contents apart, the same on every server, at a few bytes a
/// cycle. For tags of answers, where nobody gains by making two alike; it proves nothing.
/// </summary>
internal static class ContentHash
{
    private const ulong P1 = 0x9E3779B185EBCA87;
    private const ulong P2 = 0xC2B2AE3D27D4EB4F;
    private const ulong P3 = 0x165667B19E3779F9;
    private const ulong P4 = 0x85EBCA77C2B2AE63;
    private const ulong P5 = 0x27D4EB2F165667C5;

    public static ulong Of(ReadOnlySpan<byte> content)
    {
        var rest = content;
        var hash = P5;
        if (content.Length >= 32)
        {
            var (a, b, c, d) = (unchecked(P1 + P2), P2, 0UL, unchecked(0 - P1));
            for (; rest.Length >= 32; rest = rest[32..])
            {
                a = Round(a, Word(rest));
                b = Round(b, Word(rest[8..]));
                c = Round(c, Word(rest[16..]));
                d = Round(d, Word(rest[24..]));
            }
            hash = unchecked(BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7) + BitOperations.RotateLeft(c, 12)
                + BitOperations.RotateLeft(d, 18));
            foreach (var lane in (ReadOnlySpan<ulong>)[a, b, c, d]) hash = unchecked((hash ^ Round(0, lane)) * P1 + P4);
        }
        unchecked
        {
            hash += (ulong)content.Length;
            for (; rest.Length >= 8; rest = rest[8..]) hash = BitOperations.RotateLeft(hash ^ Round(0, Word(rest)), 27) * P1 + P4;
            if (rest.Length >= 4)
            {
                hash = BitOperations.RotateLeft(hash ^ BinaryPrimitives.ReadUInt32LittleEndian(rest) * P1, 23) * P2 + P3;
                rest = rest[4..];
            }
            foreach (var one in rest) hash = BitOperations.RotateLeft(hash ^ one * P5, 11) * P1;
            hash = (hash ^ hash >> 33) * P2;
            hash = (hash ^ hash >> 29) * P3;
            return hash ^ hash >> 32;
        }
    }

    private static ulong Round(ulong lane, ulong word) => unchecked(BitOperations.RotateLeft(lane + word * P2, 31) * P1);

    private static ulong Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
