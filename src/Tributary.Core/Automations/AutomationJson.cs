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
        if (Part.Of(json, "trigger", wrong) is not { } part) return null;
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
        if (Part.Of(json, place, wrong) is not { } part) return null;
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

    /// <summary>An object being read: each member once, by name; the rest is unknown.</summary>
    private sealed class Part(JsonElement json, string place, ICollection<FieldError> wrong)
    {
        private const int MaxItems = 100;

        private readonly HashSet<string> read = [];
        private bool isGood = true;

        public static Part? Of(JsonElement json, string place, ICollection<FieldError> wrong)
        {
            if (json.ValueKind is JsonValueKind.Object) return new(json, place, wrong);
            wrong.Add(new(place, $"{place} must be an object."));
            return null;
        }

        public void Fail(string member, string message)
        {
            isGood = false;
            wrong.Add(new($"{place}.{member}", message + "."));
        }

        /// <summary>Nothing was wrong, and nothing was sent that nobody read.</summary>
        public bool IsGood(string kind)
        {
            foreach (var member in json.EnumerateObject().Where(member => member.Name != kind && !read.Contains(member.Name)))
            {
                var name = member.Name.Length <= 60 ? member.Name : member.Name[..60] + "…";
                Fail(name, $"{name} is not a member here; they are {string.Join(", ", read.Prepend(kind).Distinct())}");
            }
            return isGood;
        }

        public string? Text(string member, bool isRequired = true)
        {
            if (!Find(member, isRequired, "a text", out var value)) return null;
            if (value.ValueKind is JsonValueKind.String && Readable(value) is { } text) return text;
            Fail(member, $"{member} must be a text");
            return null;
        }

        public string Word(string member, string otherwise, params string[] words)
        {
            if (!Find(member, false, "", out _)) return otherwise;
            var text = Text(member) ?? "";
            if (!words.Contains(text)) Fail(member, $"{member} must be one of {string.Join(", ", words)}");
            return text;
        }

        public long? Id(string member, bool isRequired = true) => Whole(member, 1, long.MaxValue, isRequired, "the id of a record");

        public long? Whole(string member, long min, long max, bool isRequired = false, string? accepts = null)
        {
            var what = accepts ?? $"a whole number from {min} to {max}";
            if (!Find(member, isRequired, what, out var value)) return null;
            if (value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number) && number >= min && number <= max)
            {
                return number;
            }
            Fail(member, $"{member} must be {what}");
            return null;
        }

        public string Raw(string member, string orElse)
        {
            read.Add(member);
            if (json.TryGetProperty(member, out var value)) return value.GetRawText();
            if (!json.TryGetProperty(orElse, out _)) Fail(member, $"{member} or {orElse} is required");
            return "null";
        }

        public Seq<string> Texts(string member) =>
            List(member, "texts", item => item.ValueKind is JsonValueKind.String ? Readable(item) : null);

        public Seq<long> Ids(string member) =>
            [.. List<long?>(member, "ids", item => item.ValueKind is JsonValueKind.Number && item.TryGetInt64(out var id) && id > 0
                ? id : null).Select(id => id!.Value)];

        private Seq<T> List<T>(string member, string what, Func<JsonElement, T?> take)
        {
            if (!Find(member, false, what, out var value)) return [];
            var items = value.ValueKind is JsonValueKind.Array && value.GetArrayLength() <= MaxItems
                ? value.EnumerateArray().Select(take).ToList() : [default];
            if (items.All(item => item is not null)) return [.. items.Select(item => item!)];
            Fail(member, $"{member} must be a list of at most {MaxItems} {what}");
            return [];
        }

        /// <summary>None when it is no text that can be stored: half a surrogate pair, or NUL, which PostgreSQL keeps nowhere.</summary>
        private static string? Readable(JsonElement item)
        {
            try
            {
                return item.GetString() is { } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null;
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }

        /// <summary>null says the same as leaving it out.</summary>
        private bool Find(string member, bool isRequired, string accepts, out JsonElement value)
        {
            read.Add(member);
            if (json.TryGetProperty(member, out value) && value.ValueKind is not JsonValueKind.Null) return true;
            if (isRequired) Fail(member, $"{member} is required: it must be {accepts}");
            return false;
        }
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
