using Tributary.Core.Storage;

namespace Tributary.Tests.Core.Storage;

/// <summary>
/// SQLite's documentation of its write-ahead log: it begins anew only where all of it was copied and nobody reads from it.
/// </summary>
public sealed class SqliteCheckpointsTests
{
    private const int Megabyte = 1 << 20;

    [Fact]
    public async Task The_log_is_copied_into_the_file_beside_the_writer()
    {
        var path = Scratch.File();
        using var writer = Made(path);
        writer.Execute("PRAGMA wal_autocheckpoint = 0");
        var checkpoints = new SqliteCheckpoints(new(path, SqliteUse.Throwaway));

        checkpoints.After(writer);
        for (var i = 0; i < 20; i++) Add(writer);
        var before = new FileInfo(path).Length;
        checkpoints.After(writer);
        await checkpoints.DisposeAsync();

        Assert.True(before < Megabyte, $"{before} bytes were copied before anybody asked");
        Assert.True(new FileInfo(path).Length > 20 * Megabyte, $"{new FileInfo(path).Length} bytes");
    }

    [Fact]
    public async Task The_log_does_not_grow_without_end_while_changes_keep_coming()
    {
        var path = Scratch.File();
        using (Made(path)) { }
        await using var db = Scratch.Sqlite(path);
        var longest = 0L;

        for (var i = 0; i < 250; i++)
        {
            await using var tx = await db.WriteEverywhere(CancellationToken.None);
            await tx.Run($"INSERT INTO bytes (some) VALUES (zeroblob({Megabyte}))", new { });
            await tx.Commit();
            longest = Math.Max(longest, new FileInfo($"{path}-wal").Length);
        }

        Assert.True(longest < 120 * Megabyte, $"{longest} bytes");
    }

    private static SqliteSession Made(string path)
    {
        NativeSqlite.Load();
        var session = new SqliteFile(path, SqliteUse.Throwaway).Open();
        session.Execute("CREATE TABLE bytes (some BLOB NOT NULL) STRICT");
        return session;
    }

    private static void Add(SqliteSession session) => session.Execute($"INSERT INTO bytes (some) VALUES (zeroblob({Megabyte}))");
}
