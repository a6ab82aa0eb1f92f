using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>
/// Pages by place (reference §3): start 0 and limit 100 when left out, and additional_data.pagination with next_start while
/// there is more. A limit above the most is taken for the most.
/// </summary>
internal static class Paging
{
    public const int Most = 500;
    public const int MostFiles = 100;

    public static readonly Member<long> Start = Members.Whole("start", "How many to skip.", 0, int.MaxValue / 2);
    public static readonly Member<long> Limit = Members.Whole("limit", "Items shown per page; 100 when left out.", 1);
    public static readonly IReadOnlyList<Member> Parameters = [Start, Limit];

    /// <summary>The start and the limit of the request, on a query that has nothing else yet.</summary>
    public static ListQuery Read(Call call, int most = Most) =>
        new() { Offset = (int)call.Query(Start, 0), Limit = (int)Math.Min(call.Query(Limit, 100), most) };

    /// <summary>The page of what is all there already.</summary>
    public static (IReadOnlyList<T> Items, bool HasMore) Slice<T>(this ListQuery query, IReadOnlyList<T> all)
    {
        var start = query.Offset ?? 0;
        return ([.. all.Skip(start).Take(query.Limit)], all.Count > (long)start + query.Limit);
    }
}

/// <summary>Where a cursor list goes on (collection and the changelogs): limit 100 when left out, 500 at most.</summary>
internal static class CursorList
{
    public static readonly Member<long> Limit =
        Members.Whole("limit", "Items shown per page; 100 when left out, more than 500 is taken for 500.", 1);
    public static readonly Member<string> Cursor = Members.Text("cursor", "The next_cursor of the page before.", 8192);
    public static readonly IReadOnlyList<Member> Parameters = [Cursor, Limit];

    public static (string? Cursor, int Limit) Read(Call call) =>
        (call.Query(Cursor) is { IsSet: true, Value: { Length: > 0 } cursor } ? cursor : null, (int)Math.Min(call.Query(Limit, 100), 500));
}

/// <summary>What stands in additional_data.</summary>
internal static class Additional
{
    public static readonly JsonObject Any = new() { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = true };

    public static void Pagination(Utf8JsonWriter json, ListQuery query, bool hasMore)
    {
        json.WriteStartObject("pagination");
        var start = query.Offset ?? 0;
        json.WriteNumber("start", start);
        json.WriteNumber("limit", query.Limit);
        json.WriteBoolean("more_items_in_collection", hasMore);
        if (hasMore) json.WriteNumber("next_start", start + query.Limit);
        json.WriteEndObject();
    }
}

/// <summary>"sort": "field_name_1 ASC, field_name_2 DESC".</summary>
internal static class Sorting
{
    public static Member<Seq<SortKey>> By(params (string Name, string Field)[] fields) =>
        new("sort", "Field names and sorting mode, comma-separated: \"field_name_1 ASC, field_name_2 DESC\".")
        {
            Accepts =
            $"must be fields with ASC or DESC behind each, separated by commas; fields are {string.Join(", ", fields.Select(field => field.Name))}",
            Schema = () => new() { ["type"] = "string" },
            FromJson = (JsonElement json, ReadingPolicy policy, out Seq<SortKey> value) =>
                Read(Members.TryText(json, out var text) ? text : "?", fields, out value),
            FromText = (string text, ReadingPolicy policy, out Seq<SortKey> value) => Read(text, fields, out value),
        };

    private static bool Read(string text, (string Name, string Field)[] fields, out Seq<SortKey> value)
    {
        value = [];
        if (string.IsNullOrWhiteSpace(text)) return true;
        var keys = new List<SortKey>();
        foreach (var part in text.Split(','))
        {
            var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length is 0 or > 2 || fields.FirstOrDefault(field => field.Name == words[0]) is not { Field: { } field })
            {
                return false;
            }
            var mode = words.Length == 1 ? "ASC" : words[1].ToUpperInvariant();
            if (mode is not ("ASC" or "DESC")) return false;
            keys.Add(new(field, mode == "DESC"));
        }
        value = [.. keys.DistinctBy(key => key.Field).Take(4)];
        return true;
    }
}
