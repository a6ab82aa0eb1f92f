using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

/// <summary>Units of work that follow each other without waiting for the disk (decision 0030).</summary>
public sealed class GoOnTests
{
    private const string Insert = "INSERT INTO kept (n) VALUES (@n)";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_follows_comes_after_what_was_committed_and_is_undone_by_itself()
    {
        await using var db = await Kept(Scratch.File(), SqliteUse.Filling);

        await using var first = await db.WriteEverywhere(Ct);
        first.Bulk = new();
        await first.Put(Insert, new { n = 1L });
        var (second, committed) = await first.GoOn();
        second.Bulk = new();
        await second.Put("UPDATE kept SET n = n + 10", new { });
        await second.Put(Insert, new { n = 2L });
        await committed;
        var seenByOthers = await Rows(db);
        var seenBySecond = await second.Many<long>("SELECT n FROM kept ORDER BY n", new { });
        await second.DisposeAsync();

        Assert.Equal([1], seenByOthers);
        Assert.Equal([2, 11], seenBySecond);
        Assert.Equal([1], await Rows(db));
    }

    [Fact]
    public async Task What_waits_for_the_commit_runs_when_it_is_done()
    {
        await using var db = await Kept(Scratch.File(), SqliteUse.Filling);
        var told = 0;

        await using var first = await db.WriteEverywhere(Ct);
        first.WhenCommitted(() => told++);
        var (second, committed) = await first.GoOn();
        await committed;
        await second.Commit();

        Assert.Equal(1, told);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => first.Run("DELETE FROM kept", new { }));
    }

    // Without a schema there is no index that new texts could enter, which is what a commit does last.
    [Fact]
    public async Task Nothing_follows_what_could_not_be_committed()
    {
        await using var db = await Kept(Scratch.File(), SqliteUse.Filling);

        await using var first = await db.WriteEverywhere(Ct);
        first.Bulk = new();
        await first.Put(Insert, new { n = 1L });
        first.HasTexts = true;
        var (second, committed) = await first.GoOn();
        second.Bulk = new();
        await second.Put(Insert, new { n = 2L });

        await Assert.ThrowsAnyAsync<Exception>(() => second.Many<long>("SELECT n FROM kept", new { }));
        await Assert.ThrowsAnyAsync<Exception>(() => committed);
        await second.DisposeAsync();
        Assert.Empty(await Rows(db));

        await using var third = await db.WriteEverywhere(Ct);
        await third.Run(Insert, new { n = 3L });
        await third.Commit();
        Assert.Equal([3], await Rows(db));
    }

    [Fact]
    public async Task Who_writes_beside_comes_in_between_and_what_relied_on_its_absence_is_not_kept()
    {
        var path = Scratch.File();
        await using var db = await Kept(path, SqliteUse.Filling);
        await using var beside = Scratch.Sqlite(path, SqliteUse.Throwaway);
        var current = await db.WriteEverywhere(Ct);
        current.Bulk = new();
        var other = Task.Run(async () =>
        {
            await using var tx = await beside.WriteEverywhere(Ct);
            await tx.Run(Insert, new { n = -1L });
            await tx.Commit();
        }, Ct);

        // It asks again each millisecond, and each commit leaves it three.
        var kept = 0L;
        try
        {
            for (; kept < 10_000; kept++)
            {
                await current.Put(Insert, new { n = kept });
                var (next, committed) = await current.GoOn();
                current = next;
                current.Bulk = new();
                await committed;
            }
        }
        catch (OvertakenException)
        {
            // Of the one that had begun.
        }
        await current.DisposeAsync();
        await other;

        Assert.InRange(kept, 1, 9_999);
        Assert.Equal([-1, .. Enumerable.Range(0, (int)kept)], await Rows(db));
    }

    [Theory, OnBothBackends]
    public async Task Where_requests_are_served_each_waits_for_its_own_commit(Backend backend)
    {
        await using var db = backend is Backend.Sqlite ? Scratch.Sqlite(use: SqliteUse.Serving) : await Scratch.New(backend);

        Assert.False(db.GoesOn);
    }

    private static async Task<Db> Kept(string path, SqliteUse use)
    {
        var db = Scratch.Sqlite(path, use);
        await using var tx = await db.WriteEverywhere(Ct);
        await tx.RunScript("CREATE TABLE kept (n INTEGER)");
        await tx.Commit();
        return db;
    }

    private static async Task<IReadOnlyList<int>> Rows(Db db)
    {
        await using var tx = await db.ReadEverywhere(Ct);
        return [.. (await tx.Many<long>("SELECT n FROM kept ORDER BY n", new { })).Select(n => (int)n)];
    }
}
