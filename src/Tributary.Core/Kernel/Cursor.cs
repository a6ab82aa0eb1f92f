using System.Security.Cryptography;

namespace Tributary.Core.Kernel;

/// <summary>
/// Page cursors a client can carry but neither forge nor change: base64url of the payload and a 128-bit signature. The
/// payload is signed, not hidden.
/// </summary>
public sealed class CursorSigner(byte[] secret)
{
    private const int MacLength = 16;
    private const int MaxLength = 8192;

    private readonly byte[] secret = secret.Length >= HMACSHA256.HashSizeInBytes
        ? secret
        : throw new ArgumentException("A cursor secret has at least 32 bytes.", nameof(secret));

    /// <summary>A text that is safe in an address, and that <see cref="TryOpen"/> of the same key alone opens.</summary>
    public string Seal(ReadOnlySpan<byte> payload) => Base64UrlText.Encode([.. payload, .. Mac(payload)]);

    /// <summary>False for anything this secret did not seal; never throws.</summary>
    public bool TryOpen(string text, out byte[] payload)
    {
        payload = [];
        if (text.Length > MaxLength || !Base64UrlText.TryDecode(text, out var sealedBytes) || sealedBytes.Length < MacLength) return false;

        var body = sealedBytes.AsSpan(..^MacLength);
        if (!CryptographicOperations.FixedTimeEquals(Mac(body), sealedBytes.AsSpan(^MacLength..))) return false;

        payload = body.ToArray();
        return true;
    }

    private ReadOnlySpan<byte> Mac(ReadOnlySpan<byte> payload) => HMACSHA256.HashData(secret, payload).AsSpan(..MacLength);
}
