using System.Text.Json.Nodes;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>What stands around the answers of v1: {"success":true,"data":…,"additional_data":…}, and related_objects on many reads.</summary>
internal static class Envelope
{
    public static Wire<T> One<T>(Wire<T> wire) where T : class => new Wire<T>($"{wire.Name}Reply").Flag("success", _ => true).Object("data", row => row, wire);
}

/// <summary>
/// Pages by place: start and limit, {"additional_data":{"pagination":{"start","limit","more_items_in_collection","next_start"}}}.
/// A limit above the most is taken for the most; next_start is there while there is more.
/// </summary>
internal static class Paging
{
    public const int Most = 500;

    public static readonly Member<long> Start = Members.Whole("start", "How many to skip.", 0, int.MaxValue);
    public static readonly Member<long> Limit = Members.Whole("limit", "100 when left out.", 1);
    public static readonly IReadOnlyList<Member> Parameters = [Start, Limit];

    /// <summary>The start and the limit of the request, on a query that has nothing else yet.</summary>
    public static ListQuery Read(Call call, int most = Most) => new() { Offset = (int)call.Query(Start, 0), Limit = (int)Math.Min(call.Query(Limit, 100), most) };

    /// <param name="wire">How a row is spelled.</param>
    /// <param name="rows">The rows of the page.</param>
    /// <param name="query">As <see cref="Read"/> made it.</param>
    /// <param name="hasMore">Whether a page follows.</param>
    /// <param name="more">Members that follow, such as related_objects.</param>
    public static Reply Reply<T>(Wire<T> wire, IReadOnlyList<T> rows, ListQuery query, bool hasMore, Action<System.Text.Json.Utf8JsonWriter>? more = null) => Hosting.Reply.Json(json =>
    {
        var start = query.Offset ?? 0;
        json.WriteStartObject();
        json.WriteBoolean("success", true);
        json.WriteStartArray("data");
        foreach (var row in rows) wire.Write(json, row);
        json.WriteEndArray();
        json.WriteStartObject("additional_data");
        json.WriteStartObject("pagination");
        json.WriteNumber("start", start);
        json.WriteNumber("limit", query.Limit);
        json.WriteBoolean("more_items_in_collection", hasMore);
        if (hasMore) json.WriteNumber("next_start", start + query.Limit);
        json.WriteEndObject();
        json.WriteEndObject();
        more?.Invoke(json);
        json.WriteEndObject();
    });
}

/// <summary>The shape of such a page, for documents.</summary>
internal sealed class PageOf<T>(Wire<T> wire) : ISchema
{
    public string? Name => $"{wire.Name}PageReply";

    public JsonObject Schema(SchemaBook book) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["success"] = new JsonObject { ["type"] = "boolean" },
            ["data"] = new JsonObject { ["type"] = "array", ["items"] = book.Refer(wire) },
            ["additional_data"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["pagination"] = new JsonObject
                    {
                        ["type"] = "object",
                        ["properties"] = new JsonObject
                        {
                            ["start"] = new JsonObject { ["type"] = "integer" },
                            ["limit"] = new JsonObject { ["type"] = "integer" },
                            ["more_items_in_collection"] = new JsonObject { ["type"] = "boolean" },
                            ["next_start"] = new JsonObject { ["type"] = "integer", ["description"] = "Only while there is more." },
                        },
                        ["required"] = new JsonArray("start", "limit", "more_items_in_collection"),
                    },
                },
            },
        },
        ["required"] = new JsonArray("success", "data", "additional_data"),
    };
}
