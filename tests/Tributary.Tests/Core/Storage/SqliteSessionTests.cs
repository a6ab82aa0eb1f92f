using Dapper;
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
        session = new SqliteFile(Scratch.File(), Durable: false).Open();
    }

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_text_is_compiled_once()
    {
        session.Query<long>(Numbers, new { list = "[1]" });
        var before = session.PreparedCount;

        var answers = Enumerable.Range(0, 20).Select(n => session.QuerySingle<long>(Numbers, new { list = $"[{n}]" })).ToList();

        Assert.Equal(Enumerable.Range(0, 20).Select(n => (long)n), answers);
        Assert.Equal(before, session.PreparedCount);
    }

    [Fact]
    public void A_text_may_run_again_while_its_own_rows_are_being_read()
    {
        var seen = new List<string>();

        foreach (var outer in session.Query<long>(Numbers, new { list = "[1,2]" }, buffered: false))
        {
            foreach (var inner in session.Query<long>(Numbers, new { list = "[7,8]" }, buffered: false)) seen.Add($"{outer}{inner}");
        }

        Assert.Equal(["17", "18", "27", "28"], seen);
    }

    [Fact]
    public void Texts_without_end_neither_fill_the_memory_nor_disturb_an_open_reader()
    {
        using var reader = session.ExecuteReader(Numbers, new { list = "[1,2]" });
        Assert.True(reader.Read());

        for (var i = 0; i < 1200; i++) Assert.Equal(i, session.QuerySingle<int>($"SELECT {i}"));

        Assert.True(reader.Read());
        Assert.Equal(2, reader.GetInt64(0));
        Assert.InRange(session.PreparedCount, 1, 501);
    }

    [Fact]
    public void A_statement_that_failed_runs_again()
    {
        session.Execute("CREATE TABLE marks (name TEXT NOT NULL PRIMARY KEY) STRICT");
        const string insert = "INSERT INTO marks (name) VALUES (@name)";
        session.Execute(insert, new { name = "one" });

        Assert.ThrowsAny<Exception>(() => session.Execute(insert, new { name = "one" }));
        session.Execute(insert, new { name = "two" });

        Assert.Equal(2, session.QuerySingle<int>("SELECT COUNT(*) FROM marks"));
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
}
