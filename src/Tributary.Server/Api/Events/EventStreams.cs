using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Events;

/// <summary>
/// The live readers of the log. Each holds one page at a time and reads the next when its client has taken that one, so a
/// slow client costs nothing but its own delay. Woken by this process' commits, and by looking every second for those of
/// other servers.
/// </summary>
internal sealed class EventStreams(Db db, EventService events, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private const int PageSize = 200;
    private const int MaxPerCredential = 50;

    private readonly ConcurrentDictionary<(long Workspace, (string, long) Credential), int> open = new();

    public Reply Open(Call call, LogPosition from, EventQuery query)
    {
        var credential = (call.Caller.Workspace, call.Caller.Credential);
        if (open.AddOrUpdate(credential, 1, (_, count) => count + 1) > MaxPerCredential)
        {
            Close(credential);
            throw new ProblemException(new(ProblemCode.TooMany, $"A credential may hold at most {MaxPerCredential} streams open.", []));
        }
        return Reply.Sent(async http =>
        {
            try
            {
                using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
                await Send(call, from, query, ends.Token);
            }
            catch (OperationCanceledException)
            {
                // The client has gone, or the server is going: either way this stream is done.
            }
            finally
            {
                Close(credential);
            }
        }).With("Content-Type", "text/event-stream").With("Cache-Control", "no-cache").With("X-Accel-Buffering", "no");
    }

    private async Task Send(Call call, LogPosition from, EventQuery query, CancellationToken ct)
    {
        var body = call.Http.Response.Body;
        // One place is enough to remember that something came: it is read whole then.
        var woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Wake(long workspace)
        {
            if (workspace == call.Caller.Workspace) woken.Writer.TryWrite(true);
        }
        db.LogAppended += Wake;
        try
        {
            await body.WriteAsync(": open\n\n"u8.ToArray(), ct);
            await body.FlushAsync(ct);
            var saidAt = clock.GetUtcNow();
            // Asked anew each time round: a key that was revoked, or sees less than before, must not read on.
            while (await call.Dialect.Authenticate(call.Http, ct) is { } caller && caller.MayRead("events"))
            {
                var page = await events.After(caller, from, query, PageSize, ct);
                from = page.Next;
                if (page.Events.Count > 0 || clock.GetUtcNow() - saidAt >= Heartbeat)
                {
                    await body.WriteAsync(page.Events.Count > 0 ? Text(caller, page.Events) : ": still here\n\n"u8.ToArray(), ct);
                    await body.FlushAsync(ct);
                    saidAt = clock.GetUtcNow();
                }
                if (!page.HasMore) await Wait(woken.Reader, ct);
            }
        }
        finally
        {
            db.LogAppended -= Wake;
        }
    }

    private byte[] Text(Caller caller, IReadOnlyList<LogEvent> page)
    {
        using var text = new MemoryStream();
        foreach (var one in page)
        {
            var place = events.Seal(caller, new(one.Tx, one.Id));
            text.Write(Encoding.UTF8.GetBytes($"id: {place}\nevent: {one.Subject}.{one.Action}\ndata: "));
            using (var json = new Utf8JsonWriter(text)) EventWire.Event.Write(json, new(one, place));
            text.Write("\n\n"u8);
        }
        return text.ToArray();
    }

    private async Task Wait(ChannelReader<bool> woken, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Poll, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await woken.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Nothing from this process; another server may have written.
        }
    }

    private void Close((long, (string, long)) credential)
    {
        if (open.AddOrUpdate(credential, 0, (_, count) => count - 1) == 0) open.TryRemove(new(credential, 0));
    }
}
