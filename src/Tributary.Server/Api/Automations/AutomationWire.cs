using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Automations;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Automations;

internal static class AutomationWire
{
    public static readonly (string, RunState)[] States =
        [("waiting", RunState.Waiting), ("done", RunState.Done), ("refused", RunState.Refused), ("skipped", RunState.Skipped),
            ("failed", RunState.Failed)];

    private static readonly (string, StepOutcome)[] Outcomes =
        [("done", StepOutcome.Done), ("unchanged", StepOutcome.Unchanged), ("refused", StepOutcome.Refused)];

    private static readonly Member<string> Name = Members.Text("name", "1 to 255 characters.");
    private static readonly Member<JsonElement> Trigger =
        Members.Json("trigger", "What starts it.", "must be an object such as {\"on\": \"won\"}", TriggerSchema);
    private static readonly Member<Condition> Filter = new("filter", "Which deals, as in \"where\"; all when left out.")
    {
        Accepts =
            "must be a condition such as {\"field\": \"value\", \"operator\": \"at_least\", \"value\": 1000}, or several under and, or, not",
        Schema = () => new() { ["type"] = "object", ["additionalProperties"] = true },
        FromJson = (JsonElement json, ReadingPolicy policy, out Condition value) =>
            ListMembers.TryCondition(() => ConditionJson.Read(json), out value),
        FromText = (string text, ReadingPolicy policy, out Condition value) =>
            ListMembers.TryCondition(() => ConditionJson.Read(text), out value),
    };
    private static readonly Member<JsonElement> Actions =
        Members.Json("actions", "What is done, in order.", "must be a list of actions such as [{\"do\": \"move\", \"stage_id\": 7}]",
            ActionsSchema);
    private static readonly Member<bool> IsOn = Members.Flag("is_on", "true when left out.");
    private static readonly Member<long> DealId = Members.Id("deal_id", "The deal to try it with.");

    public static readonly Wire<Automation> Automation =
        new Wire<Automation>("Automation", "When this happens to a deal like that, do these things.")
        .Whole("id", a => a.Id)
        .Uid("uid", a => a.Uid)
        .Text("name", a => a.Name, nullable: false)
        .Json("trigger", TriggerSchema(), (json, a) => AutomationJson.Write(a.Trigger).WriteTo(json))
        .Json("filter", new() { ["type"] = "object", ["additionalProperties"] = true },
            (json, a) => json.WriteRawValue(ConditionJson.Write(a.Filter)))
        .Json("actions", ActionsSchema(), (json, a) => AutomationJson.Write(a.Actions).WriteTo(json))
        .Flag("is_on", a => a.IsOn)
        .Text("off_reason", a => a.OffReason, "Why the server turned it off; null when a person did.")
        .Whole("runs", a => a.Runs, "How often it did its actions.")
        .Whole("refusals", a => a.Refusals, "How often it could not.")
        .Whole("failures", a => a.Failures, "How often in a row; ten turn it off.")
        .Instant("last_run_at", a => a.LastRunAt, TimeStyle.IsoMilliseconds)
        .Instant("added_at", a => a.AddedAt, TimeStyle.IsoMilliseconds)
        .Whole("added_by", a => a.AddedBy)
        .Instant("updated_at", a => a.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("updated_by", a => a.UpdatedBy)
        .Whole("version", a => a.Version, "Also the ETag.");

    private static readonly Wire<RunStep> Step = new Wire<RunStep>("AutomationStep", "What became of one action.")
        .Word("action", s => s.Action, AutomationJson.Actions)
        .Word("outcome", s => Words.Spell(Outcomes, s.Outcome), Words.Spellings(Outcomes), "unchanged: the deal was so already.")
        .Text("text", s => s.Text, nullable: false);

    public static readonly Wire<AutomationRun> Run =
        new Wire<AutomationRun>("AutomationRun", "One automation started by one thing that happened to one deal.")
        .Whole("id", r => r.Id)
        .Whole("automation_id", r => r.AutomationId)
        .Whole("deal_id", r => r.DealId)
        .Text("reason", r => r.Reason, "What started it: \"event 17\", \"rotten 2026-11-20\" or \"date 2026-11-20\".", nullable: false)
        .Whole("event_id", r => r.EventId, "The line of the log that started it; null when the clock did.")
        .Wholes("automation_ids", r => r.Chain, "The automations that led to it, this one last.")
        .Word("state", r => Words.Spell(States, r.State), Words.Spellings(States),
            "refused: one action was not allowed, so none was done. skipped: there was nothing to do it to. failed: tried too often.")
        .Objects("steps", r => r.Steps, Step)
        .Text("message", r => r.Message, "Why nothing was done, or why it waits.")
        .Whole("attempts", r => r.Attempts)
        .Instant("next_attempt_at", r => r.State is RunState.Waiting ? r.RunAfter : null, TimeStyle.IsoMilliseconds)
        .Instant("added_at", r => r.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("ended_at", r => r.EndedAt, TimeStyle.IsoMilliseconds);

    public static readonly Wire<TestRun> TestRun = new Wire<TestRun>("AutomationTest", "What it would do; nothing was done.")
        .Flag("matches", t => t.Matches, "Whether the filter fits the deal, and the deal is neither archived nor deleted.")
        .Objects("steps", t => t.Steps, Step)
        .Text("refusal", t => t.Refusal, "Why it would do nothing.");

    public static readonly Shape New = new("NewAutomation", Name.Required(), Trigger.Required(), Filter, Actions.Required(), IsOn);
    public static readonly Shape Changes = new("AutomationChanges", Name, Trigger, Filter, Actions, IsOn, Versions.Member);
    public static readonly Shape Trial = new("AutomationTrial", DealId.Required());

    public static AutomationPatch ReadNew(Body body) => Read(body);

    public static AutomationPatch ReadChanges(Body body) => Read(body) with { ExpectedVersion = Versions.Read(body) };

    public static long ReadTrial(Body body) => body.Get(DealId).Or(0);

    private static AutomationPatch Read(Body body)
    {
        var wrong = new List<FieldError>();
        var trigger = body.Get(Trigger).As(json => AutomationJson.Trigger(json, wrong));
        var actions = body.Get(Actions).As(json => AutomationJson.ReadActions(json, wrong));
        return new()
        {
            Name = body.Get(Name),
            Trigger = trigger.Value is { } known ? known : default(Field<Trigger>),
            Filter = body.Get(Filter),
            Actions = actions,
            IsOn = body.Get(IsOn),
            Misspelled = [.. wrong],
        };
    }

    private static JsonObject TriggerSchema() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["on"] = new JsonObject { ["type"] = "string", ["enum"] = Array(AutomationJson.Triggers) },
            ["field"] = new JsonObject
            {
                ["type"] = "string",
                ["description"] =
                    "updated: only when this field changes. date_reached: the day or moment, such as expected_close or custom.<key>.",
            },
            ["stage_id"] = new JsonObject { ["type"] = "integer", ["description"] = "stage_changed: only into this stage." },
            ["days"] = new JsonObject
            {
                ["type"] = "integer",
                ["description"] = "date_reached: so many days after it, or before when negative.",
            },
        },
        ["required"] = new JsonArray("on"),
    };

    private static JsonObject ActionsSchema()
    {
        var properties = new JsonObject { ["do"] = new JsonObject { ["type"] = "string", ["enum"] = Array(AutomationJson.Actions) } };
        foreach (var (name, type, of) in new[]
        {
            ("subject", "string", "create_activity"), ("activity_type", "string", "create_activity: the key of a type"),
            ("note", "string", "create_activity"),
            ("due_in_days", "integer", "create_activity"), ("due_time", "string", "create_activity: such as 09:30"),
            ("owner_id", "integer", "create_activity: the deal's owner when left out"),
            ("field", "string", "set_field"), ("in_days", "integer", "set_field: for days and moments, instead of value"),
            ("stage_id", "integer", "move"), ("user_id", "integer", "assign, follow"), ("as", "string", "assign: owner or assignee"),
            ("webhook_id", "integer", "call_webhook"),
        })
        {
            properties[name] = new JsonObject { ["type"] = type, ["description"] = of };
        }
        properties["value"] = new JsonObject { ["description"] = "set_field" };
        foreach (var name in new[] { "add", "remove" }) properties[name] = new JsonObject
        {
            ["type"] = "array",
            ["description"] = "tag: names; label: ids",
        };
        return new()
        {
            ["type"] = "array",
            ["minItems"] = 1,
            ["maxItems"] = AutomationJson.MaxActions,
            ["items"] = new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray("do") },
        };
    }

    private static JsonArray Array(IReadOnlyList<string> words) => new([.. words.Select(word => JsonValue.Create(word))]);
}
