using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api;

/// <summary>The parameters that lists share, and the envelope of a page.</summary>
internal static class ListMembers
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 500;

    public static readonly Member<long> Limit = Members.Whole("limit", "Records per page; 50 when left out.", 1, MaxLimit);
    public static readonly Member<string> Cursor =
        Members.Text("cursor", "The next_cursor of an earlier page of the same list in the same order.", 8192);
    public static readonly Member<Seq<string>> Sort =
        Members.List("sort", "Fields to sort by, comma-separated; - before a name sorts that one downwards: \"-added_at,title\".",
            Members.Text("", "", 200), 4);
    public static readonly Member<long> FilterId = Members.Id("filter_id", "A saved filter whose condition must hold as well.");
    public static readonly Member<bool> Total = Members.Flag("total", "true also counts all records that match.");

    public static readonly Member<Scope> Scope = Members.Word("scope", "live (neither archived nor deleted) when left out.",
        ("live", Core.Lists.Scope.Live), ("archived", Core.Lists.Scope.Archived), ("deleted", Core.Lists.Scope.Deleted),
        ("any", Core.Lists.Scope.Any));

    public static readonly Member<Scope> ScopeWithoutArchive = Members.Word("scope", "live (not deleted) when left out.",
        ("live", Core.Lists.Scope.Live), ("deleted", Core.Lists.Scope.Deleted), ("any", Core.Lists.Scope.Any));

    /// <summary>The condition as JSON text: {"field": "value", "operator": "at_least", "value": 1000}, joined by and, or, not.</summary>
    public static readonly Member<Condition> Where =
        new("where",
            "A condition as JSON: {\"field\": \"value\", \"operator\": \"at_least\", \"value\": 1000}, or {\"and\": […]}, {\"or\": […]}, {\"not\": {…}}.")
        {
            Accepts = "must be a condition as JSON, such as {\"field\": \"title\", \"operator\": \"contains\", \"value\": \"fleet\"}",
            Schema = () => new() { ["type"] = "string", ["contentMediaType"] = "application/json" },
            FromJson = (System.Text.Json.JsonElement json, ReadingPolicy policy, out Condition value) =>
                TryCondition(() => ConditionJson.Read(json), out value),
            FromText = (string text, ReadingPolicy policy, out Condition value) => TryCondition(() => ConditionJson.Read(text), out value),
        };

    public static Member<Seq<string>> Include(IReadOnlyList<string> names) =>
        Members.List("include", "Related records to show with each, comma-separated.",
            Members.Word("", "", [.. names.Select(name => (name, name))]));

    public static Reply Reply<T>(Wire<T> wire, Page<T> page, IReadOnlySet<string>? only) => Hosting.Reply.Json(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("data");
        foreach (var row in page.Items) wire.Write(json, row, only);
        json.WriteEndArray();
        json.WriteString("next_cursor", page.NextCursor);
        json.WriteBoolean("has_more", page.HasMore);
        if (page.Total is { } total) json.WriteNumber("total", total);
        json.WriteEndObject();
    });

    public static JsonObject Page(JsonObject item, bool withTotal)
    {
        var properties = new JsonObject
        {
            ["data"] = new JsonObject { ["type"] = "array", ["items"] = item },
            ["next_cursor"] = new JsonObject
            {
                ["type"] = new JsonArray("string", "null"),
                ["description"] =
                    "Send it as cursor to get the next page; null on the last one.",
            },
            ["has_more"] = new JsonObject { ["type"] = "boolean" },
        };
        if (withTotal) properties["total"] = new JsonObject { ["type"] = "integer", ["description"] = "Only with total=true." };
        return new() { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray("data", "next_cursor", "has_more") };
    }

    public static bool TryCondition(Func<Condition> read, out Condition value)
    {
        try
        {
            value = read();
            return true;
        }
        catch (ProblemException)
        {
            value = Condition.Everything;
            return false;
        }
    }
}
