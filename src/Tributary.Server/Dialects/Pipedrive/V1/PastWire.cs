using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Deals;
using Tributary.Core.Log;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

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

    public static readonly Wire<LoggedChange> ContactChange = new Wire<LoggedChange>("ContactChangeV1")
        .Text("field_key", c => V1Words.Field(c.Event.Subject, c.Change.Field), nullable: false)
        .Text("old_value", c => Text(c.Change.Field, c.Change.Old))
        .Text("new_value", c => Text(c.Change.Field, c.Change.New))
        .Whole("actor_user_id", c => c.Event.ActorId)
        .Instant("time", c => c.Event.At, Spell.V1Time)
        .Text("change_source", c => Source(c.Event.Dialect), nullable: false)
        .Text("change_source_user_agent", c => c.Event.UserAgent)
        .Flag("is_bulk_update_flag", c => c.Event.IsBulk);

    public static readonly Wire<DealPeopleChange> Participant = new Wire<DealPeopleChange>("ParticipantChangeV1")
        .Whole("actor_user_id", c => c.ActorId)
        .Whole("person_id", c => c.SubjectId)
        .Word("action", c => c.Added ? "added" : "removed", ["added", "removed"])
        .Instant("time", c => c.At, Spell.V1Time);

    public static readonly Wire<FlowItem> FieldChange = new Wire<FlowItem>("FlowChangeV1")
        .Whole("id", f => f.Id)
        .Whole("item_id", f => f.Entry.Event!.SubjectId)
        .Whole("user_id", f => f.Entry.Event!.ActorId)
        .Text("field_key", f => V1Words.Field(f.Entry.Event!.Subject, f.Entry.Change!.Field), nullable: false)
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
        .Whole("id", f => f.Id)
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
        { ValueKind: JsonValueKind.Array } list =>
            string.Join(',',
                list.EnumerateArray().Select(one => one.ValueKind is JsonValueKind.String ? one.GetString() : one.GetRawText())),
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
