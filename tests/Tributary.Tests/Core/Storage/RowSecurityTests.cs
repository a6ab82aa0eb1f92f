using Npgsql;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

/// <summary>The second wall of design §7: what a statement that forgot its workspace can do on PostgreSQL.</summary>
public sealed class RowSecurityTests
{
    [Theory, OnPostgres]
    public async Task The_tests_run_as_a_role_that_row_security_binds(Backend backend)
    {
        var db = await Backends.Open(backend);

        Assert.False(await Scratch.Ask<bool>(db, 1, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = CURRENT_USER"));
    }

    [Theory, OnPostgres]
    public async Task A_statement_without_WHERE_sees_only_the_named_workspace(Backend backend)
    {
        var db = await Backends.Open(backend);
        var (ours, theirs) = (await Scratch.Workspace(db), await Scratch.Workspace(db));
        await Scratch.Tag(db, ours, "ours");
        await Scratch.Tag(db, theirs, "theirs");

        await using var tx = await db.Write(ours, CancellationToken.None);
        var seen = await tx.Many<string>("SELECT name FROM tags", new { });
        var changed = await tx.Run("UPDATE tags SET name = 'changed'", new { });
        var deleted = await tx.Run("DELETE FROM tags WHERE workspace_id = @theirs", new { theirs });

        Assert.Equal(["ours"], seen);
        Assert.Equal(1, changed);
        Assert.Equal(0, deleted);
    }

    [Theory, OnPostgres]
    public async Task A_row_for_another_workspace_is_refused(Backend backend)
    {
        var db = await Backends.Open(backend);
        var (ours, theirs) = (await Scratch.Workspace(db), await Scratch.Workspace(db));

        await using var tx = await db.Write(ours, CancellationToken.None);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => Scratch.AddTag(tx, theirs, "smuggled"));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Theory, OnPostgres]
    public async Task Work_across_workspaces_sees_all(Backend backend)
    {
        var db = await Backends.Open(backend);
        var (ours, theirs) = (await Scratch.Workspace(db), await Scratch.Workspace(db));
        await Scratch.Tag(db, ours, "ours");
        await Scratch.Tag(db, theirs, "theirs");

        await using var tx = await db.ReadEverywhere(CancellationToken.None);
        var seen = await tx.Many<string>("SELECT name FROM tags WHERE workspace_id = @ours OR workspace_id = @theirs ORDER BY id",
            new { ours, theirs });

        Assert.Equal(["ours", "theirs"], seen);
    }

    [Theory, OnPostgres]
    public async Task A_connection_that_names_no_workspace_sees_nothing(Backend backend)
    {
        var db = await Backends.Open(backend);
        var workspace = await Scratch.Workspace(db);
        await Scratch.Tag(db, workspace, "ours");

        await using var tx = await db.Read(workspace, CancellationToken.None);
        await tx.Run("SELECT set_config('tributary.workspace', '', TRUE)", new { });

        Assert.Equal(0, await tx.One<long>("SELECT COUNT(*) FROM tags", new { }));
    }

    [Theory, OnPostgres]
    public async Task Every_table_with_a_workspace_has_the_wall_except_the_directory_and_the_search_texts(Backend backend)
    {
        var db = await Backends.Open(backend);

        await using var tx = await db.ReadEverywhere(CancellationToken.None);
        var open = await tx.Many<string>("""
            SELECT c.relname
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
            WHERE c.relnamespace = CAST('public' AS regnamespace) AND c.relkind = 'r'
              AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))
            ORDER BY c.relname
            """, new { });

        Assert.Equal(["directory", "search_docs"], open);
    }
}
