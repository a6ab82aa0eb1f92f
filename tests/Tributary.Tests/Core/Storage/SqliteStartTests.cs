using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

public sealed class SqliteStartTests
{
    // https://www.sqlite.org/pragma.html#pragma_synchronous: 2 is FULL, which syncs the log at every commit.
    [Fact]
    public async Task Every_connection_is_durable_keeps_references_and_writes_ahead()
    {
        await using var db = Scratch.Sqlite(use: SqliteUse.Serving);
        var first = await db.Read(1, CancellationToken.None);
        var units = new[] { first, await db.Read(1, CancellationToken.None), await db.Write(1, CancellationToken.None) };

        foreach (var tx in units)
        {
            Assert.Equal("wal", await tx.One<string>("PRAGMA journal_mode", new { }));
            Assert.Equal(2, await tx.One<long>("PRAGMA synchronous", new { }));
            Assert.Equal(1, await tx.One<long>("PRAGMA fullfsync", new { }));
            Assert.Equal(1, await tx.One<long>("PRAGMA foreign_keys", new { }));
            await tx.DisposeAsync();
        }
    }

    // The file is another process's while its write is open; https://www.sqlite.org/rescode.html#busy.
    [Fact]
    public async Task Who_waits_ten_seconds_for_another_process_in_vain_is_to_try_again()
    {
        var path = Scratch.File();
        await using var db = Scratch.Sqlite(path, SqliteUse.Serving);
        await using var other = Scratch.Sqlite(path, SqliteUse.Serving);
        await using var held = await other.Write(1, CancellationToken.None);
        var since = Stopwatch.GetTimestamp();

        var refusal = await Assert.ThrowsAsync<ProblemException>(() => db.Write(1, CancellationToken.None));

        Assert.Equal(ProblemCode.Unavailable, refusal.Problem.Code);
        Assert.True(Stopwatch.GetElapsedTime(since) >= TimeSpan.FromSeconds(10), "it was not given up before");
    }

    // https://www.sqlite.org/pragma.html#pragma_synchronous: 1 is NORMAL, which in a write-ahead log syncs at checkpoints, keeps it whole, and may lose its end with the power.
    [Fact]
    public async Task Who_fills_a_database_waits_for_the_disk_at_checkpoints_only()
    {
        var path = Scratch.File();
        await using (var db = Scratch.Sqlite(path, SqliteUse.Filling))
        {
            var tx = await db.Write(1, CancellationToken.None);
            Assert.Equal("wal", await tx.One<string>("PRAGMA journal_mode", new { }));
            Assert.Equal(1, await tx.One<long>("PRAGMA synchronous", new { }));
            Assert.Equal(1, await tx.One<long>("PRAGMA foreign_keys", new { }));
            await tx.RunScript("CREATE TABLE filled (id INTEGER); INSERT INTO filled VALUES (7)");
            await tx.Commit();
        }

        await using var again = Scratch.Sqlite(path, SqliteUse.Serving);
        Assert.Equal(7, await Scratch.Ask<long>(again, 1, "SELECT id FROM filled"));
        Assert.False(File.Exists(path + "-wal") && new FileInfo(path + "-wal").Length > 0, "the log is in the file");
    }

    [Fact]
    public void A_file_that_is_no_database_stops_the_start_with_a_reason()
    {
        var path = Scratch.File();
        File.WriteAllText(path, new string('x', 8192));

        var refusal = Assert.Throws<StartupException>(() => Scratch.Sqlite(path));

        Assert.Contains("no SQLite database", refusal.Message);
    }

    [Fact]
    public void A_missing_directory_stops_the_start_with_a_reason()
    {
        var refusal = Assert.Throws<StartupException>(() => Scratch.Sqlite(Path.Combine(Scratch.File(), "nested.db")));

        Assert.Contains("directory must exist", refusal.Message);
    }

    [Fact]
    public async Task Damage_found_later_is_a_refusal_not_a_crash()
    {
        var path = Scratch.File();
        await using (var db = await Filled(path))
        {
        }
        using (var stream = File.OpenWrite(path))
        {
            stream.Seek(4096, SeekOrigin.Begin);
            for (var i = 4096; i < new FileInfo(path).Length; i++) stream.WriteByte(0xEE);
        }

        await using var damaged = Scratch.Sqlite(path);
        var refusal =
            await Assert.ThrowsAsync<ProblemException>(() => Scratch.Ask<string>(damaged, 1, "SELECT GROUP_CONCAT(name) FROM marks"));

        Assert.Equal(ProblemCode.Unavailable, refusal.Problem.Code);
    }

    [Fact]
    public async Task Closing_empties_the_write_ahead_log_into_the_file()
    {
        var path = Scratch.File();
        await using (var db = await Filled(path))
        {
            Assert.True(new FileInfo(path + "-wal").Length > 0);
        }

        Assert.False(File.Exists(path + "-wal"));
    }

    [Theory]
    [InlineData(3_039_004, true, "3.39.4")]
    [InlineData(3_045_001, false, "FTS5")]
    public void A_library_that_cannot_run_the_schema_is_refused_and_says_what_to_install(int version, bool hasFullText, string named)
    {
        var refusal = Assert.Throws<StartupException>(() => NativeSqlite.Check(version, hasFullText));

        Assert.Contains(named, refusal.Message);
        Assert.Contains("libsqlite3-0", refusal.Message);
    }

    [Fact]
    public void A_server_before_PostgreSQL_15_is_refused()
    {
        Migrator.CheckPostgres(150_000);

        Assert.Contains("14.12", Assert.Throws<StartupException>(() => Migrator.CheckPostgres(140_012)).Message);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=nobody;Timeout=2", "does not answer")]
    [InlineData("Host=127.0.0.1;Port=1,2;Username=nobody;Timeout=2;Target Session Attributes=primary", "does not answer")]
    public async Task A_PostgreSQL_that_does_not_answer_stops_the_start_and_refuses_requests(string connection, string said)
    {
        await using var db =
            Db.Postgres(connection.Replace("Host=127.0.0.1;Port=1,2", "Host=127.0.0.1:1,127.0.0.1:2", StringComparison.Ordinal),
                TestClock.Instance, Backends.Uids());

        var start = await Assert.ThrowsAsync<StartupException>(() => Migrator.Run(db, CancellationToken.None));
        var request = await Assert.ThrowsAsync<ProblemException>(() => db.Read(1, CancellationToken.None));

        Assert.Contains(said, start.Message);
        Assert.Equal(ProblemCode.Unavailable, request.Problem.Code);
    }

    [Theory, OnPostgres]
    public async Task A_refused_sign_in_stops_the_start_and_does_not_show_the_password(Backend backend)
    {
        Assert.Equal(Backend.Postgres, backend);
        await using var db = Db.Postgres(Backends.Server + ";Username=tributary_nobody;Password=hush", TestClock.Instance, Backends.Uids());

        var start = await Assert.ThrowsAsync<StartupException>(() => Migrator.Run(db, CancellationToken.None));

        Assert.Contains("connection string", start.Message);
        Assert.DoesNotContain("hush", start.ToString());
    }

    private static async Task<Db> Filled(string path)
    {
        var db = Scratch.Sqlite(path);
        await using var tx = await db.Write(1, CancellationToken.None);
        await tx.Run("CREATE TABLE marks (name TEXT NOT NULL) STRICT", new { });
        for (var i = 0; i < 500; i++) await tx.Run("INSERT INTO marks (name) VALUES (@name)", new { name = new string('a', 200) });
        await tx.Commit();
        return db;
    }
}
