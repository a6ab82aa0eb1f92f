namespace Tributary.Core.Storage;

/// <summary>The ways to take an answer: one row, all of them, a page, or one after another.</summary>
internal static class Answers
{
    /// <summary>The first row, or none.</summary>
    public static Task<T?> One<T>(this Tx tx, string text, object parameters) => First<T>(tx, text, parameters, null);

    /// <summary>The same for a hot statement, whose rows are read by hand.</summary>
    public static Task<T?> One<T>(this Tx tx, string text, ReadRow<T> read, params (string Name, object? Value)[] parameters) =>
        First(tx, text, parameters, read);

    public static Task<IReadOnlyList<T>> Many<T>(this Tx tx, string text, object parameters) => All<T>(tx, text, parameters, null);

    /// <summary>The same for a hot statement, whose rows are read by hand.</summary>
    public static Task<IReadOnlyList<T>> Many<T>(this Tx tx, string text, ReadRow<T> read,
        params (string Name, object? Value)[] parameters) => All(tx, text, parameters, read);

    /// <summary>
    /// At most <paramref name="limit"/> rows of a statement that asks for one more, the last <paramref name="keys"/> columns of the
    /// last of them, and whether there is more to come.
    /// </summary>
    public static async Task<(IReadOnlyList<T> Rows, object?[] Last, bool HasMore)> Page<T>(this Tx tx, string text, SqlValues parameters,
        ReadRow<T>? read, int limit, int keys)
    {
        await using var rows = await tx.Ask(text, parameters);
        read ??= rows.Reader<T>(rows.Width - keys);
        var page = new List<T>(Math.Min(limit, 100));
        var last = new object?[keys];
        while (await rows.Next())
        {
            if (page.Count == limit) return (page, last, true);
            page.Add(rows.Read(read));
            if (page.Count == limit) last = rows.Last(keys);
        }
        return (page, last, false);
    }

    /// <summary>Rows one at a time, for results that may be large. The caller must not use the unit of work meanwhile.</summary>
    public static async IAsyncEnumerable<T> Stream<T>(this Tx tx, string text, object parameters)
    {
        await using var rows = await tx.Ask(text, parameters);
        var read = rows.Reader<T>(rows.Width);
        while (await rows.Next()) yield return rows.Read(read);
    }

    private static async Task<T?> First<T>(Tx tx, string text, object parameters, ReadRow<T>? read)
    {
        await using var rows = await tx.Ask(text, parameters);
        return await rows.Next() ? rows.Read(read ?? rows.Reader<T>(rows.Width)) : default;
    }

    private static async Task<IReadOnlyList<T>> All<T>(Tx tx, string text, object parameters, ReadRow<T>? read)
    {
        await using var rows = await tx.Ask(text, parameters);
        read ??= rows.Reader<T>(rows.Width);
        var all = new List<T>();
        while (await rows.Next()) all.Add(rows.Read(read));
        return all;
    }
}
