using System.Buffers;
using System.IO.Compression;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Tributary.Server.Hosting;

/// <summary>
/// Makes answers shorter for clients that ask for it: Brotli, else gzip, both at their fastest, which is where the time is still less than
/// the wire's.
/// </summary>
internal static class Compression
{
    /// <summary>Shorter answers fit into a packet or two anyway.</summary>
    public const int Worth = 2048;

    // As much history as the window of gzip, several times over; a page of a hundred deals repeats itself sooner than that.
    private const int Window = 18;

    /// <summary>"br" or "gzip", whichever the client would rather have; none when it takes neither.</summary>
    public static string? Wanted(StringValues accepted)
    {
        if (StringValues.IsNullOrEmpty(accepted) || !StringWithQualityHeaderValue.TryParseList(accepted, out var codings)) return null;
        var (brotli, gzip) = (Quality(codings, "br"), Quality(codings, "gzip"));
        if (brotli <= 0 && gzip <= 0) return null;
        return brotli >= gzip ? "br" : "gzip";
    }

    public static byte[] Shorten(ReadOnlySpan<byte> body, string coding)
    {
        if (coding is "br")
        {
            var room = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(body.Length));
            try
            {
                if (!BrotliEncoder.TryCompress(body, room, out var written, quality: 1, Window))
                {
                    throw new InvalidOperationException("Brotli needed more room than it says it may need.");
                }
                return room.AsSpan(0, written).ToArray();
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(room);
            }
        }
        using var shorter = new MemoryStream(body.Length / 4);
        using (var gzip = new GZipStream(shorter, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(body);
        return shorter.ToArray();
    }

    private static double Quality(IList<StringWithQualityHeaderValue> codings, string name)
    {
        var any = 0.0;
        foreach (var coding in codings)
        {
            if (coding.Value.Equals(name, StringComparison.OrdinalIgnoreCase)) return coding.Quality ?? 1;
            if (coding.Value == "*") any = coding.Quality ?? 1;
        }
        return any;
    }
}
