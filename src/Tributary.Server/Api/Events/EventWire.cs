using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Log;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Events;

/// <summary>How our own API spells a line of the log; <c>Place</c> is where reading goes on after it.</summary>
internal sealed record EventView(LogEvent Event, string Place);

internal static class EventWire
{
    private static readonly Wire<Change> Change = new Wire<Change>("Change", "One field that changed.")
        .Text("field", c => c.Field, nullable: false)
        .Json("old", [], (json, c) => Write(json, c.Old), "The value before; null when there was none.")
        .Json("new", [], (json, c) => Write(json, c.New), "The value after; null when there is none.");

    public static readonly Wire<EventView> Event =
        new Wire<EventView>("Event", "One write: who, when, through what, which record, what changed.")
        .Text("cursor", e => e.Place, "Reading after it goes on with the next event.", nullable: false)
        .Whole("id", e => e.Event.Id)
        .Uid("uid", e => e.Event.Uid)
        .Instant("at", e => e.Event.At, TimeStyle.IsoMilliseconds)
        .Text("subject", e => e.Event.Subject, "The kind of record: deal, person, activity, deal_product, ….", nullable: false)
        .Whole("subject_id", e => e.Event.SubjectId)
        .Text("action", e => e.Event.Action, "created, updated, deleted, restored, merged, ….", nullable: false)
        .Whole("deal_id", e => e.Event.DealId, "The deal whose history it belongs to.")
        .Objects("changes", e => e.Event.Changes, Change)
        .Text("note", e => e.Event.Note)
        .Whole("actor_id", e => e.Event.ActorId, "The user; null for the server's own work.")
        .Text("dialect", e => e.Event.Dialect, "Through which surface.", nullable: false)
        .Whole("app_id", e => e.Event.AppId)
        .Whole("key_id", e => e.Event.KeyId)
        .Flag("is_bulk", e => e.Event.IsBulk, "One of many changes that a single call made.")
        .Wholes("automation_ids", e => e.Event.Chain, "The automations that led to it, first to last: the last one did it.");

    private static readonly (string, NotificationKind)[] NotificationKinds =
        [("assigned", NotificationKind.Assigned), ("mentioned", NotificationKind.Mentioned),
            ("webhook_paused", NotificationKind.WebhookPaused)];

    public static readonly Wire<Notification> Notification =
        new Wire<Notification>("Notification", "Something that others did and that the caller should look at.")
        .Word("kind", n => Words.Spell(NotificationKinds, n.Kind), Words.Spellings(NotificationKinds))
        .Instant("at", n => n.Event.At, TimeStyle.IsoMilliseconds)
        .Text("subject", n => n.Event.Subject, "The kind of record.", nullable: false)
        .Whole("subject_id", n => n.Event.SubjectId)
        .Whole("deal_id", n => n.Event.DealId, "The deal whose history it belongs to.")
        .Whole("event_id", n => n.Event.Id, "The line of the log.")
        .Whole("actor_id", n => n.Event.ActorId, "Who did it; null for the server's own work.");

    public static readonly ISchema List = new EventList();

    private static void Write(Utf8JsonWriter json, JsonElement? value)
    {
        if (value is { } known) known.WriteTo(json);
        else json.WriteNullValue();
    }

    private sealed class EventList : ISchema
    {
        public string? Name => "EventList";

        public JsonObject Schema(SchemaBook book)
        {
            var page = ListMembers.Page(book.Refer(Event), withTotal: false);
            page["properties"]!["next_cursor"]!["description"] =
                "Where reading goes on; also on the last page, so that later events can be asked for.";
            return page;
        }
    }
}
