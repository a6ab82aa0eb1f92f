using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Tributary.Core.Files;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Files;

/// <summary>
/// A multipart upload whose members have been read and whose bytes are still to come: they go from the socket to the disk
/// without being gathered anywhere. Hence the order: members first, the part "file" last.
/// </summary>
internal sealed record FileUpload(FilePatch Patch, Stream Content)
{
    private const int MaxMember = 16 * 1024;

    // Parts of a form are texts, also those that are numbers.
    private static readonly ReadingPolicy Form = new() { NumericTexts = true, LooseFlags = true, RefuseUnknownMembers = true };

    public static async Task<FileUpload> Begin(Call call)
    {
        if (!MediaTypeHeaderValue.TryParse(call.Http.Request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
        {
            throw new ProblemException(new(ProblemCode.Unsupported, "The body must be multipart/form-data with a boundary.", [], Problem.MediaType));
        }

        var reader = new MultipartReader(boundary, call.Http.Request.Body) { HeadersLengthLimit = MaxMember };
        var members = new Dictionary<string, string>();
        while (await Next(reader, call.Ct) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { Length: > 0 } name)
            {
                throw Problem.Invalid("body", "Each part of the form needs a name.");
            }
            if (name == "file") return new(Read(call, members, FileName(disposition)), section.Body);
            if (!members.TryAdd(name, await Text(section, name, call.Ct))) throw Problem.Invalid(name, $"{name} was sent twice.");
        }
        throw Problem.Invalid("file", "file is required: the part that carries the bytes, after all others.");
    }

    private static FilePatch Read(Call call, Dictionary<string, string> members, string? fileName)
    {
        if (fileName is not null) members.TryAdd("name", fileName);
        using var json = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(members, UploadJson.Default.DictionaryStringString));
        return Body.Read(json.RootElement, FileBody.UploadMembers, Form, body => FileBody.Read(body, null));
    }

    /// <summary>filename* goes before filename (RFC 6266); directories that some browsers send are cut off.</summary>
    private static string? FileName(ContentDispositionHeaderValue disposition)
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

    private static async Task<string> Text(MultipartSection section, string name, CancellationToken ct)
    {
        var buffer = new byte[MaxMember];
        var read = await section.Body.ReadAtLeastAsync(buffer, MaxMember, throwOnEndOfStream: false, ct);
        if (read == MaxMember) throw Problem.Invalid(name, $"{name} has less than {MaxMember} bytes.");
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

[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class UploadJson : System.Text.Json.Serialization.JsonSerializerContext;
