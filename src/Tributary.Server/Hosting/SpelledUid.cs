using System.Buffers.Text;
using System.Text;
using Tributary.Core.Kernel;

namespace Tributary.Server.Hosting;

/// <summary>A uid behind a prefix that tells what it is of, written without a string in between.</summary>
internal sealed class SpelledUid
{
    public const int MaxLength = 64;

    private readonly byte[] prefix;
    private readonly Write write;

    private SpelledUid(string prefix, Write write) => (this.prefix, this.write) = (Encoding.ASCII.GetBytes(prefix), write);

    /// <summary>In base32: deal_01m6dmbe….</summary>
    public static SpelledUid Base32(string prefix) => new(prefix, UidText.ToBase32);

    /// <summary>With its hyphens: con-0192e6bd-….</summary>
    public static SpelledUid Hyphened(string prefix) =>
        new(prefix, static (uid, target) => Utf8Formatter.TryFormat(uid, target, out var length) ? length : 0);

    public int Spell(Guid uid, Span<byte> target)
    {
        prefix.CopyTo(target);
        return prefix.Length + write(uid, target[prefix.Length..]);
    }

    private delegate int Write(Guid uid, Span<byte> target);
}
