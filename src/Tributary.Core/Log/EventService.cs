using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Log;

/// <summary>Which lines of the log are wanted.</summary>
public sealed record EventQuery
{
    /// <summary>The noun: "deal", "person", ….</summary>
    public string? Subject { get; init; }
    public long? SubjectId { get; init; }
    public string? Action { get; init; }
    public long? DealId { get; init; }
}

/// <summary>Which lines of the audit log are wanted: also by who wrote them, through what, and when.</summary>
public sealed record AuditQuery
{
    public EventQuery Events { get; init; } = new();
    public long? ActorId { get; init; }
    public string? Dialect { get; init; }
    public long? KeyId { get; init; }
    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Until { get; init; }
}

/// <summary>
/// Lines of the log in commit order, and the place after the last line looked at: reading on from it skips and repeats nothing.
/// </summary>
public sealed record EventPage(IReadOnlyList<LogEvent> Events, LogPosition Next, bool HasMore);

/// <summary>Reads the log for those who follow what happens. Nobody is told of a record they do not see.</summary>
public sealed class EventService(Db db)
{
    private const int ReadAtOnce = 500;

    // A caller who sees next to nothing must not hold a request open for the whole log: they get an empty page and read on.
    private const int MaxLookedAt = 5_000;

    /// <summary>
    /// Up to <paramref name="limit"/> lines behind a position, in commit order; fewer, with more to come, where the caller sees little.
    /// </summary>
    public async Task<EventPage> After(Caller caller, LogPosition position, EventQuery query, int limit, CancellationToken ct)
    {
        caller.MustRead("events");
        await using var tx = await db.Read(caller.Workspace, ct);
        var found = new List<LogEvent>();
        for (var lookedAt = 0; lookedAt < MaxLookedAt;)
        {
            var events = await EventStore.After(tx, position, query, ReadAtOnce);
            var visible = (await EventSight.Visible(tx, caller, events)).ToDictionary(@event => @event.Id);
            foreach (var @event in events)
            {
                if (visible.TryGetValue(@event.Id, out var told))
                {
                    if (found.Count == limit) return new(found, position, true);
                    found.Add(told);
                }
                position = new(@event.Tx, @event.Id);
            }
            if (events.Count < ReadAtOnce) return new(found, position, false);
            lookedAt += events.Count;
        }
        return new(found, position, true);
    }

    /// <summary>Newest first, for admins, who see every record; the end is where the next page goes on.</summary>
    public async Task<EventPage> Newest(Caller caller, LogPosition? before, AuditQuery query, int limit, CancellationToken ct)
    {
        caller.MustAdminister("events");
        await using var tx = await db.Read(caller.Workspace, ct);
        var events = await EventStore.Before(tx, before ?? LogPosition.End, query, limit + 1);
        var page = events.Take(limit).ToList();
        return new(page, page.Count == 0 ? before ?? LogPosition.End : new(page[^1].Tx, page[^1].Id), events.Count > limit);
    }

    /// <summary>Where the log ends now, for those who want to know only what comes.</summary>
    public async Task<LogPosition> End(Caller caller, CancellationToken ct)
    {
        caller.MustRead("events");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await EventStore.Last(tx);
    }

    /// <summary>A place in the log as a text that clients keep; nobody else's workspace can be asked with it.</summary>
    public string Seal(Caller caller, LogPosition position) =>
        db.Cursors.Seal(JsonSerializer.SerializeToUtf8Bytes(new object[] { caller.Workspace, "events", position.Tx, position.EventId }));

    /// <summary>Reads what <see cref="Seal"/> wrote; refuses another workspace's and whatever this server did not write.</summary>
    public LogPosition Open(Caller caller, string cursor)
    {
        if (db.Cursors.TryOpen(cursor, out var payload))
        {
            using var document = JsonDocument.Parse(payload);
            var parts = document.RootElement;
            if (parts.GetArrayLength() == 4 && parts[0].GetInt64() == caller.Workspace && parts[1].ValueKind is JsonValueKind.String
                && parts[1].GetString() == "events")
            {
                return new(parts[2].GetInt64(), parts[3].GetInt64());
            }
        }
        throw Problem.Invalid("cursor", "cursor must be a place in the log that this server gave.");
    }
}
