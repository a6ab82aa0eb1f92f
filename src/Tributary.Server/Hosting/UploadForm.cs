using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Tributary.Core.Kernel;

namespace Tributary.Server.Hosting;

/// <summary>
/// A multipart upload whose members have been read and whose bytes are still to come: they go from the socket to the disk
/// without being gathered anywhere. Hence the order: members first, the part "file" last.
/// </summary>
internal sealed record UploadForm(IReadOnlyDictionary<string, string> Members, string? FileName, Stream Content)
{
    private const int MaxHeaders = 16 * 1024;

    /// <param name="maxMember">The most bytes that a member beside the file may have.</param>
    public static async Task<UploadForm> Begin(Call call, int maxMember)
    {
        if (!MediaTypeHeaderValue.TryParse(call.Http.Request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
        {
            throw new ProblemException(new(ProblemCode.Unsupported, "The body must be multipart/form-data with a boundary.", [], Problem.MediaType));
        }

        var reader = new MultipartReader(boundary, call.Http.Request.Body) { HeadersLengthLimit = MaxHeaders };
        var members = new Dictionary<string, string>();
        while (await Next(reader, call.Ct) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { Length: > 0 } name)
            {
                throw Problem.Invalid("body", "Each part of the form needs a name.");
            }
            if (name == "file") return new(members, NameOf(disposition), section.Body);
            if (!members.TryAdd(name, await Text(section, name, maxMember, call.Ct))) throw Problem.Invalid(name, $"{name} was sent twice.");
        }
        throw Problem.Invalid("file", "file is required: the part that carries the bytes, after all others.");
    }

    /// <summary>filename* goes before filename (RFC 6266); directories that some browsers send are cut off.</summary>
    private static string? NameOf(ContentDispositionHeaderValue disposition)
    {
        var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
        return name?[(name.LastIndexOfAny(['/', '\\']) + 1)..] is { Length: > 0 } bare ? bare : null;
    }

    private static async Task<MultipartSection?> Next(MultipartReader reader, CancellationToken ct)
    {
        try
        {
            return await reader.ReadNextSectionAsync(ct);
        }
        catch (IOException)
        {
            throw Problem.Invalid("body", "The form is cut off.");
        }
    }

    private static async Task<string> Text(MultipartSection section, string name, int max, CancellationToken ct)
    {
        var buffer = new byte[max];
        var read = await section.Body.ReadAtLeastAsync(buffer, max, throwOnEndOfStream: false, ct);
        if (read == max) throw Problem.Invalid(name, $"{name} has less than {max} bytes.");
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(buffer, 0, read);
        }
        catch (DecoderFallbackException)
        {
            throw Problem.Invalid(name, $"{name} must be a text in UTF-8.");
        }
    }
}
