using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>What happened to a deal: "List updates about deal field values", "List updates about a deal", "List updates about participants of a deal".</summary>
internal static class DealPastRoutes
{
    private const string Tag = "Deals v1";

    /// <summary>What "items" may name, and what it is here; kinds of records that there are none of give nothing.</summary>
    private static readonly (string Word, TimelineKind[] Kinds)[] Kinds =
    [
        ("call", []), ("activity", [TimelineKind.Activity]), ("plannedActivity", [TimelineKind.PlannedActivity]),
        ("change", [TimelineKind.DealChange, TimelineKind.PersonChange, TimelineKind.OrganizationChange]), ("note", [TimelineKind.Note]), ("deal", [TimelineKind.Deal]),
        ("file", [TimelineKind.File]), ("dealChange", [TimelineKind.DealChange]), ("personChange", [TimelineKind.PersonChange]), ("organizationChange", [TimelineKind.OrganizationChange]),
        ("follower", [TimelineKind.DealFollower, TimelineKind.PersonFollower, TimelineKind.OrganizationFollower]), ("dealFollower", [TimelineKind.DealFollower]),
        ("personFollower", [TimelineKind.PersonFollower]), ("organizationFollower", [TimelineKind.OrganizationFollower]), ("participant", [TimelineKind.Participant]), ("comment", []),
        ("mailMessage", [TimelineKind.Mail]), (WithAttachment, [TimelineKind.Mail]), ("invoice", []), ("document", []), ("marketing_campaign_stat", []), ("marketing_status_change", []),
    ];

    private const string WithAttachment = "mailMessageWithAttachment";

    private static readonly Member<bool> AllChanges = Members.Flag("all_changes", "1: changes of custom fields too.");
    private static readonly Member<Seq<string>> Items = Members.List("items", "The kinds of items to show, comma-separated; all when left out.",
        Members.Word("", "", [.. Kinds.Select(kind => (kind.Word, kind.Word))]), 30);

    private static readonly Many<DealChange> Changes = new(PastWire.Change);
    private static readonly Many<DealPeopleChange> Participants = new(PastWire.Participant);
    private static readonly Many<FlowItem> Flow = new(PastWire.Item);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals/{id}/changelog", "getDealChangelog", Changelog)
        {
            Tag = Tag, Summary = "List updates about deal field values", Cost = 20, Parameters = [DealRoutes.Id, .. CursorList.Parameters], Answer = Changes,
        },
        new("GET", "/deals/{id}/flow", "getDealUpdates", ListFlow)
        {
            Tag = Tag, Summary = "List updates about a deal", Cost = 40, Parameters = [DealRoutes.Id, .. Paging.Parameters, AllChanges, Items], Answer = Flow,
            CoverageNote = "There are no calls, comments, invoices, documents and campaigns to show.",
        },
        new("GET", "/deals/{id}/participantsChangelog", "getDealParticipantsChangelog", ParticipantsChangelog)
        {
            Tag = Tag, Summary = "List updates about participants of a deal", Cost = 10, Parameters = [DealRoutes.Id, .. CursorList.Parameters], Answer = Participants,
        },
    ];

    private static async Task<Reply> Changelog(Call call)
    {
        var id = call.Path(DealRoutes.Id, "deal");
        var (cursor, limit) = CursorList.Read(call);
        call.Checked();
        var page = await call.Service<DealService>().Changelog(call.Caller, id, V1Words.Unspoken, cursor, limit, call.Ct);
        return Changes.Page(page.Items, page.NextCursor);
    }

    private static async Task<Reply> ParticipantsChangelog(Call call)
    {
        var id = call.Path(DealRoutes.Id, "deal");
        var (cursor, limit) = CursorList.Read(call);
        call.Checked();
        var page = await call.Service<DealService>().ParticipantsChangelog(call.Caller, id, cursor, limit, call.Ct);
        return Participants.Page(page.Items, page.NextCursor);
    }

    private static async Task<Reply> ListFlow(Call call)
    {
        var id = call.Path(DealRoutes.Id, "deal");
        var query = Paging.Read(call);
        var (all, items) = (call.Query(AllChanges, false), call.Query(Items, []));
        call.Checked();
        var asked = new TimelineQuery
        {
            Kinds = items.Count == 0 ? null : [.. Kinds.Where(kind => items.Contains(kind.Word)).SelectMany(kind => kind.Kinds).Distinct()],
            WithCustomFields = all,
            Without = V1Words.Unspoken,
            OnlyMailWithAttachments = items.Contains(WithAttachment) && !items.Contains("mailMessage"),
            Offset = Math.Min(query.Offset ?? 0, TimelineQuery.MaxOffset),
            Limit = query.Limit,
        };
        // Whoever may read a deal may read what happened around it.
        var page = await call.Service<TimelineService>().OfDeal(Permissions.AroundDeals(call.Caller), id, asked, call.Ct);
        var names = await Named.Of(call, FlowItem.NamesOf(page.Items));
        return Flow.Page([.. page.Items.Select(entry => new FlowItem(entry, names, call.BaseUrl, call.Caller.UserId))], query, page.HasMore, names.Related(page.Items.Select(entry => entry.Event?.ActorId)));
    }
}

/// <summary>One entry of the flow, with the records it names.</summary>
internal sealed record FlowItem(TimelineEntry Entry, Named Names, string BaseUrl, long? Reader)
{
    public static Names NamesOf(IReadOnlyList<TimelineEntry> entries)
    {
        var all = new[]
        {
            ActivityView.NamesOf([.. entries.Select(entry => entry.Activity).OfType<Core.Activities.Activity>()]),
            NoteView.NamesOf([.. entries.Select(entry => entry.Note).OfType<Core.Notes.Note>()]),
            FileView.NamesOf([.. entries.Select(entry => entry.File).OfType<Core.Files.StoredFile>()]),
            MailView.NamesOf([.. entries.Select(entry => entry.Mail).OfType<Core.Mail.MailMessage>()]),
        };
        return new()
        {
            Deals = all.SelectMany(names => names.Deals),
            Persons = all.SelectMany(names => names.Persons).Concat(entries.Where(entry => entry.Kind is TimelineKind.Participant).Select(Person)),
            Organizations = all.SelectMany(names => names.Organizations),
            Leads = all.SelectMany(names => names.Leads),
            Products = all.SelectMany(names => names.Products),
        };
    }

    /// <summary>Whom a change of participants or followers is about.</summary>
    public static long? Person(TimelineEntry entry) => (entry.Change?.New ?? entry.Change?.Old) is { ValueKind: JsonValueKind.Number } id ? id.GetInt64() : null;

    public string Object => Entry.Kind switch
    {
        TimelineKind.Activity => "activity",
        TimelineKind.PlannedActivity => "plannedActivity",
        TimelineKind.Note => "note",
        TimelineKind.File => "file",
        TimelineKind.Mail => Entry.Mail!.HasAttachments ? "mailMessageWithAttachment" : "mailMessage",
        TimelineKind.Deal => "deal",
        TimelineKind.DealChange => "dealChange",
        TimelineKind.PersonChange => "personChange",
        TimelineKind.OrganizationChange => "organizationChange",
        TimelineKind.DealFollower => "dealFollower",
        TimelineKind.PersonFollower => "personFollower",
        TimelineKind.OrganizationFollower => "organizationFollower",
        TimelineKind.Participant => "participant",
    };

    public void WriteData(Utf8JsonWriter json)
    {
        switch (Entry)
        {
            case { Activity: { } activity }:
                ActivityWire.Activity.Write(json, new(activity, Names));
                break;
            case { Note: { } note }:
                NoteWire.Note.Write(json, new(note, Names, Reader));
                break;
            case { File: { } file }:
                FileWire.File.Write(json, new(file, Names, BaseUrl));
                break;
            case { Mail: { } mail }:
                MailWire.Message.Write(json, new(mail, Names));
                break;
            case { Kind: TimelineKind.Participant or TimelineKind.DealFollower or TimelineKind.PersonFollower or TimelineKind.OrganizationFollower }:
                PastWire.People.Write(json, this);
                break;
            default:
                PastWire.FieldChange.Write(json, this);
                break;
        }
    }
}

/// <summary>How v1 spells changes (reference §9.6): in the changelog values are texts or null, in the flow they keep their kind.</summary>
internal static class PastWire
{
    private static readonly JsonObject Value = new() { ["type"] = new JsonArray("string", "number", "boolean", "array", "object", "null") };

    public static readonly Wire<DealChange> Change = new Wire<DealChange>("DealChangeV1")
        .Text("field_key", c => V1Words.DealField(c.Field), nullable: false)
        .Text("old_value", c => Text(c.Field, c.Old))
        .Text("new_value", c => Text(c.Field, c.New))
        .Whole("actor_user_id", c => c.ActorId)
        .Instant("time", c => c.At, Spell.V1Time)
        .Text("change_source", c => Source(c.Dialect), nullable: false)
        .Text("change_source_user_agent", c => c.UserAgent)
        .Flag("is_bulk_update_flag", c => c.IsBulk);

    public static readonly Wire<DealPeopleChange> Participant = new Wire<DealPeopleChange>("ParticipantChangeV1")
        .Whole("actor_user_id", c => c.ActorId)
        .Whole("person_id", c => c.SubjectId)
        .Word("action", c => c.Added ? "added" : "removed", ["added", "removed"])
        .Instant("time", c => c.At, Spell.V1Time);

    public static readonly Wire<FlowItem> FieldChange = new Wire<FlowItem>("FlowChangeV1")
        .Whole("id", f => f.Entry.Id)
        .Whole("item_id", f => f.Entry.Event!.SubjectId)
        .Whole("user_id", f => f.Entry.Event!.ActorId)
        .Text("field_key", f => V1Words.DealField(f.Entry.Change!.Field), nullable: false)
        .Json("old_value", (JsonObject)Value.DeepClone(), (json, f) => Plain(json, f.Entry.Change!.Field, f.Entry.Change.Old))
        .Json("new_value", (JsonObject)Value.DeepClone(), (json, f) => Plain(json, f.Entry.Change!.Field, f.Entry.Change.New))
        .Json("is_bulk_update_flag", new() { ["type"] = new JsonArray("boolean", "null") }, (json, f) =>
        {
            if (f.Entry.Event!.IsBulk) json.WriteBooleanValue(true);
            else json.WriteNullValue();
        })
        .Instant("log_time", f => f.Entry.At, Spell.V1Time)
        .Text("change_source", f => Source(f.Entry.Event!.Dialect), nullable: false)
        .Text("change_source_user_agent", f => f.Entry.Event!.UserAgent)
        .Json("additional_data", new() { ["type"] = new JsonArray("object", "array") }, WriteFormatted);

    public static readonly Wire<FlowItem> People = new Wire<FlowItem>("FlowPeopleV1")
        .Whole("id", f => f.Entry.Id)
        .Whole("item_id", f => f.Entry.Event!.SubjectId)
        .Whole("user_id", f => f.Entry.Kind is TimelineKind.Participant ? f.Entry.Event!.ActorId : FlowItem.Person(f.Entry))
        .Whole("person_id", f => FlowItem.Person(f.Entry), when: f => f.Entry.Kind is TimelineKind.Participant)
        .Whole("actor_user_id", f => f.Entry.Event!.ActorId)
        .Word("action", f => f.Entry.Change!.New is null ? "removed" : "added", ["added", "removed"])
        .Instant("log_time", f => f.Entry.At, Spell.V1Time);

    public static readonly Wire<FlowItem> Item = new Wire<FlowItem>("FlowItemV1")
        .Text("object", f => f.Object, nullable: false)
        .Instant("timestamp", f => f.Entry.At, Spell.V1Time)
        .Json("data", new() { ["type"] = "object", ["additionalProperties"] = true }, (json, f) => f.WriteData(json));

    /// <summary>"app" for people at a screen, else "api".</summary>
    private static string Source(string dialect) => dialect is "web" or "cli" or "system" ? "app" : "api";

    /// <summary>The value as a text: numbers plainly, moments as v1 spells them, lists comma-separated.</summary>
    private static string? Text(string field, JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => Moment(text) ?? text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        { ValueKind: JsonValueKind.True } => "1",
        { ValueKind: JsonValueKind.False } => "0",
        { ValueKind: JsonValueKind.Array } list => string.Join(',', list.EnumerateArray().Select(one => one.ValueKind is JsonValueKind.String ? one.GetString() : one.GetRawText())),
        { } other => other.TryGetProperty("value", out var inner) ? Text(field, inner) : other.GetRawText(),
    };

    private static void Plain(Utf8JsonWriter json, string field, JsonElement? value)
    {
        if (value is { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } plain) plain.WriteTo(json);
        else json.WriteStringValue(Text(field, value));
    }

    // {"old_value_formatted","new_value_formatted"} where ids and amounts have names, else [] (recorded from the live API).
    private static void WriteFormatted(Utf8JsonWriter json, FlowItem item)
    {
        var (change, catalog) = (item.Entry.Change!, item.Names.Catalog);
        Func<long, string?>? name = change.Field switch
        {
            "stage_id" => id => catalog.Stage(id)?.Name,
            "pipeline_id" => id => catalog.Pipeline(id)?.Name,
            "owner_id" or "creator_id" => id => catalog.User(id)?.Name,
            _ => null,
        };
        if (name is null)
        {
            json.WriteStartArray();
            json.WriteEndArray();
            return;
        }
        json.WriteStartObject();
        json.WriteString("old_value_formatted", Of(change.Old));
        json.WriteString("new_value_formatted", Of(change.New));
        json.WriteEndObject();

        string? Of(JsonElement? value) => value is { ValueKind: JsonValueKind.Number } id ? name(id.GetInt64()) : null;
    }

    // The log keeps moments with milliseconds and a Z; nothing else looks like that.
    private static string? Moment(JsonElement value)
    {
        var text = value.GetString()!;
        return text.Length == 24 && text[^1] == 'Z' && Times.TryInstant(text, out var instant) ? Times.Spell(instant, Spell.V1Time) : null;
    }
}
