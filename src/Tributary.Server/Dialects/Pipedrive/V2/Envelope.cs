using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>What stands around the answers of v2: {"success":true,"data":…} and, of lists, {"additional_data":{"next_cursor":…}}.</summary>
internal static class Envelope
{
    private static readonly Wire<long> IdOnly = new Wire<long>(null).Whole("id", id => id);

    /// <summary>{"success":true,"data":{"id":42}}, which every DELETE answers.</summary>
    public static readonly Wire<Gone> Deleted = new Wire<Gone>("DeletedReply").Flag("success", _ => true)
        .Json("data", IdOnly.Schema(new()), (json, gone) => IdOnly.Write(json, gone.Id));

    public static Wire<T> One<T>(Wire<T> wire) where T : class => new Wire<T>($"{wire.Name}Reply").Flag("success", _ => true)
        .Object("data", row => row, wire);

    /// <summary>All there is, without pages (discounts).</summary>
    public static Wire<IReadOnlyList<T>> All<T>(Wire<T> wire) =>
        new Wire<IReadOnlyList<T>>($"{wire.Name}ListReply").Flag("success", _ => true).Objects("data", rows => rows, wire);
}

/// <summary>The id of what was deleted.</summary>
internal sealed record Gone(long Id);

/// <summary>
/// The parameters of paging, and a page: "limit: If not provided, 100 items will be returned. … a maximum value of 500 is
/// allowed."
/// </summary>
internal static class Paging
{
    public static readonly Member<long> Limit = Members.Whole("limit", "100 when left out.", 1, 500);
    public static readonly Member<string> Cursor = Members.Text("cursor", "The additional_data.next_cursor of the page before.", 8192);
    public static readonly IReadOnlyList<Member> Parameters = [Limit, Cursor];

    private static readonly (string, bool)[] Directions = [("asc", false), ("desc", true)];
    private static readonly Member<bool> Direction = Members.Word("sort_direction", "asc when left out.", Directions);

    /// <summary>The limit and the cursor of the request, on a query that has nothing else yet.</summary>
    public static ListQuery Read(Call call) => new()
    {
        Limit = (int)call.Query(Limit, 100),
        Cursor = call.Query(Cursor) is { IsSet: true, Value: var cursor } ? cursor : null,
    };

    /// <param name="wire">How a row is spelled.</param>
    /// <param name="rows">The rows of the page.</param>
    /// <param name="next">Where the next page begins; none after the last.</param>
    public static Reply Reply<T>(Wire<T> wire, IReadOnlyList<T> rows, string? next) => Hosting.Reply.Json(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("success", true);
        json.WriteStartArray("data");
        foreach (var row in rows) wire.Write(json, row);
        json.WriteEndArray();
        WriteNext(json, next);
        json.WriteEndObject();
    });

    public static void WriteNext(Utf8JsonWriter json, string? next)
    {
        json.WriteStartObject("additional_data");
        json.WriteString("next_cursor", next);
        json.WriteEndObject();
    }

    /// <summary>The next_cursor, for documents.</summary>
    public static JsonObject NextSchema() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["next_cursor"] = new JsonObject
            {
                ["type"] = new JsonArray("string", "null"),
                ["description"] = "Send it as cursor to get the next page; null on the last one."
            }
        },
        ["required"] = new JsonArray("next_cursor"),
    };

    /// <summary>sort_by and sort_direction of one list: one field at a time, "id" and "asc" when left out.</summary>
    /// <param name="fields">What sort_by may name, and the engine's name of it.</param>
    internal sealed class Order(params (string Name, string Field)[] fields)
    {
        private readonly Member<string> by =
            Members.Word("sort_by", "id when left out.", [.. fields.Select(field => (field.Name, field.Field))]);

        public IReadOnlyList<Member> Parameters => [by, Direction];

        public ListQuery Read(Call call) => Paging.Read(call) with { Sort = [new(call.Query(by, "id"), call.Query(Direction, false))] };
    }
}

/// <summary>The shape of a page, for documents.</summary>
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
            ["additional_data"] = Paging.NextSchema(),
        },
        ["required"] = new JsonArray("success", "data", "additional_data"),
    };
}
