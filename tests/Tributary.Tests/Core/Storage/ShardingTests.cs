using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

/// <summary>
/// The schema can be distributed by workspace: what Citus asks of the keys of a distributed table, read from PostgreSQL's own catalog.
/// https://docs.citusdata.com/en/stable/develop/reference_ddl.html, https://docs.citusdata.com/en/stable/reference/common_errors.html
/// </summary>
public sealed class ShardingTests
{
    /// <summary>
    /// Small, the same for all, and so copied to every node (create_reference_table): workspaces have names of their own, the others know
    /// no workspace.
    /// </summary>
    private static readonly string[] Reference = ["instance_secrets", "migrations", "workspaces"];

    [Theory, OnPostgres]
    public async Task Every_other_table_has_the_workspace_to_be_distributed_by(Backend backend)
    {
        await using var tx = await (await Backends.Open(backend)).ReadEverywhere(TestContext.Current.CancellationToken);

        Assert.Equal(Reference, await tx.Many<string>("""
            SELECT relname FROM pg_class c
            WHERE relnamespace = CAST('public' AS regnamespace) AND relkind IN ('r', 'p')
              AND NOT EXISTS (SELECT 1 FROM pg_attribute a
              WHERE a.attrelid = c.oid AND a.attname = 'workspace_id' AND a.attnotnull AND NOT a.attisdropped)
            ORDER BY relname COLLATE "C"
            """, new { }));
    }

    [Theory, OnPostgres]
    public async Task Every_key_of_a_distributed_table_holds_the_workspace(Backend backend)
    {
        await using var tx = await (await Backends.Open(backend)).ReadEverywhere(TestContext.Current.CancellationToken);

        Assert.Empty(await tx.Many<string>("""
            SELECT CAST(CAST(i.indexrelid AS regclass) AS TEXT)
            FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
            WHERE c.relnamespace = CAST('public' AS regnamespace) AND (i.indisunique OR i.indisexclusion)
                AND NOT c.relname = ANY(@Reference)
              AND NOT EXISTS (SELECT 1 FROM pg_attribute a
              WHERE a.attrelid = c.oid AND a.attname = 'workspace_id' AND a.attnum = ANY(i.indkey))
            """, new { Reference }));
    }

    [Theory, OnPostgres]
    public async Task Every_reference_stays_inside_the_workspace_or_points_to_a_table_that_all_nodes_have(Backend backend)
    {
        await using var tx = await (await Backends.Open(backend)).ReadEverywhere(TestContext.Current.CancellationToken);

        // A reference to a distributed table pairs workspace_id with workspace_id, so that both rows are on one node; and none sets
        // the column that rows are distributed by.
        Assert.Empty(await tx.Many<string>("""
            SELECT CAST(CAST(k.conrelid AS regclass) AS TEXT) || '.' || k.conname
            FROM pg_constraint k JOIN pg_class target ON target.oid = k.confrelid JOIN pg_class source ON source.oid = k.conrelid
            WHERE k.contype = 'f' AND source.relnamespace = CAST('public' AS regnamespace)
              AND (source.relname = ANY(@Reference) AND NOT target.relname = ANY(@Reference)
                OR k.confdeltype IN ('n', 'd') OR k.confupdtype IN ('c', 'n', 'd')
                OR NOT target.relname = ANY(@Reference) AND NOT EXISTS (
                    SELECT 1 FROM generate_subscripts(k.conkey, 1) AS n
                    JOIN pg_attribute here ON here.attrelid = k.conrelid AND here.attnum = k.conkey[n] AND here.attname = 'workspace_id'
                    JOIN pg_attribute there ON there.attrelid = k.confrelid AND there.attnum = k.confkey[n]
                        AND there.attname = 'workspace_id'))
            """, new { Reference }));
    }

    [Theory, OnPostgres]
    public async Task No_trigger_and_no_identity_column_ties_rows_to_one_server(Backend backend)
    {
        await using var tx = await (await Backends.Open(backend)).ReadEverywhere(TestContext.Current.CancellationToken);

        Assert.Empty(await tx.Many<string>("SELECT CAST(tgname AS TEXT) FROM pg_trigger WHERE NOT tgisinternal", new { }));
        Assert.Empty(await tx.Many<string>("SELECT CAST(attname AS TEXT) FROM pg_attribute WHERE attidentity <> '' AND attrelid >= 16384",
            new { }));
    }
}
