using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>
/// "Get recents": whatever was changed since a moment, deleted records too, oldest change first. Integrations that take no webhooks
/// keep in step by it. Each kind gives its first ones; one page is made of them.
/// </summary>
internal static class RecentRoutes
{
    private const int Deepest = 100_000;

    private static readonly Member<DateTimeOffset> Since = Loose.Moment("since_timestamp", "YYYY-MM-DD HH:MM:SS in UTC.").Required();
    private static readonly Member<Seq<string>> Items = Members.List("items", "Kinds of records, comma-separated; all when left out.",
        Members.Word("", "", [.. RecentKind.All.Select(kind => (kind.Word, kind.Word))]), RecentKind.All.Count);

    public static readonly Operation One = new("GET", "/recents", "getRecents", List)
    {
        Tag = "Recents v1",
        Summary = "Get recents",
        Cost = 20,
        Parameters = [Since, Items, .. Paging.Parameters],
        Answer = new RecentList(),
        CoverageNote = "Oldest change first. Records that were purged are not told of.",
    };

    private static async Task<Reply> List(Call call)
    {
        var (since, items) = (call.Query(Since), call.Query(Items, []));
        var query = Paging.Read(call);
        if (query.Offset > Deepest) call.Wrong(Paging.Start, $"start must be at most {Deepest} here.");
        call.Checked();

        var start = query.Offset ?? 0;
        var found = new List<Recent>();
        // Kinds that the credential may not read are not told of.
        foreach (var kind in RecentKind.All.Where(kind => (items.Count == 0 || items.Contains(kind.Word))
            && call.Caller.MayRead(kind.Scope)))
        {
            found.AddRange(await kind.First(kind, call, since.Value, start + query.Limit + 1));
        }
        // The sort is stable: kinds keep their order among changes of one moment.
        var sorted = found.OrderBy(one => one.At).Skip(start).Take(query.Limit + 1).ToList();
        var page = sorted.Take(query.Limit).ToList();
        return RecentList.Reply(page, await Shown(call, page), query, sorted.Count > query.Limit, since.Value);
    }

    private static async Task<Dictionary<Recent, Action<Utf8JsonWriter>>> Shown(Call call, List<Recent> page)
    {
        var shown = new Dictionary<Recent, Action<Utf8JsonWriter>>(ReferenceEqualityComparer.Instance);
        foreach (var group in page.GroupBy(one => one.Kind))
        {
            var writes = await group.Key.Show(call, [.. group.Select(one => one.Record)]);
            foreach (var (one, write) in group.Zip(writes)) shown[one] = write;
        }
        return shown;
    }

    /// <summary>[{"item":"deal","id":1,"data":{…}}], with the moments of the page beside the pagination.</summary>
    private sealed class RecentList : ISchema
    {
        public string? Name => "RecentListV1";

        public static Reply Reply(
            List<Recent> page, Dictionary<Recent, Action<Utf8JsonWriter>> shown, Core.Lists.ListQuery query, bool hasMore,
            DateTimeOffset since) =>
            Hosting.Reply.Json(json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("success", true);
                json.WriteStartArray("data");
                foreach (var one in page)
                {
                    json.WriteStartObject();
                    json.WriteString("item", one.Kind.Word);
                    json.WriteNumber("id", one.Id);
                    json.WritePropertyName("data");
                    shown[one](json);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                Answers.Finish(json, null, more =>
                {
                    more.WriteString("since_timestamp", Times.Spell(since, Spell.V1Time));
                    more.WriteString("last_timestamp_on_page", page.Count == 0 ? null : Times.Spell(page[^1].At, Spell.V1Time));
                    Additional.Pagination(more, query, hasMore);
                });
            });

        public JsonObject Schema(SchemaBook book) => Answers.Schema(new()
        {
            ["type"] = "array",
            ["items"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["item"] = new JsonObject
                    {
                        ["type"] = "string",
                        ["enum"] = new JsonArray([.. RecentKind.All.Select(kind => (JsonNode)kind.Word)]),
                    },
                    ["id"] = new JsonObject { ["type"] = "integer" },
                    ["data"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = true },
                },
                ["required"] = new JsonArray("item", "id", "data"),
            },
        });
    }
}
