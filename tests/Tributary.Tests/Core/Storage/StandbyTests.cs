using Tributary.Core.Deals;
using Tributary.Core.Storage;
using Tributary.Tests.Core.Deals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

/// <summary>Which of two databases is asked. What a real replica does with it is shown by the bench (docs/scaling.md).</summary>
public sealed class StandbyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnPostgres]
    public async Task Only_what_may_be_stale_is_read_from_the_second_connection(Backend backend)
    {
        _ = backend;
        var (first, second) = (await Backends.NewPostgres(), await Backends.NewPostgres());
        await using var db = Db.Postgres(first, TestClock.Instance, Backends.Uids(), second);
        await Migrator.Run(db, Ct);
        await using (var other = Db.Postgres(second, TestClock.Instance, Backends.Uids())) await Migrator.Run(other, Ct);
        var some = await Some.Workspace(db);
        var deal = await some.Deal();

        Assert.NotNull(await new DealService(db).Get(some.Admin, deal.Id, Ct));
        Assert.Equal("the second, where nothing is", await Asked());
        // What a flow allowed ends with it.
        Assert.NotNull(await new DealService(db).Get(some.Admin, deal.Id, Ct));

        async Task<string> Asked()
        {
            db.MayBeStale();
            await using var tx = await db.Read(some.Id, Ct);
            return await tx.One<long>("SELECT COUNT(*) FROM workspaces", new { }) == 0 ? "the second, where nothing is" : "the first";
        }
    }

    [Theory, OnPostgres]
    public async Task Writes_and_what_they_read_go_to_the_first_whatever_is_allowed(Backend backend)
    {
        _ = backend;
        var (first, second) = (await Backends.NewPostgres(), await Backends.NewPostgres());
        await using var db = Db.Postgres(first, TestClock.Instance, Backends.Uids(), second);
        await Migrator.Run(db, Ct);
        var some = await Some.Workspace(db);

        db.MayBeStale();
        var deal = await some.Deal(new() { Title = "Written" });

        Assert.Equal("Written", deal.Title);
    }

    [Theory, OnPostgres]
    public async Task Where_no_replica_answers_the_primary_does(Backend backend)
    {
        _ = backend;
        await using var db = Db.Postgres(await Backends.NewPostgres(), TestClock.Instance, Backends.Uids(),
            "Host=127.0.0.1;Port=7299;Username=nobody;Database=none;Timeout=2");
        await Migrator.Run(db, Ct);
        var some = await Some.Workspace(db);
        var deal = await some.Deal(new() { Title = "Still there" });

        db.MayBeStale();

        Assert.Equal("Still there", (await new DealService(db).Get(some.Admin, deal.Id, Ct)).Title);
    }
}
