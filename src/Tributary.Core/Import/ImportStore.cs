using System.Text.Json;
using Tributary.Core.Storage;

namespace Tributary.Core.Import;

/// <summary>The SQL of imports: how far they are, and the names that rows may mean.</summary>
internal static class ImportStore
{
    /// <summary>
    /// Tells PostgreSQL how large the tables have become. Plans made while they were empty stay until then: to check that a follower's
    /// deal is there, it would read all deals of the workspace, for each row. Autovacuum would say it too, a minute later.
    /// </summary>
    public static async Task Measure(Db db, long workspace, CancellationToken ct)
    {
        if (!db.Sql.IsPostgres) return;
        await using var tx = await db.Write(workspace, ct, mayTakeLong: true);
        await tx.Run("ANALYZE deals, persons, organizations, users, events, external_ids", new { });
        await tx.Commit();
    }

    internal sealed record NameRow
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public string? Other { get; init; }
    }

    public static async Task<ImportState?> Find(Tx tx, string key)
    {
        var state = await tx.One<string>("""
            SELECT state
            FROM imports
            WHERE workspace_id = @Workspace AND key = @key
            """, new { tx.Workspace, key });
        return state is null ? null : JsonSerializer.Deserialize<ImportState>(state, Documents.Options);
    }

    public static Task Put(Tx tx, string key, ImportState state) => tx.Run($"""
        INSERT INTO imports (workspace_id, key, state, updated_at)
        VALUES (@Workspace, @key, {tx.Sql.Json("state")}, @Now)
        ON CONFLICT (workspace_id, key) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at
        """, new { tx.Workspace, key, state = JsonSerializer.Serialize(state, Documents.Options), tx.Now });

    /// <summary>Every name of a kind of record that is not deleted, one at a time.</summary>
    public static IAsyncEnumerable<NameRow> Organizations(Tx tx) => tx.Stream<NameRow>("""
        SELECT id, name
        FROM organizations
        WHERE workspace_id = @Workspace AND deleted_at IS NULL
        """, new { tx.Workspace });

    /// <summary>The other name of a product is its code.</summary>
    public static IAsyncEnumerable<NameRow> Products(Tx tx) => tx.Stream<NameRow>("""
        SELECT id, name, code AS other
        FROM products
        WHERE workspace_id = @Workspace AND deleted_at IS NULL
        """, new { tx.Workspace });

    /// <summary>The other names of a person are the addresses of mailboxes, as a JSON list of points.</summary>
    public static IAsyncEnumerable<NameRow> Persons(Tx tx) => tx.Stream<NameRow>("""
        SELECT id, name, CAST(emails AS TEXT) AS other
        FROM persons
        WHERE workspace_id = @Workspace AND deleted_at IS NULL
        """, new { tx.Workspace });

    /// <summary>Those of the records that already came from a row of this source.</summary>
    public static Task<IReadOnlyList<long>> Claimed(Tx tx, string subject, string source, IReadOnlyCollection<long> ids) =>
        tx.Many<long>($"""
        SELECT subject_id
        FROM external_ids
        WHERE workspace_id = @Workspace AND subject = @subject AND source = @source AND {tx.Sql.In("subject_id", "ids")}
        """, new { tx.Workspace, subject, source, ids = tx.Sql.List(ids) });
}
