using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Core.Webhooks;

namespace Tributary.Server.Hosting;

/// <summary>How a dialect tells a webhook of an event: the body, and the headers that go with it.</summary>
internal interface IWebhookVoice
{
    /// <summary>The body as it is sent: JSON in UTF-8.</summary>
    ValueTask<byte[]> Spell(Errand errand, CancellationToken ct);

    IEnumerable<(string Name, string Value)> Sign(Errand errand, byte[] body);
}

/// <summary>What voices share: records as JSON that can be compared.</summary>
internal static class WebhookJson
{
    private static readonly JsonWriterOptions plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // One body after the other on each thread.
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)? pen;

    public static byte[] Bytes(JsonObject json) => Bytes(json, static (writer, json) => json.WriteTo(writer));

    /// <summary>What <paramref name="write"/> writes, which must not write another body meanwhile.</summary>
    public static byte[] Bytes<T>(T what, Action<Utf8JsonWriter, T> write)
    {
        var (buffer, json) = pen ??= Pen();
        buffer.ResetWrittenCount();
        json.Reset();
        write(json, what);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) Pen()
    {
        var buffer = new ArrayBufferWriter<byte>(4_096);
        return (buffer, new(buffer, plain));
    }

    public static JsonObject Of<T>(Wire<T> wire, T row)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text)) wire.Write(json, row);
        return JsonNode.Parse(text.ToArray())!.AsObject();
    }

    public static JsonObject HeadersSchema => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = new JsonObject { ["type"] = "string" },
    };

    public static void Write(Utf8JsonWriter json, Seq<WebhookHeader> headers)
    {
        json.WriteStartObject();
        foreach (var header in headers) json.WriteString(header.Name, header.Value);
        json.WriteEndObject();
    }

    /// <summary>{"X-Team": "sales"} as headers.</summary>
    public static Field<Seq<WebhookHeader>> Headers(Body body, Member<JsonElement> member) =>
        body.Get(member).As<Seq<WebhookHeader>>(json =>
    {
        var headers = new List<WebhookHeader>();
        foreach (var one in json.ValueKind is JsonValueKind.Object ? json.EnumerateObject().ToList() : [])
        {
            if (Members.TryText(one.Value, out var text)) headers.Add(new(one.Name, text));
            else body.Fail(member.Name, $"{member.Name} must be an object of texts.");
        }
        return [.. headers];
    });

    /// <summary>The members that were otherwise before, as they were.</summary>
    public static JsonObject Previous(JsonObject before, JsonObject after) =>
        new(before.Where(member => !JsonNode.DeepEquals(member.Value, after[member.Key]))
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
}
