using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Tributary.Core.Kernel;

namespace Tributary.Server.Hosting;

/// <summary>
/// A multipart upload whose members have been read. Read by <see cref="Begin"/>, its bytes are still to come: they go from the
/// socket to the disk without being gathered anywhere, hence the order, members first, the part "file" last. Read by
/// <see cref="Gather"/>, its parts may have come in any order, and its bytes have been set aside.
/// </summary>
internal sealed record UploadForm(IReadOnlyDictionary<string, string> Members, string? FileName, Stream Content) : IAsyncDisposable
{
    private const int MaxHeaders = 16 * 1024;
    private const int MaxInMemory = 64 * 1024;

    /// <param name="call">The request.</param>
    /// <param name="maxMember">The most bytes that a member beside the file may have.</param>
    public static async Task<UploadForm> Begin(Call call, int maxMember)
    {
        var members = new Dictionary<string, string>();
        return await ReadUpToFile(call, ReaderOf(call), members, maxMember)
            ?? throw Missing("the part that carries the bytes, after all others");
    }

    /// <summary>Large files wait in the system's folder for temporary ones, until the form is disposed.</summary>
    /// <param name="call">The request.</param>
    /// <param name="maxMember">The most bytes that a member beside the file may have.</param>
    public static async Task<UploadForm> Gather(Call call, int maxMember)
    {
        var reader = ReaderOf(call);
        var members = new Dictionary<string, string>();
        var form = await ReadUpToFile(call, reader, members, maxMember) ?? throw Missing("the part that carries the bytes");

        var content = new FileBufferingReadStream(form.Content, MaxInMemory);
        try
        {
            await Drain(content, call.Ct);
            content.Position = 0;
            if (await ReadUpToFile(call, reader, members, maxMember) is not null) throw Problem.Invalid("file", "file was sent twice.");
            return form with { Content = content };
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Content.DisposeAsync();

    private static MultipartReader ReaderOf(Call call)
    {
        if (!MediaTypeHeaderValue.TryParse(call.Http.Request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
        {
            throw new ProblemException(new(ProblemCode.Unsupported, "The body must be multipart/form-data with a boundary.", [],
                Problem.MediaType));
        }

        return new(boundary, call.Http.Request.Body) { HeadersLengthLimit = MaxHeaders };
    }

    /// <summary>None when the form ends before a file.</summary>
    private static async Task<UploadForm?> ReadUpToFile(Call call, MultipartReader reader, Dictionary<string, string> members,
        int maxMember)
    {
        while (await Next(reader, call.Ct) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { Length: > 0 } name)
            {
                throw Problem.Invalid("body", "Each part of the form needs a name.");
            }
            if (name == "file") return new(members, NameOf(disposition), section.Body);
            if (!members.TryAdd(name, await Text(section, name, maxMember, call.Ct)))
            {
                throw Problem.Invalid(name, $"{name} was sent twice.");
            }
        }
        return null;
    }

    private static ProblemException Missing(string meaning) => Problem.Invalid("file", $"file is required: {meaning}.");

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
        catch (IOException error) when (error is not BadHttpRequestException)
        {
            throw CutOff();
        }
    }

    private static async Task Drain(Stream content, CancellationToken ct)
    {
        try
        {
            await content.DrainAsync(ct);
        }
        catch (IOException error) when (error is not BadHttpRequestException)
        {
            throw CutOff();
        }
    }

    private static ProblemException CutOff() => Problem.Invalid("body", "The form is cut off.");

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
