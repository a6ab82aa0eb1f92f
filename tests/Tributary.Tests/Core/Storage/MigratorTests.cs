using System.Globalization;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

public sealed class MigratorTests
{
    private static readonly Migrator.Script One =
        new("0001_one", "CREATE TABLE ones (id WHOLE NOT NULL PRIMARY KEY, at INSTANT, text WORDS) STRICT;\n");
    private static readonly Migrator.Script Two =
        new("0002_two", "ALTER TABLE ones ADD COLUMN more WORDS;\nINSERT INTO ones (id) VALUES (1);\n");

    [Theory, OnBothBackends]
    public async Task Scripts_run_in_order_and_once(Backend backend)
    {
        await using var db = await Scratch.New(backend);

        Assert.Equal(["0001_one"], await Migrator.Run(db, [One], CancellationToken.None));
        Assert.Equal(["0002_two"], await Migrator.Run(db, [One, Two], CancellationToken.None));
        Assert.Empty(await Migrator.Run(db, [One, Two], CancellationToken.None));

        Assert.Equal(1, await Scratch.Ask<int>(db, 0, "SELECT COUNT(*) FROM ones"));
    }

    [Theory, OnBothBackends]
    public async Task The_shipped_scripts_run_once(Backend backend)
    {
        await using var db = await Scratch.New(backend);

        var first = await Migrator.Run(db, CancellationToken.None);

        Assert.Equal(Migrator.Scripts().Select(script => script.Name), first);
        Assert.Empty(await Migrator.Run(db, CancellationToken.None));
    }

    // SQLite, "The ANALYZE Command": DROP INDEX takes away what ANALYZE gathered about the index.
    [Fact]
    public async Task SQLite_knows_as_much_of_an_index_that_a_script_makes_anew_as_of_the_others()
    {
        await using var db = await Scratch.New(Backend.Sqlite);
        await Migrator.Run(db, [One, Two, new("0003_index", "CREATE INDEX ones_by_more ON ones (more);\n")], CancellationToken.None);
        await db.Alone(session => session.Execute("ANALYZE"), CancellationToken.None);

        await Migrator.Run(db, [One, Two, new("0003_index", "CREATE INDEX ones_by_more ON ones (more);\n"),
            new("0004_anew", "DROP INDEX ones_by_more;\nCREATE INDEX ones_by_more ON ones (more, text);\n")], CancellationToken.None);

        Assert.Equal(1, await Scratch.Ask<int>(db, 0, "SELECT COUNT(*) FROM sqlite_stat1 WHERE idx = 'ones_by_more'"));
    }

    [Theory, OnBothBackends]
    public async Task A_script_that_was_edited_stops_the_start(Backend backend)
    {
        await using var db = await Scratch.New(backend);
        await Migrator.Run(db, [One], CancellationToken.None);

        var refusal =
            await Assert.ThrowsAsync<StartupException>(() =>
                Migrator.Run(db, [One with { Text = One.Text + "\n" }], CancellationToken.None));

        Assert.Contains("0001_one", refusal.Message);
        Assert.Contains("changed after it ran", refusal.Message);
    }

    [Theory, OnBothBackends]
    public async Task A_database_of_a_newer_version_stops_the_start(Backend backend)
    {
        await using var db = await Scratch.New(backend);
        await Migrator.Run(db, [One, Two], CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<StartupException>(() => Migrator.Run(db, [One], CancellationToken.None));

        Assert.Contains("0002_two", refusal.Message);
    }

    [Theory, OnBothBackends]
    public async Task A_script_that_fails_leaves_nothing_behind(Backend backend)
    {
        await using var db = await Scratch.New(backend);

        await Assert.ThrowsAnyAsync<Exception>(() => Migrator.Run(db,
            [One, Two with { Text = Two.Text + "INSERT INTO nowhere (id) VALUES (1);" }], CancellationToken.None));

        Assert.Equal(["0002_two"], await Migrator.Run(db, [One, Two], CancellationToken.None));
    }

    [Fact]
    public async Task Four_servers_that_start_on_one_file_run_each_script_once()
    {
        var file = Scratch.File();

        var ran = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var db = Scratch.Sqlite(file);
            return await Migrator.Run(db, CancellationToken.None);
        })));

        Assert.Equal(Migrator.Scripts().Select(script => script.Name), ran.SelectMany(names => names).Order());
    }

    [Theory, OnPostgres]
    public async Task Four_servers_that_start_on_one_PostgreSQL_run_each_script_once(Backend backend)
    {
        Assert.Equal(Backend.Postgres, backend);
        var connection = await Backends.NewPostgres();

        var ran = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var db = Db.Postgres(connection, TestClock.Instance, Backends.Uids());
            return await Migrator.Run(db, CancellationToken.None);
        })));

        Assert.Equal(Migrator.Scripts().Select(script => script.Name), ran.SelectMany(names => names).Order());
    }

    [Fact]
    public void Each_number_is_one_scripts_and_none_is_left_out()
    {
        var numbers = Migrator.Scripts().Select(script => int.Parse(script.Name[..4], CultureInfo.InvariantCulture)).ToList();

        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
    }

    [Fact]
    public void Each_backend_reads_its_own_words_and_lines()
    {
        const string text =
            "-- why\nCREATE TABLE t (a WHOLE, b UID) STRICT;\n-- [sqlite]\nONLY HERE;\n-- [postgres]\nONLY THERE;\n-- [both]\nDONE;\n";

        Assert.Equal("CREATE TABLE t (a INTEGER, b TEXT) STRICT;\nONLY HERE;\nDONE;\n\n", Migrator.For(SqlFlavor.Sqlite, text));
        Assert.Equal("CREATE TABLE t (a BIGINT, b UUID) ;\nONLY THERE;\nDONE;\n\n", Migrator.For(SqlFlavor.Postgres, text));
    }
}
