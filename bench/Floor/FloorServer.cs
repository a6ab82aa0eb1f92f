using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tributary.Core.Storage;

namespace Tributary.Bench.Floor;

/// <summary>Writes an answer from what a session reads for a key; answers the version for the ETag, or 0.</summary>
internal delegate ValueTask<long> WriteAnswer<in TKey>(FloorSession session, TKey key, Utf8JsonWriter json);

/// <summary>
/// The floor: the least an HTTP server can do to give the same answers from the same database. Kestrel, prepared statements on a
/// connection of a pool, read by the server's own reader of rows, their columns written straight to the response. No keys, no
/// rights, no routing table, no parameters to check, no records in between; names of tags, stages and users are read once at the start.
/// </summary>
internal sealed class FloorServer(string address)
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ConcurrentBag<FloorSession> idle = [];
    private readonly ConcurrentBag<(ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)> writers = [];

    public static async Task<int> Run(string address, int port, CancellationToken ct)
    {
        if (!FloorSession.IsServer(address)) NativeSqlite.Load();
        var floor = new FloorServer(address);
        await using (var first = await FloorSession.Open(address)) await FloorNames.Load(first);

        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls($"http://127.0.0.1:{port}");
        await using var app = builder.Build();
        app.Run(floor.Answer);
        await app.RunAsync(ct);
        return 0;
    }

    private Task Answer(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        return path[1] switch
        {
            'g' => Answer(http, Number(path), FloorNative.One),
            'l' => Answer(http, Number(path), FloorNative.List),
            'G' => Answer(http, Guid.Parse(path.AsSpan(3)), FloorSwitch.One),
            'L' => Answer(http, FloorNames.StageOf(Guid.Parse(path.AsSpan(3))), FloorSwitch.List),
            'p' => Answer(http, Number(path), FloorPipedrive.One),
            'q' => Answer(http, Number(path), FloorPipedrive.List),
            's' => Answer(http, path[3..].ToLowerInvariant(), FloorPipedrive.Search),
            'a' => Answer(http, Guid.Parse(path.AsSpan(3)), FloorAutomateNexus.One),
            'b' => Answer(http, Number(path), FloorAutomateNexus.List),
            'c' => Answer(http, Guid.Parse(path.AsSpan(3)), FloorCPod.One),
            'd' => Answer(http, Number(path), FloorCPod.List),
            'y' => Answer(http, Number(path), FloorYSuite.One),
            'z' => Answer(http, Number(path), FloorYSuite.List),
            _ => http.Response.WriteAsync("live"),
        };
    }

    private static long Number(string path) => long.Parse(path.AsSpan(3));

    private async Task Answer<TKey>(HttpContext http, TKey key, WriteAnswer<TKey> write)
    {
        var session = idle.TryTake(out var known) ? known : await FloorSession.Open(address);
        var (buffer, json) = writers.TryTake(out var kept) ? kept : New();
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        var version = await write(session, key, json);
        idle.Add(session);
        json.Flush();
        var response = http.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = buffer.WrittenCount;
        if (version > 0) response.Headers.ETag = $"\"{version}\"";
        response.BodyWriter.Write(buffer.WrittenSpan);
        writers.Add((buffer, json));
        await response.BodyWriter.FlushAsync();
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) New()
    {
        var buffer = new ArrayBufferWriter<byte>(65_536);
        return (buffer, new(buffer, Options));
    }
}

/// <summary>What the floors' answers have in common.</summary>
internal static class FloorAnswers
{
    /// <summary>As long as a sealed one.</summary>
    public const string Cursor =
        "WzEsImRlYWxzIiwiLWFkZGVkX2F0LC1pZCIsIjIwMjYtMTEtMDJUMDc6NTE6MDAuMDAwWiIsOTk5MV1PpP2XTuRFSEnC4aTArIDkWzEsImRlYWxzIiwi";

    public static async ValueTask<long> Total(FloorSession session, string statement, long stage)
    {
        var total = 0L;
        await session.Read(statement, stage, (ref row) =>
        {
            total = row.WholeOrNone() ?? 0;
            return false;
        });
        return total;
    }
}
