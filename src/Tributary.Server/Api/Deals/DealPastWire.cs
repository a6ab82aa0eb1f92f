using System.Text.Json.Nodes;
using Tributary.Core.Deals;
using Tributary.Core.Log;
using Tributary.Server.Api.Activities;
using Tributary.Server.Api.Files;
using Tributary.Server.Api.Mail;
using Tributary.Server.Api.Notes;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Deals;

/// <summary>How our own API spells what has happened to a deal, a person or an organization.</summary>
internal static class DealPastWire
{
    public static readonly (string, TimelineKind)[] Kinds =
    [
        ("activity", TimelineKind.Activity), ("planned_activity", TimelineKind.PlannedActivity), ("note", TimelineKind.Note),
        ("file", TimelineKind.File), ("mail_message", TimelineKind.Mail),
        ("deal", TimelineKind.Deal), ("deal_change", TimelineKind.DealChange), ("person_change", TimelineKind.PersonChange),
        ("organization_change", TimelineKind.OrganizationChange),
        ("deal_follower", TimelineKind.DealFollower), ("person_follower", TimelineKind.PersonFollower),
        ("organization_follower", TimelineKind.OrganizationFollower),
        ("participant", TimelineKind.Participant),
    ];

    public static readonly Wire<DealChange> Change = new Wire<DealChange>("DealChange", "One field of a deal that changed.")
        .Whole("event_id", c => c.EventId)
        .Instant("at", c => c.At, TimeStyle.IsoMilliseconds)
        .Whole("deal_id", c => c.DealId, "Another one when that deal was merged into this.")
        .Text("action", c => c.Action, "What the whole change did: created, updated, deleted, merged, …", nullable: false)
        .Text("field", c => c.Field, nullable: false)
        .Json("old", Any(), (json, c) => Write(json, c.Old))
        .Json("new", Any(), (json, c) => Write(json, c.New))
        .Text("note", c => c.Note)
        .Whole("actor_id", c => c.ActorId, "The user; null for the program itself.")
        .Text("dialect", c => c.Dialect, "Through which API.", nullable: false)
        .Text("user_agent", c => c.UserAgent)
        .Flag("is_bulk", c => c.IsBulk);

    public static readonly Wire<DealPeopleChange> PeopleChange =
        new Wire<DealPeopleChange>("DealPeopleChange", "Someone began or ceased to follow a deal, or to take part in it.")
        .Word("action", c => c.Added ? "added" : "removed", ["added", "removed"])
        .Whole("subject_id", c => c.SubjectId, "The user who follows, or the person who takes part.")
        .Whole("actor_id", c => c.ActorId)
        .Instant("at", c => c.At, TimeStyle.IsoMilliseconds);

    public static readonly Wire<StageStay> Stay = new Wire<StageStay>("StageStay", "A deal's stay in one stage.")
        .Whole("from_stage_id", s => s.FromStageId, "null for the stage it was created in.")
        .Text("from_stage", s => s.FromStage)
        .Whole("stage_id", s => s.StageId)
        .Text("stage", s => s.Stage, nullable: false)
        .Instant("entered_at", s => s.EnteredAt, TimeStyle.IsoMilliseconds)
        .Whole("entered_by", s => s.EnteredBy)
        .Text("note", s => s.Note)
        .Instant("left_at", s => s.LeftAt, TimeStyle.IsoMilliseconds, "When it moved on or was closed; null while it is there.")
        .Whole("seconds", s => (long)s.Duration.TotalSeconds, "How long, until now while it is there.");

    public static readonly Wire<View<TimelineEntry>> Entry =
        new Wire<View<TimelineEntry>>("TimelineEntry", "One thing that happened: a record as it is now, or one change.")
        .Word("kind", e => Words.Spell(Kinds, e.Record.Kind), Words.Spellings(Kinds))
        .Instant("at", e => e.Record.At, TimeStyle.IsoMilliseconds)
        .Whole("id", e => e.Record.Id, "Of the record, or of the event.")
        .Text("field", e => e.Record.Change?.Field, when: e => e.Record.Change is not null)
        .Json("old", Any(), (json, e) => Write(json, e.Record.Change?.Old), when: e => e.Record.Change is not null)
        .Json("new", Any(), (json, e) => Write(json, e.Record.Change?.New), when: e => e.Record.Change is not null)
        .Text("note_of_change", e => e.Record.Event?.Note, when: e => e.Record.Event?.Note is not null)
        .Whole("actor_id", e => e.Record.Event?.ActorId, when: e => e.Record.Event is not null)
        .Text("dialect", e => e.Record.Event?.Dialect, when: e => e.Record.Event is not null)
        .Object("activity", e => e.Record.Activity, ActivityWire.Activity, when: e => e.Record.Activity is not null)
        .Object("note", e => e.Record.Note, NoteWire.Note, when: e => e.Record.Note is not null)
        .Object("file", e => e.Record.File, FileWire.File, when: e => e.Record.File is not null)
        .Object("mail_message", e => e.Record.Mail, MailWire.Header, when: e => e.Record.Mail is not null)
        .Object("deal", e => e.Record.Deal is { } deal ? new DealView(deal, e.Catalog) : null, DealWire.Deal,
            when: e => e.Record.Deal is not null);

    private static JsonObject Any() => new() { ["description"] = "The value, null when there was none." };

    private static void Write(System.Text.Json.Utf8JsonWriter json, System.Text.Json.JsonElement? value)
    {
        if (value is { } known) known.WriteTo(json);
        else json.WriteNullValue();
    }
}
