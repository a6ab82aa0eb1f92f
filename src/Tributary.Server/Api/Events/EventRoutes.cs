using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Events;

internal static class EventRoutes
{
    private static readonly Member<string> Cursor = Members.Text("cursor", "Where an earlier page ended; left out: from the beginning of the log.", 8192);
    private static readonly Member<string> After = Members.Text("after", "The cursor of the last event known; left out: only what comes. Last-Event-ID says the same.", 8192);
    private static readonly Member<string> Subject = Members.Text("subject", "Events of this kind of record.", 50);
    private static readonly Member<long> SubjectId = Members.Id("subject_id", "Events of the record with this id.");
    private static readonly Member<string> Action = Members.Text("action", "Events of this kind.", 50);
    private static readonly Member<long> DealId = Members.Id("deal_id", "Events of this deal and of what hangs on it.");

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/events", "listEvents", List)
        {
            Tag = "Events", Summary = "Read the log, oldest first",
            Description = "Every write appends one event, in the same transaction. Reading on from next_cursor skips nothing and repeats nothing. Events of records that the caller does not see are left out.",
            Parameters = [ListMembers.Limit, Cursor, Subject, SubjectId, Action, DealId], Answer = EventWire.List,
        },
        new("GET", "/events/stream", "streamEvents", Stream)
        {
            Tag = "Events", Summary = "Follow the log as server-sent events",
            Description = "Each event's id is its cursor: a client that reconnects with Last-Event-ID goes on where it was. A comment every 15 seconds keeps the line open. The stream ends when the credential stops opening.",
            Parameters = [After, Subject, SubjectId, Action, DealId], Answer = EventWire.Event, AnswerType = "text/event-stream",
        },
    ];

    private static async Task<Reply> List(Call call)
    {
        var query = Query(call);
        var (limit, cursor) = (call.Query(ListMembers.Limit, ListMembers.DefaultLimit), call.Query(Cursor));
        call.Checked();
        var events = call.Service<EventService>();
        var from = cursor.IsSet ? Place(call, Cursor.Name, "query", cursor.Value) : LogPosition.Start;
        var page = await events.After(call.Caller, from, query, (int)limit, call.Ct);
        var views = page.Events.Select(one => new EventView(one, events.Seal(call.Caller, new(one.Tx, one.Id)))).ToList();
        return ListMembers.Reply(EventWire.Event, new(views, events.Seal(call.Caller, page.Next), page.HasMore, null), null);
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
        Subject = call.Query(Subject) is { IsSet: true, Value: var subject } ? subject : null,
        SubjectId = call.Query(SubjectId) is { IsSet: true, Value: var id } ? id : null,
        Action = call.Query(Action) is { IsSet: true, Value: var action } ? action : null,
        DealId = call.Query(DealId) is { IsSet: true, Value: var deal } ? deal : null,
    };

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
