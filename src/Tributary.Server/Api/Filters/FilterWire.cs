using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Filters;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Filters;

internal static class FilterWire
{
    private static readonly string[] Subjects = ["deal", "person", "organization", "product", "lead", "activity"];

    public static readonly Member<string> Subject =
        Members.Word("subject", "The kind of record it selects; it never changes.", [.. Subjects.Select(word => (word, word))]);
    private static readonly Member<string> Name = Members.Name("name", "1 to 255 characters.");
    private static readonly Member<Condition> Condition = new("condition", "What must hold, as in \"where\".")
    {
        Accepts =
            "must be a condition such as {\"field\": \"value\", \"operator\": \"at_least\", \"value\": 1000}, or several under and, or, not",
        Schema = () => new() { ["type"] = "object", ["additionalProperties"] = true },
        FromJson = (JsonElement json, ReadingPolicy policy, out Condition value) =>
            ListMembers.TryCondition(() => ConditionJson.Read(json), out value),
        FromText = (string text, ReadingPolicy policy, out Condition value) =>
            ListMembers.TryCondition(() => ConditionJson.Read(text), out value),
    };
    private static readonly Member<JsonElement> View =
        Members.JsonObject("view", "What a user interface keeps with the filter, such as its columns.");
    private static readonly Member<long> VisibleTo =
        Members.Whole("visible_to", "1 its owner (when left out), 3 the owner's group, 7 everyone.", 1, 7);

    public static readonly Wire<SavedFilter> Filter = new Wire<SavedFilter>("Filter", "A condition with a name.")
        .Whole("id", f => f.Id)
        .Uid("uid", f => f.Uid)
        .Word("subject", f => f.Subject, Subjects)
        .Text("name", f => f.Name, nullable: false)
        .Json("condition", new() { ["type"] = "object", ["additionalProperties"] = true },
            (json, f) => json.WriteRawValue(ConditionJson.Write(f.Condition)))
        .Json("view", new() { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = true },
            (json, f) => json.WriteRawValue(f.View ?? "null"))
        .Whole("owner_id", f => f.OwnerId)
        .Whole("visible_to", f => f.VisibleTo, "1 its owner, 3 the owner's group, 7 everyone.")
        .Flag("is_default", f => f.IsDefault,
            "Whether the caller's own lists begin with it; shown in lists, when got alone, starred and unstarred.")
        .Instant("last_used_at", f => f.LastUsedAt, TimeStyle.IsoMilliseconds, "To the hour.")
        .Instant("added_at", f => f.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("updated_at", f => f.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("version", f => f.Version, "Also the ETag.");

    public static readonly Shape New = new("NewFilter", Subject.Required(), Name.Required(), Condition.Required(), View, VisibleTo);
    public static readonly Shape Patch = new("FilterPatch", Name, Condition, View, VisibleTo, Versions.Member);

    public static NewFilter ReadNew(Body body) => new()
    {
        Subject = body.Get(Subject).Or(""),
        Name = body.Get(Name).Or(""),
        Condition = body.Get(Condition).Or(Core.Lists.Condition.Everything),
        View = body.Get(View).As(view => (string?)view.GetRawText()).Or(null),
        VisibleTo = (int)body.Get(VisibleTo).Or(1),
    };

    public static FilterPatch Read(Body body) => new()
    {
        ExpectedVersion = Versions.Read(body),
        Name = body.Get(Name),
        Condition = body.Get(Condition),
        View = body.Get(View).As(view => (string?)view.GetRawText()),
        VisibleTo = body.Get(VisibleTo).As(level => (int)level),
    };
}
