using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Core.Search;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>What all searches of v2 take: a term, where to look, whether the whole value must be it, and paging.</summary>
/// <param name="fields">What "fields" may name, and the engine's names of it.</param>
internal sealed class SearchAsk(params (string Name, string Field)[] fields)
{
    public static readonly Member<string> Term = Members.Text("term", "At least 2 characters, or 1 with exact_match.", 500).Required();
    private static readonly Member<bool> ExactMatch =
        Members.Flag("exact_match", "Only whole values that are the term, without regard to case.");

    private readonly Member<Seq<string>> where =
        Members.List("fields", "Where to look, comma-separated; everywhere when left out.",
            Members.Word("", "", [.. fields.Select(field => (field.Name, field.Field))]), fields.Length);

    public IReadOnlyList<Member> Parameters => [.. Unpaged, .. Paging.Parameters];

    /// <summary>Without paging, which v1 does otherwise.</summary>
    public IReadOnlyList<Member> Unpaged => [Term, where, ExactMatch];

    /// <summary>Reads them; what is wrong with them is refused with the parameters that are read beside them.</summary>
    public SearchQuery Read(Call call)
    {
        var paging = Paging.Read(call);
        return ReadUnpaged(call) with { Limit = paging.Limit, Cursor = paging.Cursor };
    }

    public SearchQuery ReadUnpaged(Call call)
    {
        var exact = call.Query(ExactMatch, false);
        var term = call.Query(Term, "");
        // "Minimum 2 characters (or 1 if using exact_match)."
        var least = exact ? 1 : 2;
        if (call.Http.Request.Query.ContainsKey(Term.Name) && term.Trim().EnumerateRunes().Count() < least)
        {
            call.Wrong(Term, $"term must have at least {least} {(least == 1 ? "character" : "characters")}.");
        }
        return new()
        {
            Term = term,
            Fields = call.Query(where, []) is { Count: > 0 } named ? named : [.. fields.Select(field => field.Field).Distinct()],
            Exact = exact,
        };
    }
}

/// <summary>A record that was found: how good the match is, and what is shown of it.</summary>
internal sealed record Found(decimal Score, Action<Utf8JsonWriter> Write);

/// <summary>{"items":[{"result_score","item"}]}, best first, which every search answers.</summary>
/// <param name="name">In the document.</param>
/// <param name="items">The shapes that an item may have.</param>
internal sealed class FoundPage(string name, params ISchema[] items) : ISchema
{
    public string Name => name;

    /// <param name="found">The page.</param>
    /// <param name="additional">Writes the additional_data.</param>
    /// <param name="related">What itemSearch finds beside; none where it is not part of the answer.</param>
    public static Reply Reply(IReadOnlyList<Found> found, Action<Utf8JsonWriter> additional, IReadOnlyList<Found>? related = null) =>
        Hosting.Reply.Json(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("success", true);
        json.WriteStartObject("data");
        Write("items", found);
        if (related is not null) Write("related_items", related);
        json.WriteEndObject();
        additional(json);
        json.WriteEndObject();

        void Write(string member, IReadOnlyList<Found> rows)
        {
            json.WriteStartArray(member);
            foreach (var row in rows)
            {
                json.WriteStartObject();
                json.WriteNumber("result_score", row.Score);
                json.WritePropertyName("item");
                row.Write(json);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
    });

    public JsonObject Schema(SchemaBook book)
    {
        var shapes = items.Select(item => (JsonNode)book.Refer(item)).ToArray();
        var item = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["result_score"] = new JsonObject { ["type"] = "number" },
                ["item"] = shapes.Length == 1 ? shapes[0] : new JsonObject { ["anyOf"] = new JsonArray(shapes) },
            },
            ["required"] = new JsonArray("result_score", "item"),
        };
        var data = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["items"] = new JsonObject { ["type"] = "array", ["items"] = item },
                ["related_items"] = new JsonObject { ["type"] = "array", ["items"] = item.DeepClone() },
            },
            ["required"] = new JsonArray("items"),
        };
        return new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["success"] = new JsonObject { ["type"] = "boolean" },
                ["data"] = data,
                ["additional_data"] = new JsonObject { ["type"] = "object" },
            },
            ["required"] = new JsonArray("success", "data", "additional_data"),
        };
    }
}
