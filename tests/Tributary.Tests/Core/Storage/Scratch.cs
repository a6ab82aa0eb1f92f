using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

/// <summary>Databases of one test's own, and the least a row needs around it.</summary>
internal static class Scratch
{
    public static string File() => Path.Combine(Leftovers.Folder(), "test.db");

    public static Db Sqlite(string? path = null, SqliteUse use = SqliteUse.Throwaway) =>
        Db.Sqlite(path ?? File(), TestClock.Instance, Backends.Uids(), use);

    /// <summary>Not migrated.</summary>
    public static async Task<Db> New(Backend backend) => At(backend, await Address(backend));

    /// <summary>Where a new database is, for two servers that share it.</summary>
    public static async Task<string> Address(Backend backend) => backend is Backend.Sqlite ? File() : await Backends.NewPostgres();

    public static Db At(Backend backend, string address) => backend is Backend.Sqlite
        ? Sqlite(address)
        : Db.Postgres(address, TestClock.Instance, Backends.Uids());

    public static async Task<long> Workspace(Db db, string name = "Acme")
    {
        await using var tx = await db.WriteEverywhere(CancellationToken.None);
        var id = await tx.NextId("workspace_ids");
        await tx.Run($"""
            INSERT INTO workspaces (id, uid, name, base_currency, time_zone, catalog_version, settings, added_at)
            VALUES (@id, @uid, @name, 'USD', 'UTC', 1, {tx.Sql.Json("settings")}, @Now)
            """, new { id, uid = tx.NextUid(), name, settings = "{}", tx.Now });
        await tx.Commit();
        return id;
    }

    public static async Task<long> Tag(Db db, long workspace, string name)
    {
        await using var tx = await db.Write(workspace, CancellationToken.None);
        var id = await AddTag(tx, workspace, name);
        await tx.Commit();
        return id;
    }

    public static async Task<long> AddTag(Tx tx, long workspace, string name)
    {
        var id = await tx.NextId("tag_ids");
        await tx.Run("INSERT INTO tags (workspace_id, id, uid, name, added_at) VALUES (@workspace, @id, @uid, @name, @Now)",
            new { workspace, id, uid = tx.NextUid(), name, tx.Now });
        return id;
    }

    public static async Task<T> Ask<T>(Db db, long workspace, string text, object? parameters = null)
    {
        await using var tx = await db.Read(workspace, CancellationToken.None);
        return (await tx.One<T>(text, parameters ?? new { }))!;
    }
}
