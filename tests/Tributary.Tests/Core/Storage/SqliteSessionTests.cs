using Microsoft.Data.Sqlite;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

public sealed class SqliteSessionTests : IDisposable
{
    private const string Numbers = "SELECT value FROM json_each(@list)";

    private readonly SqliteSession session;

    public SqliteSessionTests()
    {
        NativeSqlite.Load();
        session = new SqliteFile(Scratch.File(), SqliteUse.Throwaway).Open();
    }

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_text_is_compiled_once()
    {
        Values("[1]");
        var before = session.PreparedCount;

        var answers = Enumerable.Range(0, 20).SelectMany(n => Values($"[{n}]")).ToList();

        Assert.Equal(Enumerable.Range(0, 20).Select(n => (long)n), answers);
        Assert.Equal(before, session.PreparedCount);
    }

    [Fact]
    public async Task A_text_is_not_run_again_while_its_own_rows_are_being_read()
    {
        await using (var rows = await session.Ask(Numbers, new { list = "[1,2]" }, CancellationToken.None))
        {
            Assert.True(await rows.Next());

            Assert.Throws<InvalidOperationException>(() => session.Prepared(Numbers).Ask(new { list = "[7]" }));

            Assert.True(await rows.Next());
            Assert.Equal(2, rows.Read((ref row) => row.Whole()));
        }

        Assert.Equal([7], Values("[7]"));
    }

    [Fact]
    public async Task Texts_without_end_neither_fill_the_memory_nor_disturb_who_still_reads()
    {
        await using var rows = await session.Ask(Numbers, new { list = "[1,2]" }, CancellationToken.None);
        Assert.True(await rows.Next());

        for (var i = 0; i < 1200; i++) Assert.Equal((long)i, session.Value($"SELECT {i}"));

        Assert.True(await rows.Next());
        Assert.Equal(2, rows.Read((ref row) => row.Whole()));
        Assert.InRange(session.PreparedCount, 1, 501);
    }

    [Fact]
    public void A_statement_that_failed_runs_again()
    {
        session.Execute("CREATE TABLE marks (name TEXT NOT NULL PRIMARY KEY) STRICT");
        var insert = session.Prepared("INSERT INTO marks (name) VALUES (@name)");
        insert.Run(new { name = "one" });

        Assert.Throws<SqliteException>(() => insert.Run(new { name = "one" }));
        insert.Run(new { name = "two" });

        Assert.Equal(2L, session.Value("SELECT COUNT(*) FROM marks"));
    }

    [Fact]
    public async Task A_reader_who_hangs_up_stops_a_long_statement()
    {
        await using var db = Scratch.Sqlite();
        using var patience = new CancellationTokenSource();
        await using var tx = await db.Read(1, patience.Token);

        var endless =
            Task.Run(() => tx.One<long>("WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT MAX(x) FROM n", new { }));
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
    }

    [Fact]
    public async Task Readers_beyond_the_bound_wait_for_their_turn()
    {
        await using var db = Scratch.Sqlite();
        var reading = new List<Tx>();
        for (var i = 0; i < SqliteReaders.Most; i++) reading.Add(await db.Read(1, CancellationToken.None));

        var waiting = db.Read(1, CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        await reading[0].DisposeAsync();
        reading[0] = await waiting;

        foreach (var tx in reading) await tx.DisposeAsync();
    }

    [Theory, OnBothBackends]
    public async Task A_read_sees_one_moment_whatever_is_written_meanwhile(Backend backend)
    {
        var db = await Backends.Open(backend);
        var workspace = await Scratch.Workspace(db);
        await Scratch.Tag(db, workspace, "before");

        await using var tx = await db.Read(workspace, CancellationToken.None);
        var first = await tx.One<int>("SELECT COUNT(*) FROM tags WHERE workspace_id = @Workspace", new { tx.Workspace });
        await Scratch.Tag(db, workspace, "meanwhile");
        var second = await tx.One<int>("SELECT COUNT(*) FROM tags WHERE workspace_id = @Workspace", new { tx.Workspace });

        Assert.Equal(1, first);
        Assert.Equal(1, second);
    }

    private List<long> Values(string list)
    {
        var values = new List<long>();
        session.Prepared(Numbers).Read(new { list }, (ref row) =>
        {
            values.Add(row.Whole());
            return true;
        });
        return values;
    }
}
