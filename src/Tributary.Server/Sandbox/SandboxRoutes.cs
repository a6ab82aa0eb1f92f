using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Server.Api;
using Tributary.Server.Hosting;

namespace Tributary.Server.Sandbox;

/// <summary>What tests steer the sandbox by. Only mapped in sandbox mode, and needs no credential there.</summary>
internal static class SandboxRoutes
{
    private const int MaxBody = 4096;
    private const long MaxSeconds = 100L * 366 * 24 * 60 * 60;

    /// <summary>Beyond it, the days and times of some formats could not be written.</summary>
    private static readonly DateTimeOffset latest = new(2400, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Map(WebApplication app, SandboxDatabase sandbox)
    {
        app.MapGet("/_sandbox", http =>
        {
            http.Response.ContentType = "application/json; charset=utf-8";
            return http.Response.Body.WriteAsync(sandbox.Json, http.RequestAborted).AsTask();
        });
        app.MapPost("/_sandbox/reset", http => Answer(http, async () =>
        {
            // Not stopped by a client that hangs up: a sandbox is reset or not, never half.
            await sandbox.Reset(CancellationToken.None);
            return Reply.Json(json => Object(json, "now", sandbox.Clock.GetUtcNow()));
        }));
        app.MapPost("/_sandbox/clock", http => Answer(http, async () =>
        {
            var by = await Seconds(http);
            if (sandbox.Clock.GetUtcNow() + by > latest) throw Problem.Invalid("advance_seconds", $"advance_seconds must leave the clock before {latest:yyyy}.");
            var now = sandbox.Clock.Advance(by);
            return Reply.Json(json => Object(json, "now", now));
        }));
    }

    private static async Task Answer(HttpContext http, Func<Task<Reply>> work)
    {
        Reply reply;
        try
        {
            reply = await work();
        }
        catch (ProblemException refused)
        {
            reply = NativeErrors.Write(http, refused.Problem);
        }
        await reply.Send(http);
    }

    private static async Task<TimeSpan> Seconds(HttpContext http)
    {
        const string accepted = """The body must be a JSON object such as {"advance_seconds": 3600}.""";
        if (http.Request.ContentLength > MaxBody) throw Problem.Invalid("body", accepted);
        var buffer = new byte[MaxBody + 1];
        var length = await http.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, http.RequestAborted);
        if (length > MaxBody) throw Problem.Invalid("body", accepted);

        JsonElement json;
        try
        {
            json = JsonDocument.Parse(buffer.AsMemory(0, length)).RootElement;
        }
        catch (JsonException)
        {
            throw Problem.Invalid("body", accepted);
        }
        if (json.ValueKind is not JsonValueKind.Object) throw Problem.Invalid("body", accepted);
        if (json.EnumerateObject().FirstOrDefault(member => member.Name != "advance_seconds") is { Value.ValueKind: not JsonValueKind.Undefined }) throw Problem.Invalid("body", accepted);
        if (!json.TryGetProperty("advance_seconds", out var given) || given.ValueKind is not JsonValueKind.Number || !given.TryGetDecimal(out var seconds) || seconds is < 0 or > MaxSeconds)
        {
            throw Problem.Invalid("advance_seconds", $"advance_seconds must be a number from 0 to {MaxSeconds}.");
        }
        return TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
    }

    private static void Object(Utf8JsonWriter json, string name, DateTimeOffset value)
    {
        json.WriteStartObject();
        json.WriteString(name, Times.Spell(value, TimeStyle.IsoMilliseconds));
        json.WriteEndObject();
    }
}
