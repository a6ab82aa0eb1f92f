using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;

namespace Tributary.Core.Automations;

/// <summary>
/// The JSON spelling of triggers and actions, in storage and in requests:
/// <code>
/// {"on": "created"}   {"on": "updated", "field": "value"}   {"on": "stage_changed", "stage_id": 7}   {"on": "won"}   {"on": "lost"}
/// {"on": "rotten"}    {"on": "date_reached", "field": "expected_close", "days": -3}
///
/// {"do": "create_activity", "subject": "Call them", "activity_type": "call", "due_in_days": 2, "due_time": "09:00", "owner_id": 5, "note":
/// "…"}
/// {"do": "set_field", "field": "priority", "value": "high"}   {"do": "set_field", "field": "next_followup_at", "in_days": 7}
/// {"do": "move", "stage_id": 7}         {"do": "assign", "user_id": 5, "as": "owner"}
/// {"do": "tag", "add": ["hot"], "remove": ["cold"]}           {"do": "label", "add": [3], "remove": [4]}
/// {"do": "follow", "user_id": 5}        {"do": "call_webhook", "webhook_id": 9}
/// </code>
/// Everything that is misspelled is named at once, by its place: "actions.0.stage_id".
/// </summary>
public static class AutomationJson
{
    public const int MaxActions = 20;

    public static readonly IReadOnlyList<string> Triggers = [.. Enum.GetValues<TriggerKind>().Select(Word)];

    public static readonly IReadOnlyList<string> Actions =
        ["create_activity", "set_field", "move", "assign", "tag", "label", "follow", "call_webhook"];

    /// <summary>None when it is misspelled; what is wrong is added to the refusals.</summary>
    public static Trigger? Trigger(JsonElement json, ICollection<FieldError> wrong)
    {
        if (AutomationPart.Of(json, "trigger", wrong) is not { } part) return null;
        var on = part.Text("on");
        var known = Triggers.IndexOf(on) is var index and >= 0 ? (TriggerKind?)index : null;
        if (known is not { } kind)
        {
            part.Fail("on", $"on must be one of {string.Join(", ", Triggers)}");
            return null;
        }
        var trigger = kind switch
        {
            TriggerKind.Updated => new Trigger(kind) { Field = part.Text("field", isRequired: false) },
            TriggerKind.StageChanged => new Trigger(kind) { StageId = part.Id("stage_id", isRequired: false) },
            TriggerKind.DateReached => new Trigger(kind)
            {
                Field = part.Text("field"),
                Days = (int)(part.Whole("days", -AutomationRules.MaxDays, AutomationRules.MaxDays) ?? 0),
            },
            _ => new Trigger(kind),
        };
        return part.IsGood("on") ? trigger : null;
    }

    /// <summary>What is wrong with any of them is added to the refusals.</summary>
    public static Seq<AutomationAction> ReadActions(JsonElement json, ICollection<FieldError> wrong)
    {
        if (json.ValueKind is not JsonValueKind.Array || json.GetArrayLength() is 0 or > MaxActions)
        {
            wrong.Add(new("actions", $"actions must be a list of 1 to {MaxActions} actions."));
            return [];
        }
        return [.. json.EnumerateArray().Select((one, i) => Action(one, $"actions.{i}", wrong) ?? new AutomationAction.Unreadable())];
    }

    /// <summary>What an automation says, to look for names of fields in.</summary>
    internal static string Told(Automation automation) =>
        Write(automation.Trigger).ToJsonString() + ConditionJson.Write(automation.Filter) + Write(automation.Actions).ToJsonString();

    public static JsonObject Write(Trigger trigger)
    {
        var json = new JsonObject { ["on"] = Word(trigger.Kind) };
        if (trigger.Field is { } field) json["field"] = field;
        if (trigger.StageId is { } stage) json["stage_id"] = stage;
        if (trigger.Kind is TriggerKind.DateReached) json["days"] = trigger.Days;
        return json;
    }

    public static JsonArray Write(Seq<AutomationAction> actions) => new([.. actions.Select(Write)]);

    public static string Word(AutomationAction action) => action switch
    {
        AutomationAction.CreateActivity => "create_activity",
        AutomationAction.SetField => "set_field",
        AutomationAction.Move => "move",
        AutomationAction.Assign => "assign",
        AutomationAction.Tag => "tag",
        AutomationAction.Label => "label",
        AutomationAction.Follow => "follow",
        AutomationAction.CallWebhook => "call_webhook",
        _ => throw new InvalidOperationException("Actions are a closed set."),
    };

    public static string Word(TriggerKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private static AutomationAction? Action(JsonElement json, string place, ICollection<FieldError> wrong)
    {
        if (AutomationPart.Of(json, place, wrong) is not { } part) return null;
        AutomationAction? action = part.Text("do") switch
        {
            "create_activity" => new AutomationAction.CreateActivity(part.Text("subject") ?? "")
            {
                ActivityType = part.Text("activity_type", isRequired: false),
                Note = part.Text("note", isRequired: false),
                DueInDays = (int)(part.Whole("due_in_days", 0, AutomationRules.MaxDays) ?? 0),
                DueTime = part.Text("due_time", isRequired: false),
                OwnerId = part.Id("owner_id", isRequired: false),
            },
            "set_field" => new AutomationAction.SetField(part.Text("field") ?? "")
            {
                Value = part.Raw("value", "in_days"),
                InDays =
                    (int?)part.Whole("in_days", -AutomationRules.MaxDays, AutomationRules.MaxDays),
            },
            "move" => new AutomationAction.Move(part.Id("stage_id") ?? 0),
            "assign" => new AutomationAction.Assign(part.Id("user_id") ?? 0, part.Word("as", "owner", "owner", "assignee") == "assignee"),
            "tag" => new AutomationAction.Tag(part.Texts("add"), part.Texts("remove")),
            "label" => new AutomationAction.Label(part.Ids("add"), part.Ids("remove")),
            "follow" => new AutomationAction.Follow(part.Id("user_id") ?? 0),
            "call_webhook" => new AutomationAction.CallWebhook(part.Id("webhook_id") ?? 0),
            _ => null,
        };
        if (action is not null) return part.IsGood("do") ? action : null;
        part.Fail("do", $"do must be one of {string.Join(", ", Actions)}");
        return null;
    }

    private static JsonObject Write(AutomationAction action)
    {
        var json = new JsonObject { ["do"] = Word(action) };
        switch (action)
        {
            case AutomationAction.CreateActivity activity:
                json["subject"] = activity.Subject;
                if (activity.ActivityType is { } type) json["activity_type"] = type;
                if (activity.Note is { } note) json["note"] = note;
                json["due_in_days"] = activity.DueInDays;
                if (activity.DueTime is { } time) json["due_time"] = time;
                if (activity.OwnerId is { } owner) json["owner_id"] = owner;
                break;
            case AutomationAction.SetField set:
                json["field"] = set.Field;
                if (set.InDays is { } days) json["in_days"] = days;
                else json["value"] = JsonNode.Parse(set.Value);
                break;
            case AutomationAction.Move move:
                json["stage_id"] = move.StageId;
                break;
            case AutomationAction.Assign assign:
                json["user_id"] = assign.UserId;
                json["as"] = assign.AsAssignee ? "assignee" : "owner";
                break;
            case AutomationAction.Tag tag:
                json["add"] = new JsonArray([.. tag.Add.Select(name => JsonValue.Create(name))]);
                json["remove"] = new JsonArray([.. tag.Remove.Select(name => JsonValue.Create(name))]);
                break;
            case AutomationAction.Label label:
                json["add"] = new JsonArray([.. label.Add.Select(id => JsonValue.Create(id))]);
                json["remove"] = new JsonArray([.. label.Remove.Select(id => JsonValue.Create(id))]);
                break;
            case AutomationAction.Follow follow:
                json["user_id"] = follow.UserId;
                break;
            case AutomationAction.CallWebhook call:
                json["webhook_id"] = call.WebhookId;
                break;
        }
        return json;
    }
}

file static class Lists
{
    public static int IndexOf(this IReadOnlyList<string> words, string? word)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == word) return i;
        }
        return -1;
    }
}
