using System.Buffers.Text;
using System.Text;

namespace Tributary.Core.Kernel;

/// <summary>Base64url as RFC 7515 wants it: one spelling per value, without padding, white space or stray bits.</summary>
internal static class Base64UrlText
{
    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    public static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        if (!Base64Url.IsValid(text, out var length)) return false;

        // The framework's decoder forgives padding and white space; only the text we would have written ourselves is accepted.
        var decoded = new byte[length];
        if (!Base64Url.TryDecodeFromChars(text, decoded, out _) || !text.SequenceEqual(Encode(decoded))) return false;

        bytes = decoded;
        return true;
    }
}
