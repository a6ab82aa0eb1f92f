using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Events;

internal static class EventRoutes
{
    private static readonly Member<long> Deal = RecordMembers.PathId;
    private static readonly Member<string> Cursor =
        Members.Text("cursor", "Where an earlier page ended; left out: from the beginning of the log.", 8192);
    private static readonly Member<string> PageCursor = Members.Text("cursor", "Where the page before ended; left out: the newest.", 8192);
    private static readonly Member<long> ActorId = Members.Id("actor_id", "What this user did.");
    private static readonly Member<string> Through =
        Members.Text("dialect", "What was done through this surface: native, web, pipedrive, cli, automation, ….", 50);
    private static readonly Member<long> KeyId = Members.Id("key_id", "What was done with this key.");
    private static readonly Member<DateTimeOffset> Since = Members.Instant("since", "Done then or later.");
    private static readonly Member<DateTimeOffset> Until = Members.Instant("until", "Done then or earlier.");
    private static readonly Member<string> After =
        Members.Text("after", "The cursor of the last event known; left out: only what comes. Last-Event-ID says the same.", 8192);
    private static readonly Member<string> Subject = Members.Text("subject", "Events of this kind of record.", 50);
    private static readonly Member<long> SubjectId = Members.Id("subject_id", "Events of the record with this id.");
    private static readonly Member<string> Action = Members.Text("action", "Events of this kind.", 50);
    private static readonly Member<long> DealId = Members.Id("deal_id", "Events of this deal and of what hangs on it.");

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/events", "listEvents", List)
        {
            Tag = "Events", Summary = "Read the log, oldest first",
            Description =
                "Every write appends one event, in the same transaction. Reading on from next_cursor skips nothing and repeats nothing. Events of records that the caller does not see are left out.",
            Parameters = [ListMembers.Limit, Cursor, Subject, SubjectId, Action, DealId], Answer = EventWire.List,
        },
        new("GET", "/deals/{id}/events", "listDealEvents", call => List(call, call.Path(Deal, "deal")))
        {
            Tag = "Deals", Summary = "Read a deal's part of the log, oldest first",
            Description =
                "All that was written to the deal and to what hangs on it: activities, notes, files, products. Reading on from next_cursor skips nothing and repeats nothing.",
            Parameters = [Deal, ListMembers.Limit, Cursor, Subject, Action], Answer = EventWire.List,
        },
        new("GET", "/events/newest", "listNewestEvents", Newest)
        {
            Tag = "Events", Summary = "Read the log, newest first; for admins",
            Description =
                "Who did what, when and through what. A page goes on where the one before ended; what was written meanwhile is not in it.",
            Parameters = [ListMembers.Limit, PageCursor, Subject, SubjectId, Action, DealId, ActorId, Through, KeyId, Since, Until],
            Answer = EventWire.List,
        },
        new("GET", "/notifications", "listNotifications", Notifications)
        {
            Tag = "Events", Summary = "See what others did lately that concerns the caller, newest first",
            Description =
                "Deals, leads and activities that became the caller's, notes that name them behind an @, and, for admins, webhooks that the server paused: of the newest 1,000 lines of the log, not older than 14 days, at most 50.",
            Answer = new ListOf("NotificationList", EventWire.Notification),
        },
        new("GET", "/events/stream", "streamEvents", Stream)
        {
            Tag = "Events", Summary = "Follow the log as server-sent events",
            Description =
                "Each event's id is its cursor: a client that reconnects with Last-Event-ID goes on where it was. A comment every 15 seconds keeps the line open. The stream ends when the credential stops opening.",
            Parameters = [After, Subject, SubjectId, Action, DealId], Answer = EventWire.Event, AnswerType = "text/event-stream",
        },
    ];

    private static Task<Reply> List(Call call) => List(call, Query(call));

    private static async Task<Reply> List(Call call, long deal)
    {
        var query = Query(call) with { DealId = deal };
        call.Checked();
        await call.Service<DealService>().Get(call.Caller, deal, call.Ct);
        return await List(call, query);
    }

    private static async Task<Reply> List(Call call, EventQuery query)
    {
        var (limit, cursor) = (call.Query(ListMembers.Limit, ListMembers.DefaultLimit), call.Query(Cursor));
        call.Checked();
        var events = call.Service<EventService>();
        var from = cursor.IsSet ? Place(call, Cursor.Name, "query", cursor.Value) : LogPosition.Start;
        var page = await events.After(call.Caller, from, query, (int)limit, call.Ct);
        var views = page.Events.Select(one => new EventView(one, events.Seal(call.Caller, new(one.Tx, one.Id)))).ToList();
        return ListMembers.Reply(EventWire.Event, new(views, events.Seal(call.Caller, page.Next), page.HasMore, null), null);
    }

    private static async Task<Reply> Newest(Call call)
    {
        call.Caller.MustAdminister("events");
        var (limit, cursor) = (call.Query(ListMembers.Limit, ListMembers.DefaultLimit), call.Query(PageCursor));
        var query = new AuditQuery
        {
            Events = Query(call),
            ActorId = Wanted(call, ActorId, out var actor) ? actor : null,
            Dialect = Wanted(call, Through, out var dialect) ? dialect : null,
            KeyId = Wanted(call, KeyId, out var key) ? key : null,
            Since = Wanted(call, Since, out var since) ? since : null,
            Until = Wanted(call, Until, out var until) ? until : null,
        };
        call.Checked();
        var events = call.Service<EventService>();
        LogPosition? before = cursor.IsSet ? Place(call, PageCursor.Name, "query", cursor.Value) : null;
        var page = await events.Newest(call.Caller, before, query, (int)limit, call.Ct);
        var views = page.Events.Select(one => new EventView(one, events.Seal(call.Caller, new(one.Tx, one.Id)))).ToList();
        return ListMembers.Reply(EventWire.Event, new(views, page.HasMore ? events.Seal(call.Caller, page.Next) : null, page.HasMore, null),
            null);
    }

    private static async Task<Reply> Notifications(Call call)
    {
        call.Checked();
        return ListOf.Reply(EventWire.Notification, await call.Service<NotificationService>().Newest(call.Caller, call.Ct));
    }

    private static async Task<Reply> Stream(Call call)
    {
        var query = Query(call);
        var after = call.Query(After);
        call.Checked();
        var resumed = call.Http.Request.Headers["Last-Event-ID"].ToString();
        var from = resumed.Length > 0 ? Place(call, "Last-Event-ID", "header", resumed)
            : after.IsSet ? Place(call, After.Name, "query", after.Value)
            : await call.Service<EventService>().End(call.Caller, call.Ct);
        return call.Service<EventStreams>().Open(call, from, query);
    }

    private static EventQuery Query(Call call) => new()
    {
        Subject = Wanted(call, Subject, out var subject) ? subject : null,
        SubjectId = Wanted(call, SubjectId, out var id) ? id : null,
        Action = Wanted(call, Action, out var action) ? action : null,
        DealId = Wanted(call, DealId, out var deal) ? deal : null,
    };

    /// <summary>Of the filters that this operation has.</summary>
    private static bool Wanted<T>(Call call, Member<T> member, out T value)
    {
        var field = call.Operation.Parameters.Contains(member) ? call.Query(member) : default;
        value = field.IsSet ? field.Value : default!;
        return field.IsSet;
    }

    private static LogPosition Place(Call call, string name, string @in, string cursor)
    {
        try
        {
            return call.Service<EventService>().Open(call.Caller, cursor);
        }
        catch (ProblemException refused) when (refused.Problem.Code is ProblemCode.Invalid)
        {
            throw Problem.Invalid([new(name, $"{name} must be the cursor of an event that this server gave.", @in)]);
        }
    }
}
