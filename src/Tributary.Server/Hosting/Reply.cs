using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tributary.Core.Keys;

namespace Tributary.Server.Hosting;

/// <summary>An answer, complete before its first byte is sent, so that a failure while writing it can still become an error.</summary>
internal sealed class Reply
{
    // Text goes out as it is stored; the answers are JSON, never HTML, and say so.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

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

    public static Reply Json(Action<Utf8JsonWriter> write, int status = 200, string type = "application/json; charset=utf-8") =>
        new(status, write, null) { ContentType = type };

    /// <summary>One record with its version as ETag.</summary>
    public static Reply Json<T>(Wire<T> wire, T row, long? version = null, int status = 200, IReadOnlySet<string>? only = null) =>
        new(status, json => wire.Write(json, row, only), null) { Version = version };

    public static Reply Empty(int status = 204) => new(status, null, null);

    /// <summary>Anything that is not one JSON document: files, event streams, redirects. Sends its own body.</summary>
    public static Reply Sent(Func<HttpContext, Task> send, int status = 200) => new(status, null, send);

    public Reply With(string header, string value)
    {
        (headers ??= []).Add((header, value));
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

    public async Task Send(HttpContext http)
    {
        var response = http.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in headers ?? []) response.Headers[name] = value;
        if (Version is { } version)
        {
            var tag = Tag(version);
            response.Headers.ETag = tag;
            if (HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.IfNoneMatch == tag)
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
        response.ContentType = ContentType;
        response.ContentLength = buffer.WrittenCount;
        if (HttpMethods.IsHead(http.Request.Method)) return;

        response.BodyWriter.Write(buffer.WrittenSpan);
        if (buffer.Capacity <= 1 << 20) pooled = (buffer, json);
        await response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private static string Tag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) New()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        return (buffer, new Utf8JsonWriter(buffer, Options));
    }
}
