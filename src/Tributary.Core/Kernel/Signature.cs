using System.Security.Cryptography;

namespace Tributary.Core.Kernel;

/// <summary>HMAC-SHA256 of a body, in the two spellings webhook receivers compare.</summary>
public static class Signature
{
    /// <summary>64 digits, lower case.</summary>
    public static string Hex(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, body));

    /// <summary>44 characters, with the padding.</summary>
    public static string Base64(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> body) =>
        Convert.ToBase64String(HMACSHA256.HashData(secret, body));
}
