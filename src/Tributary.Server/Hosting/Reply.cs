using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Tributary.Core.Keys;

namespace Tributary.Server.Hosting;

/// <summary>An answer, complete before its first byte is sent, so that a failure while writing it can still become an error.</summary>
internal sealed class Reply
{
    // Text goes out as it is stored; the answers are JSON, never HTML, and say so.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)? pooled;

    private readonly Action<Utf8JsonWriter>? write;
    private readonly Func<HttpContext, Task>? send;
    private List<(string Name, string Value)>? headers;

    private Reply(int status, Action<Utf8JsonWriter>? write, Func<HttpContext, Task>? send)
    {
        Status = status;
        this.write = write;
        this.send = send;
    }

    public int Status { get; }
    public string ContentType { get; private init; } = "application/json; charset=utf-8";

    /// <summary>The version of what is shown; a GET that names it in If-None-Match is answered 304.</summary>
    public long? Version { get; init; }

    /// <summary>
    /// Has a tag made from its bytes, for answers that are asked for again and again and are no one record: it spares the way, not the
    /// work.
    /// </summary>
    public bool IsTagged { get; private set; }

    public static Reply Json(Action<Utf8JsonWriter> write, int status = 200, string type = "application/json; charset=utf-8") =>
        new(status, write, null) { ContentType = type };

    /// <summary>One record with its version as ETag.</summary>
    public static Reply Json<T>(Wire<T> wire, T row, long? version = null, int status = 200, IReadOnlySet<string>? only = null) =>
        new(status, json => wire.Write(json, row, only), null) { Version = version };

    /// <summary>No body at all.</summary>
    public static Reply Empty(int status = 204) => new(status, null, null);

    /// <summary>Anything that is not one JSON document: files, event streams, redirects. Sends its own body.</summary>
    public static Reply Sent(Func<HttpContext, Task> send, int status = 200) => new(status, null, send);

    public Reply With(string header, string value)
    {
        (headers ??= []).Add((header, value));
        return this;
    }

    public Reply Tagged()
    {
        IsTagged = true;
        return this;
    }

    /// <summary>The answer as it is sent, to be given again; of an answer that sends its own body, only the head.</summary>
    public KeptAnswer Keep()
    {
        var kept = (headers ?? []).Select(header => new KeptHeader(header.Name, header.Value)).ToList();
        if (Version is { } version) kept.Add(new("ETag", Tag(version)));
        if (write is null) return new(Status, [.. kept], []);

        kept.Add(new("Content-Type", ContentType));
        var (buffer, json) = New();
        write(json);
        json.Flush();
        return new(Status, [.. kept], buffer.WrittenSpan.ToArray());
    }

    /// <param name="http">Where to.</param>
    /// <param name="mayShorten">False for what holds a secret: beside what the client chose, its length after compression would tell of
    /// it.</param>
    /// <param name="tagsContent">
    /// A GET's ETag names the bytes beside the version: what hangs on a record, and what a request asked to be included, changes without
    /// it.
    /// </param>
    public async Task Send(HttpContext http, bool mayShorten = false, bool tagsContent = false)
    {
        var response = http.Response;
        response.StatusCode = Status;
        if (headers is not null) foreach (var (name, value) in headers) response.Headers[name] = value;
        var tagged = IsTagged || tagsContent && Version is not null && HttpMethods.IsGet(http.Request.Method);
        if (Version is { } version && !tagged)
        {
            var tag = Tag(version);
            response.Headers.ETag = tag;
            if (Knows(http, tag))
            {
                response.StatusCode = 304;
                return;
            }
        }
        if (send is not null)
        {
            await send(http);
            return;
        }
        if (write is null) return;

        // The writer is this thread's until the bytes are handed over; nothing awaits in between.
        var (buffer, json) = pooled ?? New();
        pooled = null;
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        write(json);
        json.Flush();
        if (tagged)
        {
            var content = ContentHash.Of(buffer.WrittenSpan);
            var tag = Version is { } known ? string.Create(CultureInfo.InvariantCulture, $"\"{known}.{content:x16}\"")
                : string.Create(CultureInfo.InvariantCulture, $"\"{content:x16}\"");
            response.Headers.ETag = tag;
            if (Knows(http, tag))
            {
                pooled = (buffer, json);
                response.StatusCode = 304;
                return;
            }
        }
        response.ContentType = ContentType;
        var shorter = mayShorten && buffer.WrittenCount >= Compression.Worth ? Shorter(http, buffer.WrittenSpan) : null;
        response.ContentLength = shorter?.Length ?? buffer.WrittenCount;
        if (HttpMethods.IsHead(http.Request.Method)) return;

        response.BodyWriter.Write(shorter ?? buffer.WrittenSpan);
        if (buffer.Capacity <= 1 << 20) pooled = (buffer, json);
        await response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private static byte[]? Shorter(HttpContext http, ReadOnlySpan<byte> body)
    {
        var headers = http.Response.Headers;
        headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (Compression.Wanted(http.Request.Headers.AcceptEncoding) is not { } coding) return null;
        headers.ContentEncoding = coding;
        // The same record in other bytes (RFC 9110, 8.8.3.3).
        if (headers.ETag is [{ } tag] && tag.StartsWith('"')) headers.ETag = "W/" + tag;
        return Compression.Shorten(body, coding);
    }

    /// <summary>Whether the client has it already; weak and strong tags name the same content (RFC 9110, 13.1.2).</summary>
    private static bool Knows(HttpContext http, string tag)
    {
        var known = http.Request.Headers.IfNoneMatch;
        if (known.Count == 0 || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))) return false;
        return EntityTagHeaderValue.TryParseList(known, out var tags) && EntityTagHeaderValue.Parse(tag) is var own
            && tags.Any(each => each.Equals(EntityTagHeaderValue.Any) || each.Compare(own, useStrongComparison: false));
    }

    private static string Tag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) New()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        return (buffer, new Utf8JsonWriter(buffer, Options));
    }
}
