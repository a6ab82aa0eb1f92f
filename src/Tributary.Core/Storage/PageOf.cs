namespace Tributary.Core.Storage;

/// <summary>Takes the rows of a page, and one more that only tells that there are more.</summary>
internal sealed class PageOf<T>(ReadRow<T> read, int limit, int keys)
{
    private readonly List<T> rows = new(Math.Min(limit, 100));
    private object?[] last = new object?[keys];
    private bool hasMore;

    /// <summary>The rows, the last columns of the last of them, and whether there is more to come.</summary>
    public (IReadOnlyList<T> Rows, object?[] Last, bool HasMore) Taken => (rows, last, hasMore);

    public bool Take(ref Row row)
    {
        if (rows.Count == limit)
        {
            hasMore = true;
            return false;
        }
        rows.Add(read(ref row));
        if (rows.Count == limit) last = row.Last(keys);
        return true;
    }
}
