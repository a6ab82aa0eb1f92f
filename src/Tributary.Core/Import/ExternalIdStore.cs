using Tributary.Core.Storage;

namespace Tributary.Core.Import;

/// <summary>The SQL of where records came from, so that an import run twice finds again what it made.</summary>
internal static class ExternalIdStore
{
    /// <summary>
    /// SQLite finds a parameter by comparing names one after another: many in one statement cost more than several statements.
    /// </summary>
    private const int RowsAtOnce = 100;

    private sealed record Row
    {
        public required string ExternalId { get; init; }
        public required long SubjectId { get; init; }
    }

    /// <summary>External id → our id, for those that are known.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> Find(Tx tx, string subject, string source,
        IReadOnlyCollection<string> externalIds)
    {
        var rows = await tx.Many<Row>($"""
            SELECT external_id, subject_id
            FROM external_ids
            WHERE workspace_id = @Workspace AND subject = @subject AND source = @source AND {tx.Sql.In("external_id", "externalIds")}
            """, new { tx.Workspace, subject, source, externalIds = tx.Sql.List(externalIds) });
        return rows.ToDictionary(row => row.ExternalId, row => row.SubjectId, StringComparer.Ordinal);
    }

    /// <summary>Remembers many at once; what is known already is overwritten.</summary>
    public static async Task Put(Tx tx, string subject, string source, IReadOnlyDictionary<string, long> ids)
    {
        foreach (var some in ids.Chunk(RowsAtOnce))
        {
            var parameters = new SqlValues { { "Workspace", tx.Workspace }, { "subject", subject }, { "source", source } };
            for (var n = 0; n < some.Length; n++)
            {
                parameters.Add($"e{n}", some[n].Key);
                parameters.Add($"s{n}", some[n].Value);
            }
            await tx.Run($"""
                INSERT INTO external_ids (workspace_id, subject, source, external_id, subject_id)
                VALUES {string.Join(", ", Enumerable.Range(0, some.Length).Select(n => $"(@Workspace, @subject, @source, @e{n}, @s{n})"))}
                ON CONFLICT (workspace_id, subject, source, external_id) DO UPDATE SET subject_id = excluded.subject_id
                """, parameters);
        }
    }

    /// <summary>Remembers one, while many are written; what is known already is overwritten.</summary>
    public static Task Put(Tx tx, string subject, string source, string externalId, long id) => tx.Put("""
        INSERT INTO external_ids (workspace_id, subject, source, external_id, subject_id)
        VALUES (@Workspace, @subject, @source, @externalId, @id)
        ON CONFLICT (workspace_id, subject, source, external_id) DO UPDATE SET subject_id = excluded.subject_id
        """, new { tx.Workspace, subject, source, externalId, id });

    /// <summary>The records are gone, so that another import makes new ones.</summary>
    public static Task Remove(Tx tx, string subject, IReadOnlyList<long> ids) => tx.Run($"""
        DELETE FROM external_ids
        WHERE workspace_id = @Workspace AND subject = @subject AND {tx.Sql.In("subject_id", "ids")}
        """, new { tx.Workspace, subject, ids = tx.Sql.List(ids) });

    /// <summary>What a record is called elsewhere: source → external id.</summary>
    public static async Task<IReadOnlyList<(string Source, string ExternalId)>> Of(Tx tx, string subject, long subjectId) =>
        await tx.Many("""
        SELECT source, external_id
        FROM external_ids
        WHERE workspace_id = @Workspace AND subject = @subject AND subject_id = @subjectId
        ORDER BY source, external_id
        """, static (ref row) => (row.Text(), row.Text()), ("Workspace", tx.Workspace), ("subject", subject), ("subjectId", subjectId));
}
