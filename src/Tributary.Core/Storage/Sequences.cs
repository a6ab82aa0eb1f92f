namespace Tributary.Core.Storage;

/// <summary>Where ids come from. An id is never given twice, also after a purge.</summary>
internal static class Sequences
{
    /// <summary>The next id of a kind of record.</summary>
    public static async Task<long> NextId(this Tx tx, string sequence)
    {
        if (tx.Reserved.GetValueOrDefault(sequence)?.TryDequeue(out var id) == true) return id;
        if (tx.Bulk is not { } bulk) return (await tx.NextIds(sequence, 1))[0];
        await tx.Reserve(sequence, bulk.IdsAtOnce);
        return tx.Reserved[sequence].Dequeue();
    }

    /// <summary>
    /// The place of a new id in a statement to be put, and the id: for records whose id nobody needs to know. Differs by necessity:
    /// PostgreSQL gives it while the statement runs, which saves a round trip.
    /// </summary>
    public static async Task<(string Place, long? Id)> PlaceId(this Tx tx, string sequence) =>
        tx.Sql.IsPostgres && tx.Bulk is null ? ($"nextval('{sequence}')", null) : ("@id", await tx.NextId(sequence));

    /// <summary>
    /// Takes ids at once that <see cref="NextId"/> then gives out, for units of work that write hundreds of rows. Not inside
    /// <see cref="Savepoint.Attempt"/>: what is undone there would be given out again.
    /// </summary>
    public static async Task Reserve(this Tx tx, string sequence, int count) =>
        tx.Reserved[sequence] = new(await tx.NextIds(sequence, count));

    /// <summary>Takes <paramref name="count"/> ids, in increasing order.</summary>
    public static async Task<IReadOnlyList<long>> NextIds(this Tx tx, string sequence, int count)
    {
        // Differs by necessity: SQLite has no sequences, and PostgreSQL's do not wait for other transactions.
        if (tx.Sql.IsPostgres)
        {
            return await tx.Many<long>("SELECT nextval(CAST(@sequence AS regclass)) FROM generate_series(1, @count)",
                new { sequence, count });
        }

        var last = await tx.One<long>("""
            INSERT INTO sequences (name, last) VALUES (@sequence, @count)
            ON CONFLICT (name) DO UPDATE SET last = sequences.last + @count
            RETURNING last
            """, new { sequence, count });
        return [.. Enumerable.Range(0, count).Select(n => last - count + 1 + n)];
    }

    /// <summary>Keeps an id that an import brought from being given out later.</summary>
    public static Task NeverGiveOut(this Tx tx, string sequence, long id) => tx.Sql.IsPostgres
        ? tx.One<long?>($"SELECT setval('{sequence}', @id) FROM {sequence} WHERE last_value < @id", new { id })
        : tx.Run("""
            INSERT INTO sequences (name, last) VALUES (@sequence, @id)
            ON CONFLICT (name) DO UPDATE SET last = max(sequences.last, @id)
            """, new { sequence, id });
}
