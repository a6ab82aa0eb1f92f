using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Lists;

/// <summary>
/// Pages of lists that are at hand as a whole, such as the catalog's: sorted in memory, with the same sealed cursors as the
/// long ones.
/// </summary>
public sealed class ShortPages(Db db)
{
    /// <param name="caller">Whose cursor it is.</param>
    /// <param name="list">Names the list; a cursor of another list does not fit.</param>
    /// <param name="rows">All of them, in the order when nobody asks for another.</param>
    /// <param name="id">What stays the same about a row.</param>
    /// <param name="fields">What can be sorted by.</param>
    /// <param name="query">Sort, limit, cursor and total; the rest is the caller's to apply.</param>
    public Page<T> Of<T>(Caller caller, string list, IReadOnlyList<T> rows, Func<T, long> id,
        IReadOnlyDictionary<string, Func<T, IComparable?>> fields, ListQuery query)
    {
        var sorted = Sorted(rows, fields, query.Sort);
        var order = string.Join(',', query.Sort);
        var from = query.Cursor is { } cursor ? After(caller, list, order, sorted, id, cursor) : 0;
        var page = sorted.Skip(from).Take(query.Limit).ToList();
        var hasMore = from + page.Count < sorted.Count;
        var next = hasMore
            ? db.Cursors.Seal(
                JsonSerializer.SerializeToUtf8Bytes(new object[] { caller.Workspace, list, order, id(page[^1]), from + page.Count - 1 }))
                    : null;
        return new(page, next, hasMore, query.WantTotal ? rows.Count : null);
    }

    private static IReadOnlyList<T> Sorted<T>(IReadOnlyList<T> rows, IReadOnlyDictionary<string, Func<T, IComparable?>> fields,
        Seq<SortKey> sort)
    {
        IOrderedEnumerable<T>? sorted = null;
        foreach (var (name, descending) in sort)
        {
            if (!fields.TryGetValue(name, out var field))
            {
                throw Problem.Invalid("sort",
                    $"{name} is not a field to sort by. Accepted are {string.Join(", ", fields.Keys.Order(StringComparer.Ordinal))}.");
            }
            var order = new NoneLast(descending);
            sorted = sorted is null ? rows.OrderBy(field, order) : sorted.ThenBy(field, order);
        }
        return sorted is null ? rows : [.. sorted];
    }

    // Where the row itself is gone, those behind it have moved up into its place.
    private int After<T>(Caller caller, string list, string order, IReadOnlyList<T> sorted, Func<T, long> id, string cursor)
    {
        if (db.Cursors.TryOpen(cursor, out var payload))
        {
            using var document = JsonDocument.Parse(payload);
            var parts = document.RootElement;
            if (parts.GetArrayLength() == 5 && parts[0].GetInt64() == caller.Workspace && Is(parts[1], list) && Is(parts[2], order))
            {
                var last = parts[3].GetInt64();
                for (var i = 0; i < sorted.Count; i++)
                {
                    if (id(sorted[i]) == last) return i + 1;
                }
                return Math.Min(parts[4].GetInt32(), sorted.Count);
            }
        }
        throw Problem.Invalid("cursor", "cursor must be the next_cursor of an earlier page of the same list in the same order.");
    }

    private static bool Is(JsonElement part, string text) => part.ValueKind is JsonValueKind.String && part.GetString() == text;

    /// <summary>As the long lists sort: texts without regard to case, rows without a value last in both directions.</summary>
    private sealed class NoneLast(bool descending) : IComparer<IComparable?>
    {
        public int Compare(IComparable? x, IComparable? y)
        {
            if (x is null || y is null) return (x is null ? 1 : 0) - (y is null ? 1 : 0);
            var order = x is string text ? StringComparer.OrdinalIgnoreCase.Compare(text, y) : x.CompareTo(y);
            return descending ? -order : order;
        }
    }
}
