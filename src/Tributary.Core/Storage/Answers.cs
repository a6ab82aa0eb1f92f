namespace Tributary.Core.Storage;

/// <summary>Something to be asked, and what reads a row of the answer: by hand, else by the columns' names.</summary>
internal readonly record struct Question<T>(string Text, object Parameters, ReadRow<T>? Read = null);

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

    public static Task<IReadOnlyList<T>> Many<T>(this Tx tx, Question<T> question) =>
        All(tx, question.Text, question.Parameters, question.Read);

    /// <summary>
    /// The rows of two questions, of which neither needs the other's answer: PostgreSQL is asked once. No question has no rows.
    /// </summary>
    public static async Task<(IReadOnlyList<T1>, IReadOnlyList<T2>)> Both<T1, T2>(this Tx tx, Question<T1>? one, Question<T2>? other)
    {
        if (one is not { } first) return ([], other is { } alone ? await tx.Many(alone) : []);
        if (other is not { } second) return (await tx.Many(first), []);
        await using var rows = await tx.AskTogether((first.Text, first.Parameters), (second.Text, second.Parameters));
        var answer = await Take(rows, first.Read);
        await rows.NextAnswer();
        return (answer, await Take(rows, second.Read));
    }

    public static async Task<PageRows<T>> TakePage<T>(Rows rows, ReadRow<T>? read, int limit, int keys)
    {
        read ??= rows.Reader<T>(rows.Width - keys);
        var page = new List<T>(Math.Min(limit, 100));
        var last = new object?[keys];
        while (await rows.Next())
        {
            if (page.Count == limit) return new(page, last, true);
            page.Add(rows.Read(read));
            if (page.Count == limit) last = rows.Last(keys);
        }
        return new(page, last, false);
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
        if (tx.AsksOnce && await tx.First(text, parameters, read) is { } first) return first.Value;
        await using var rows = await tx.Ask(text, parameters);
        return await rows.Next() ? rows.Read(read ?? rows.Reader<T>(rows.Width)) : default;
    }

    private static async Task<IReadOnlyList<T>> All<T>(Tx tx, string text, object parameters, ReadRow<T>? read)
    {
        await using var rows = await tx.Ask(text, parameters);
        return await Take(rows, read);
    }

    public static async Task<IReadOnlyList<T>> Take<T>(Rows rows, ReadRow<T>? read)
    {
        read ??= rows.Reader<T>(rows.Width);
        var all = new List<T>();
        while (await rows.Next()) all.Add(rows.Read(read));
        return all;
    }
}
