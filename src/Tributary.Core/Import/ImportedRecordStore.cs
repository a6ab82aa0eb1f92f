using Tributary.Core.Storage;

namespace Tributary.Core.Import;

/// <summary>The SQL of what an import created, kept until it is taken back.</summary>
internal static class ImportedRecordStore
{
    private const int RowsAtOnce = 100;

    public static async Task Put(Tx tx, string key, string subject, IReadOnlyList<long> ids)
    {
        foreach (var some in ids.Chunk(RowsAtOnce))
        {
            var parameters = new SqlValues { { "Workspace", tx.Workspace }, { "key", key }, { "subject", subject } };
            for (var n = 0; n < some.Length; n++) parameters.Add($"s{n}", some[n]);
            await tx.Run($"""
                INSERT INTO import_records (workspace_id, key, subject, subject_id)
                VALUES {string.Join(", ", Enumerable.Range(0, some.Length).Select(n => $"(@Workspace, @key, @subject, @s{n})"))}
                ON CONFLICT (workspace_id, key, subject, subject_id) DO NOTHING
                """, parameters);
        }
    }

    public static Task<long> Count(Tx tx, string key) => tx.One<long>("""
        SELECT COUNT(*)
        FROM import_records
        WHERE workspace_id = @Workspace AND key = @key
        """, new { tx.Workspace, key });

    public static Task<IReadOnlyList<long>> First(Tx tx, string key, string subject, int limit) => tx.Many<long>("""
        SELECT subject_id
        FROM import_records
        WHERE workspace_id = @Workspace AND key = @key AND subject = @subject
        ORDER BY subject_id
        LIMIT @limit
        """, new { tx.Workspace, key, subject, limit });

    public static Task Remove(Tx tx, string key, string subject, IReadOnlyList<long> ids) => tx.Run($"""
        DELETE FROM import_records
        WHERE workspace_id = @Workspace AND key = @key AND subject = @subject AND {tx.Sql.In("subject_id", "ids")}
        """, new { tx.Workspace, key, subject, ids = tx.Sql.List(ids) });
}
