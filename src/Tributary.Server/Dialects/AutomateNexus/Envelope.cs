using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Api;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.AutomateNexus;

/// <summary>What stands around answers: {"success":true,"data":…}.</summary>
internal static class Envelope
{
    private static readonly Wire<string> Gone = new Wire<string>(null).Text("id", id => id, nullable: false).Flag("deleted", _ => true);

    /// <summary>{"success":true,"data":{"id":"…","deleted":true}}</summary>
    public static readonly Wire<string> Deleted = new Wire<string>("Deleted").Flag("success", _ => true).Object("data", id => id, Gone);

    public static Wire<T> One<T>(Wire<T> wire) where T : class =>
        new Wire<T>($"{wire.Name}Reply").Flag("success", _ => true).Object("data", row => row, wire);

    /// <summary>All there is, without pages.</summary>
    public static Wire<IReadOnlyList<T>> All<T>(Wire<T> wire) =>
        new Wire<IReadOnlyList<T>>($"{wire.Name}List").Flag("success", _ => true).Objects("data", rows => rows, wire);
}

/// <summary>
/// A list in pages: limit, cursor and sort, and {"success":true,"data":[…],"meta":{"total","limit","has_more","next_cursor"}}.
/// No example shows where the next cursor stands; it is in the meta (reference §2.2).
/// </summary>
/// <param name="wire">How one row is spelled.</param>
/// <param name="sorts">What "sort" may name, and the engine's name of it.</param>
internal sealed class Listing<T>(Wire<T> wire, params (string Name, string Field)[] sorts) : ISchema
{
    private static readonly Member<long> Limit = Members.Whole("limit", "25 when left out; more than 100 is taken for 100.", 1);
    private static readonly Member<string> Cursor = Members.Text("cursor", "The meta.next_cursor of the page before.", 8192);

    private readonly Member<Seq<SortKey>> sort =
        Members.List("sort", "Comma-separated; - before a name sorts that one downwards. -created_at when left out.",
        Members.Word("", "",
            [.. sorts.SelectMany(one => new[] { (one.Name, new SortKey(one.Field)),
                ("-" + one.Name, new SortKey(one.Field, Descending: true)) })]), sorts.Length);

    public string? Name => $"{wire.Name}List";

    public IReadOnlyList<Member> Parameters => [Limit, Cursor, sort];

    public async Task<Reply> Answer<TRow>(Call call, IEnumerable<Condition> conditions, Func<ListQuery, Task<Page<TRow>>> list,
        Func<IReadOnlyList<TRow>, Task<IReadOnlyList<T>>> show,
        IReadOnlySet<string>? only = null)
    {
        var query = new ListQuery
        {
            Condition = Condition.AllOf([.. conditions]),
            Sort = call.Query(sort) is { IsSet: true, Value: { Count: > 0 } named } ? [.. named.DistinctBy(key => key.Field)]
                : [new("added_at", Descending: true)],
            Limit = (int)Math.Min(call.Query(Limit, 25), 100),
            Cursor = call.Query(Cursor) is { IsSet: true, Value: var cursor } ? cursor : null,
            WantTotal = true,
        };
        call.Checked();
        var page = await list(query);
        var rows = await show(page.Items);
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("success", true);
            json.WriteStartArray("data");
            foreach (var row in rows) wire.Write(json, row, only);
            json.WriteEndArray();
            json.WriteStartObject("meta");
            if (page.Total is { } total) json.WriteNumber("total", total);
            json.WriteNumber("limit", query.Limit);
            json.WriteBoolean("has_more", page.HasMore);
            json.WriteString("next_cursor", page.NextCursor);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    public JsonObject Schema(SchemaBook book) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["success"] = new JsonObject { ["type"] = "boolean" },
            ["data"] = new JsonObject { ["type"] = "array", ["items"] = book.Refer(wire) },
            ["meta"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["total"] = new JsonObject { ["type"] = "integer" },
                    ["limit"] = new JsonObject { ["type"] = "integer" },
                    ["has_more"] = new JsonObject { ["type"] = "boolean" },
                    ["next_cursor"] = new JsonObject { ["type"] = new JsonArray("string", "null") },
                },
            },
        },
        ["required"] = new JsonArray("success", "data", "meta"),
    };
}

/// <summary>Bounds of a filter that may be a day or a moment; both ends belong to it (reference §2.4).</summary>
internal static class Bounds
{
    public static Member<DateOnly> Day(string name, string description) => new(name, description)
    {
        Accepts = "must be a date such as 2026-04-15, or a date-time",
        Schema = () => new() { ["type"] = "string" },
        FromJson = (JsonElement json, ReadingPolicy policy, out DateOnly value) =>
            TryDay(Members.TryText(json, out var text) ? text : "", out value),
        FromText = (string text, ReadingPolicy policy, out DateOnly value) => TryDay(text, out value),
    };

    /// <summary>The operand is the day or the moment, whichever was sent; the engine takes a day for the whole of it.</summary>
    public static Member<Operand> Instant(string name, string description) => new(name, description)
    {
        Accepts = "must be a date such as 2026-04-15, or a date-time such as 2026-04-15T09:30:00Z",
        Schema = () => new() { ["type"] = "string" },
        FromJson = (JsonElement json, ReadingPolicy policy, out Operand value) =>
            TryOperand(Members.TryText(json, out var text) ? text : "", out value),
        FromText = (string text, ReadingPolicy policy, out Operand value) => TryOperand(text, out value),
    };

    private static bool TryDay(string text, out DateOnly day)
    {
        if (Times.TryDay(text, out day)) return true;
        if (!Times.TryInstant(text, out var instant)) return false;
        day = DateOnly.FromDateTime(instant.UtcDateTime);
        return true;
    }

    private static bool TryOperand(string text, out Operand value)
    {
        value = default;
        if (Times.TryDay(text, out var day)) value = day;
        else if (Times.TryInstant(text, out var instant)) value = instant;
        else return false;
        return true;
    }
}
