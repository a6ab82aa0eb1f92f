using System.Security.Cryptography;
using System.Text;

namespace Tributary.Core.Kernel;

/// <summary>
/// Opaque API tokens of at least 160 random bits. The text is shown once; only its hash is kept, which is why a plain
/// SHA-256 is enough: there is nothing to guess.
/// </summary>
public static class ApiToken
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int ShownLength = 12;

    /// <summary>27 characters of base62 carry 160.8 bits.</summary>
    public const int MinLength = 27;

    /// <summary>The prefix, then <paramref name="length"/> random letters and digits.</summary>
    public static string New(FillRandom random, string prefix, int length = 32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, MinLength);

        var token = new StringBuilder(prefix, prefix.Length + length);
        Span<byte> bytes = stackalloc byte[64];
        while (true)
        {
            random(bytes);
            foreach (var value in bytes)
            {
                // 248 is the largest multiple of 62 in a byte: bytes above it would make the first letters likelier.
                if (value < 248) token.Append(Base62[value % 62]);
                if (token.Length == prefix.Length + length) return token.ToString();
            }
        }
    }

    /// <summary>40 lower-case hexadecimal digits, the form of Pipedrive's API tokens.</summary>
    public static string NewHex(FillRandom random)
    {
        Span<byte> bytes = stackalloc byte[20];
        random(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>What is stored and looked up: SHA-256 in lower-case hexadecimal.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>The first characters, by which an owner recognises a token in a list; never more than a third of it.</summary>
    public static string Shown(string token) => token[..Math.Min(ShownLength, token.Length / 3)];

    /// <summary>Equality whose duration tells nothing about where two texts differ.</summary>
    public static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}
