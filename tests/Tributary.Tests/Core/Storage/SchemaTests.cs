using Tributary.Core.Jobs;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

/// <summary>What the databases themselves say about their tables.</summary>
public sealed class SchemaTests
{
    /// <summary>Read before a workspace is known, or belonging to none.</summary>
    private static readonly string[] Directory = ["workspaces", "directory", "instance_secrets", "migrations", "sequences"];

    // Design §5: workspace_id leads every primary key, unique key, foreign key and index, so the schema shards by workspace.
    [Fact]
    public async Task On_SQLite_the_workspace_leads_every_key_and_index()
    {
        var db = await Backends.Open(Backend.Sqlite);
        await using var tx = await db.ReadEverywhere(CancellationToken.None);

        var keys = await tx.Many<Key>("""
            SELECT t.name AS owner, 'primary key' AS name, c.name AS leads FROM sqlite_schema t JOIN pragma_table_info(t.name) c
                WHERE t.type = 'table' AND c.pk = 1
            UNION ALL
            SELECT t.name, i.name, c.name FROM sqlite_schema t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c
                WHERE t.type = 'table' AND c.seqno = 0
            UNION ALL
            SELECT t.name, 'reference to ' || f."table", f."from" FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f
                WHERE t.type = 'table' AND f.seq = 0
            """, new { });

        // FTS5 keeps its own tables. A virtual table knows rows only by a number, so the texts it indexes must have one; VACUUM
        // renumbers rows without a declared one. The key that the engine uses leads with the workspace there, too.
        Assert.All(
            keys.Where(key => !key.Owner.StartsWith("search_trigrams", StringComparison.Ordinal)
                && key is not { Owner: "search_docs", Leads: "doc_id" }), MustLead);
        Assert.Contains(keys, key => key is { Owner: "search_docs", Leads: "workspace_id" });
        Assert.True(keys.Count > 150);
    }

    [Theory, OnPostgres]
    public async Task On_PostgreSQL_the_workspace_leads_every_key_and_index(Backend backend)
    {
        var db = await Backends.Open(backend);
        await using var tx = await db.ReadEverywhere(CancellationToken.None);

        var keys = await tx.Many<Key>("""
            SELECT c.relname AS owner, n.relname AS name, a.attname AS leads
            FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class n ON n.oid = i.indexrelid
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
            WHERE c.relnamespace = CAST('public' AS regnamespace)
            UNION ALL
            SELECT c.relname, k.conname, a.attname
            FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
            WHERE c.relnamespace = CAST('public' AS regnamespace) AND k.contype IN ('p', 'u', 'f')
            """, new { });

        Assert.All(keys, MustLead);
        Assert.True(keys.Count > 150);
    }

    [Theory, OnPostgres]
    public async Task Both_backends_have_the_same_tables_and_views_with_the_same_columns_in_the_same_order(Backend backend)
    {
        var sqlite = await Columns(Backend.Sqlite, """
            SELECT t.name || '.' || c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
            WHERE t.type IN ('table', 'view') AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND t.name NOT LIKE 'search\_trigrams%' ESCAPE '\'
              AND t.name <> 'sequences' AND NOT (t.name = 'search_docs' AND c.name = 'doc_id')
            ORDER BY t.name, c.cid
            """);
        var postgres = await Columns(backend, """
            SELECT CAST(table_name || '.' || column_name AS TEXT) FROM information_schema.columns WHERE table_schema = 'public'
            ORDER BY table_name COLLATE "C", ordinal_position
            """);

        Assert.Equal(sqlite, postgres);

        static async Task<IReadOnlyList<string>> Columns(Backend backend, string text)
        {
            await using var tx = await (await Backends.Open(backend)).ReadEverywhere(CancellationToken.None);
            return await tx.Many<string>(text, new { });
        }
    }

    // Else each row that goes has the whole table read. https://sqlite.org/foreignkeys.html#fk_indexes
    [Fact]
    public async Task What_hangs_on_a_record_that_can_be_purged_is_found_by_an_index_of_all_rows()
    {
        var db = await Backends.Open(Backend.Sqlite);
        await using var tx = await db.ReadEverywhere(CancellationToken.None);
        string[] purged = ["deals", .. PurgeStore.Nouns.Select(noun => noun.Table)];

        var missing = await tx.Many<string>($"""
            SELECT t.name || '.' || f."from"
            FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f
            WHERE t.type = 'table' AND f.seq = 1 AND f."table" IN ({string.Join(", ", purged.Select(table => $"'{table}'"))})
              AND NOT EXISTS (SELECT 1 FROM pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c
                              WHERE i.partial = 0 AND c.seqno = 1 AND c.name = f."from")
            """, new { });

        Assert.Empty(missing);
    }

    [Fact]
    public async Task On_SQLite_every_table_is_strict()
    {
        var db = await Backends.Open(Backend.Sqlite);
        await using var tx = await db.ReadEverywhere(CancellationToken.None);

        var loose = await tx.Many<string>("""
            SELECT name FROM pragma_table_list
            WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> 'migrations'
            """, new { });

        Assert.Empty(loose);
    }

    [Theory, OnPostgres]
    public async Task On_PostgreSQL_no_text_is_ordered_by_a_locale(Backend backend)
    {
        await using var tx = await (await Backends.Open(backend)).ReadEverywhere(CancellationToken.None);

        var loose = await tx.Many<string>("""
            SELECT CAST(table_name || '.' || column_name AS TEXT) FROM information_schema.columns c
            WHERE table_schema = 'public' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C' AND table_name <> 'migrations'
              AND EXISTS (SELECT 1 FROM information_schema.tables t WHERE t.table_name = c.table_name AND t.table_type = 'BASE TABLE')
            """, new { });

        Assert.Empty(loose);
    }

    private static void MustLead(Key key)
    {
        if (!Directory.Contains(key.Owner)) Assert.True(key.Leads == "workspace_id", $"{key.Owner}: {key.Name} begins with {key.Leads}");
    }

    private sealed record Key
    {
        public string Owner { get; init; } = "";
        public string Name { get; init; } = "";
        public string Leads { get; init; } = "";
    }
}
