using System.Globalization;
using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Server.Api;
using Tributary.Server.Hosting;

namespace Tributary.Server.Sandbox;

/// <summary>What tests steer the sandbox by. Only mapped in sandbox mode, and needs no credential there.</summary>
internal static class SandboxRoutes
{
    private const int MaxBody = 32 * 1024;
    private const long MaxSeconds = 100L * 366 * 24 * 60 * 60;

    /// <summary>Beyond it, the days and times of some formats could not be written.</summary>
    private static readonly DateTimeOffset latest = new(2400, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Member<decimal> AdvanceSeconds = Members.Number("advance_seconds", "How far the clock jumps.", 0, MaxSeconds);
    private static readonly Member<bool> Frozen = Members.Flag("frozen", "true: the clock stands; false: it runs.");
    private static readonly Shape Clock = new("SandboxClock", AdvanceSeconds, Frozen);

    public static void Map(WebApplication app, SandboxDatabase sandbox, Journal journal, Faults faults)
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
            faults.Set([]);
            journal.Clear();
            return Now(sandbox);
        }));
        app.MapGet("/_sandbox/clock", http => Answer(http, () => Now(sandbox)));
        app.MapPost("/_sandbox/clock", http => Answer(http, async () =>
        {
            var (seconds, frozen) = await Read(http, Clock, body => (body.Get(AdvanceSeconds), body.Get(Frozen)));
            if (!seconds.IsSet && !frozen.IsSet)
            {
                throw Problem.Invalid("advance_seconds", "advance_seconds, frozen, or both must be given.");
            }
            var by = TimeSpan.FromTicks((long)(seconds.Or(0) * TimeSpan.TicksPerSecond));
            if (sandbox.Clock.GetUtcNow() + by > latest)
            {
                throw Problem.Invalid("advance_seconds", $"advance_seconds must leave the clock before {latest:yyyy}.");
            }
            var now = sandbox.Clock.Advance(by);
            if (frozen is { IsSet: true, Value: true }) sandbox.Clock.Put(now);
            if (frozen is { IsSet: true, Value: false }) sandbox.Clock.RunFrom(now);
            return Now(sandbox);
        }));
        app.MapGet("/_sandbox/journal", http => Answer(http, () =>
        {
            var after = http.Request.Query["after"].ToString();
            if (after.Length > 0 && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                throw Problem.Invalid("after", "after must be the id of a call.");
            }
            return ListOf.Reply(Journal.Wire, journal.After(after.Length == 0 ? 0 : long.Parse(after, CultureInfo.InvariantCulture)));
        }));
        app.MapDelete("/_sandbox/journal", http => Answer(http, () =>
        {
            journal.Clear();
            return Reply.Empty();
        }));
        app.MapGet("/_sandbox/faults", http => Answer(http, () => ListOf.Reply(Faults.Wire, faults.Rules)));
        app.MapPut("/_sandbox/faults", http => Answer(http, async () =>
        {
            faults.Set(await Read(http, Faults.Shape, Faults.Read));
            return ListOf.Reply(Faults.Wire, faults.Rules);
        }));
    }

    internal static Reply Now(SandboxDatabase sandbox) => Reply.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("now", Times.Spell(sandbox.Clock.GetUtcNow(), TimeStyle.IsoMilliseconds));
        json.WriteBoolean("frozen", sandbox.Clock.Stands);
        json.WriteEndObject();
    });

    private static Task Answer(HttpContext http, Func<Reply> work) => Answer(http, () => Task.FromResult(work()));

    internal static async Task Answer(HttpContext http, Func<Task<Reply>> work)
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

    internal static async Task<T> Read<T>(HttpContext http, Shape shape, Func<Body, T> read)
    {
        var members = string.Join(", ", shape.Members.Select(member => member.Name));
        var accepted = $"The body must be a JSON object of at most {MaxBody} bytes with {members}.";
        if (http.Request.ContentLength > MaxBody) throw Problem.Invalid("body", accepted);
        var buffer = new byte[MaxBody + 1];
        var length = await http.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, http.RequestAborted);
        if (length > MaxBody) throw Problem.Invalid("body", accepted);
        try
        {
            using var json = JsonDocument.Parse(buffer.AsMemory(0, length));
            if (json.RootElement.ValueKind is not JsonValueKind.Object) throw Problem.Invalid("body", accepted);
            return Body.Read(json.RootElement, shape, NativeDialect.Policy, read);
        }
        catch (JsonException)
        {
            throw Problem.Invalid("body", accepted);
        }
    }
}
