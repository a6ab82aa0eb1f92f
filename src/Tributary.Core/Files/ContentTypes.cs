using System.Collections.Frozen;

namespace Tributary.Core.Files;

/// <summary>
/// What a download is called. A type is believed only when the name's ending and the first bytes agree; all else, and all
/// that a browser would execute (HTML, SVG, scripts), is application/octet-stream.
/// </summary>
internal static class ContentTypes
{
    public const string Unknown = "application/octet-stream";

    /// <summary>How many of the first bytes are looked at.</summary>
    public const int HeadLength = 512;

    private enum Shape { Png, Jpeg, Gif, Webp, Bmp, Tiff, Media, Mp3, Wav, Pdf, Zip, Ole, Gzip, SevenZip, Rtf, Text }

    private static readonly FrozenDictionary<string, (string Type, Shape Shape)> ByEnding = new Dictionary<string, (string, Shape)>
    {
        ["png"] = ("image/png", Shape.Png),
        ["jpg"] = ("image/jpeg", Shape.Jpeg),
        ["jpeg"] = ("image/jpeg", Shape.Jpeg),
        ["gif"] = ("image/gif", Shape.Gif),
        ["webp"] = ("image/webp", Shape.Webp),
        ["bmp"] = ("image/bmp", Shape.Bmp),
        ["tif"] = ("image/tiff", Shape.Tiff),
        ["tiff"] = ("image/tiff", Shape.Tiff),
        ["heic"] = ("image/heic", Shape.Media),
        ["mp4"] = ("video/mp4", Shape.Media),
        ["mov"] = ("video/quicktime", Shape.Media),
        ["m4a"] = ("audio/mp4", Shape.Media),
        ["mp3"] = ("audio/mpeg", Shape.Mp3),
        ["wav"] = ("audio/wav", Shape.Wav),
        ["pdf"] = ("application/pdf", Shape.Pdf),
        ["zip"] = ("application/zip", Shape.Zip),
        ["docx"] = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", Shape.Zip),
        ["xlsx"] = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Shape.Zip),
        ["pptx"] = ("application/vnd.openxmlformats-officedocument.presentationml.presentation", Shape.Zip),
        ["odt"] = ("application/vnd.oasis.opendocument.text", Shape.Zip),
        ["ods"] = ("application/vnd.oasis.opendocument.spreadsheet", Shape.Zip),
        ["odp"] = ("application/vnd.oasis.opendocument.presentation", Shape.Zip),
        ["doc"] = ("application/msword", Shape.Ole),
        ["xls"] = ("application/vnd.ms-excel", Shape.Ole),
        ["ppt"] = ("application/vnd.ms-powerpoint", Shape.Ole),
        ["msg"] = ("application/vnd.ms-outlook", Shape.Ole),
        ["gz"] = ("application/gzip", Shape.Gzip),
        ["7z"] = ("application/x-7z-compressed", Shape.SevenZip),
        ["rtf"] = ("application/rtf", Shape.Rtf),
        ["txt"] = ("text/plain", Shape.Text),
        ["log"] = ("text/plain", Shape.Text),
        ["md"] = ("text/markdown", Shape.Text),
        ["csv"] = ("text/csv", Shape.Text),
        ["json"] = ("application/json", Shape.Text),
        ["ics"] = ("text/calendar", Shape.Text),
        ["vcf"] = ("text/vcard", Shape.Text),
        ["eml"] = ("message/rfc822", Shape.Text),
    }.ToFrozenDictionary();

    public static string Of(string name, ReadOnlySpan<byte> head)
    {
        var ending = name[(name.LastIndexOf('.') + 1)..].ToLowerInvariant();
        return ByEnding.TryGetValue(ending, out var known) && Has(known.Shape, head) ? known.Type : Unknown;
    }

    private static bool Has(Shape shape, ReadOnlySpan<byte> head) => shape switch
    {
        Shape.Png => head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        Shape.Jpeg => head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]),
        Shape.Gif => head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8),
        Shape.Webp => head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8),
        Shape.Bmp => head.StartsWith("BM"u8),
        Shape.Tiff => head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8),
        Shape.Media => head.Length >= 12 && head[4..].StartsWith("ftyp"u8),
        Shape.Mp3 => head.StartsWith("ID3"u8) || (head.Length >= 2 && head[0] == 0xFF && (head[1] & 0xE0) == 0xE0),
        Shape.Wav => head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WAVE"u8),
        Shape.Pdf => head.StartsWith("%PDF-"u8),
        Shape.Zip => head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8),
        Shape.Ole => head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
        Shape.Gzip => head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]),
        Shape.SevenZip => head.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
        Shape.Rtf => head.StartsWith("{\\rtf"u8),
        Shape.Text => !head.Contains((byte)0),
    };
}
