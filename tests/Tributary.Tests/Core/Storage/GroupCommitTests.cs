using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Tests.Core.Storage;

/// <summary>Design §5: concurrent requests' writes share a commit, and each is answered only after it.</summary>
public sealed class GroupCommitTests : IAsyncLifetime
{
    private readonly string file = Scratch.File();
    private Db db = null!;

    public async ValueTask InitializeAsync()
    {
        db = Scratch.Sqlite(file);
        await using var tx = await Begin();
        await tx.Run("CREATE TABLE marks (name TEXT NOT NULL PRIMARY KEY, parent TEXT REFERENCES marks (name)) STRICT", new { });
        await tx.Commit();
    }

    public ValueTask DisposeAsync() => db.DisposeAsync();

    [Fact]
    public async Task Changes_that_overlap_share_one_commit_and_are_answered_after_it()
    {
        var commits = db.Commits;

        var first = await Begin();
        await Mark(first, "first");
        var waiting = Begin();
        var firstAnswer = first.Commit();
        var second = await waiting;

        Assert.False(firstAnswer.IsCompleted);
        Assert.Equal(0, await Count());

        await Mark(second, "second");
        await Task.WhenAll(firstAnswer, second.Commit());

        Assert.Equal(2, await Count());
        Assert.Equal(commits + 1, db.Commits);
    }

    [Fact]
    public async Task A_change_alone_is_committed_at_once()
    {
        var commits = db.Commits;

        await Add("alone");

        Assert.Equal(commits + 1, db.Commits);
        Assert.Equal(1, await Count());
    }

    [Fact]
    public async Task A_change_that_fails_takes_back_only_itself()
    {
        var first = await Begin();
        await Mark(first, "first");
        var waiting = Begin();
        var firstAnswer = first.Commit();

        await using (var second = await waiting)
        {
            await Mark(second, "second");
            await Assert.ThrowsAsync<ProblemException>(() => Mark(second, "first"));
        }
        await firstAnswer;

        Assert.Equal("first", await Scratch.Ask<string>(db, 1, "SELECT GROUP_CONCAT(name) FROM marks"));
    }

    [Fact]
    public async Task A_commit_that_fails_fails_every_member_and_the_next_change_succeeds()
    {
        var first = await Begin();
        await Mark(first, "first");
        var waiting = Begin();
        var firstAnswer = first.Commit();
        var second = await waiting;
        // A deferred reference is looked at by COMMIT, not by the statement and not when the savepoint is released.
        await second.Run("PRAGMA defer_foreign_keys = ON", new { });
        await second.Run("INSERT INTO marks (name, parent) VALUES ('orphan', 'nobody')", new { });
        var secondAnswer = second.Commit();

        var refusals = new[] { await Assert.ThrowsAsync<ProblemException>(() => firstAnswer),
            await Assert.ThrowsAsync<ProblemException>(() => secondAnswer) };
        await Add("later");

        Assert.All(refusals, refusal => Assert.Equal(ProblemCode.Conflict, refusal.Problem.Code));
        Assert.Equal("later", await Scratch.Ask<string>(db, 1, "SELECT GROUP_CONCAT(name) FROM marks"));
    }

    [Fact]
    public async Task A_batch_that_is_lost_takes_the_catalogs_with_it()
    {
        var remembered = db.Catalogs;
        var change = await Begin();
        await change.Run("PRAGMA defer_foreign_keys = ON", new { });
        await change.Run("INSERT INTO marks (name, parent) VALUES ('orphan', 'nobody')", new { });

        await Assert.ThrowsAsync<ProblemException>(change.Commit);

        Assert.NotSame(remembered, db.Catalogs);
    }

    [Fact]
    public async Task A_caller_who_gives_up_waiting_leaves_the_writer_usable()
    {
        using var patience = new CancellationTokenSource();
        var first = await Begin();
        var waiting = db.Write(1, patience.Token);

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Mark(first, "first");
        await first.Commit();
        await Add("second");

        Assert.Equal(2, await Count());
    }

    [Fact]
    public async Task Of_many_concurrent_changes_none_is_lost_and_only_the_failing_ones_are_missing()
    {
        const int writers = 40, changes = 10;

        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < changes; i++)
            {
                await Add($"{writer}/{i}");
                await using var abandoned = await Begin();
                await Mark(abandoned, $"{writer}/{i}/abandoned");
            }
        })));

        Assert.Equal(writers * changes, await Count());
    }

    [Fact]
    public async Task Turns_are_given_in_the_order_of_asking()
    {
        var order = new List<int>();
        var first = await Begin();

        var others = Enumerable.Range(1, 5).Select(async n =>
        {
            await using var tx = await Begin();
            order.Add(n);
        }).ToList();
        await first.DisposeAsync();
        await Task.WhenAll(others);

        Assert.Equal([1, 2, 3, 4, 5], order);
    }

    [Fact]
    public async Task Closing_waits_for_the_running_change_and_refuses_those_that_still_wait()
    {
        var running = await Begin();
        await Mark(running, "running");
        var waiting = Begin();

        var closing = db.DisposeAsync().AsTask();
        Assert.False(closing.IsCompleted);
        await running.Commit();
        await closing;
        var refusal = await Assert.ThrowsAsync<ProblemException>(() => waiting);
        var late = await Assert.ThrowsAsync<ProblemException>(Begin);

        Assert.Equal(ProblemCode.Unavailable, refusal.Problem.Code);
        Assert.Equal(ProblemCode.Unavailable, late.Problem.Code);
        db = Scratch.Sqlite(file);
        Assert.Equal(1, await Count());
    }

    [Fact]
    public async Task A_unit_of_work_that_has_ended_runs_nothing_more()
    {
        var tx = await Begin();
        await tx.Commit();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Mark(tx, "late"));
        await Assert.ThrowsAsync<ObjectDisposedException>(tx.Commit);
    }

    private Task<Tx> Begin() => db.Write(1, CancellationToken.None);

    private async Task Add(string name)
    {
        await using var tx = await Begin();
        await Mark(tx, name);
        await tx.Commit();
    }

    private static Task<int> Mark(Tx tx, string name) => tx.Run("INSERT INTO marks (name) VALUES (@name)", new { name });

    private Task<int> Count() => Scratch.Ask<int>(db, 1, "SELECT COUNT(*) FROM marks");
}
