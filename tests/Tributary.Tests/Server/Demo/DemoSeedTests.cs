using Tributary.Core.Activities;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;
using Tributary.Core.Totals;
using Tributary.Server.Demo;
using Tributary.Server.Seeding;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Demo;

public sealed class DemoSeedTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task The_demo_has_a_past_a_present_and_something_to_do_today(Backend backend)
    {
        var now = TestClock.Start;
        var clock = new MovableClock(now);
        await using var db = await Open(backend, clock);

        var created = await DemoSeed.Fill(db, clock, SeededRandom.Of(1), null, now, null, Ct);
        var admin = Verbs.As(created.Admin, created.Workspace.Id);
        var deals = await All<Deal>(query => new DealService(db).List(admin, query, Ct));
        var activities = await All<Activity>(query => new ActivityService(db).List(admin, query, Ct));
        var today = DateOnly.FromDateTime(now.UtcDateTime);

        Assert.Equal(DemoDeals.Count, deals.Count);
        Assert.InRange(deals.Count(deal => deal.Status is DealStatus.Won), 60, 160);
        Assert.InRange(deals.Count(deal => deal.Status is DealStatus.Lost), 60, 200);
        Assert.InRange(deals.Count(deal => deal.Status is DealStatus.Open), 25, 120);
        Assert.All(deals, deal => Assert.True(deal.AddedAt <= now && deal.UpdatedAt <= now && !(deal.ClosedAt > now)));
        Assert.True(deals.Max(deal => deal.AddedAt) - deals.Min(deal => deal.AddedAt) > TimeSpan.FromDays(600));
        Assert.Equal(6, deals.Where(deal => deal.Status is DealStatus.Open).Select(deal => deal.StageId).Distinct()
            .Count(stage => deals.First(deal => deal.StageId == stage).PipelineId == deals.Min(deal => deal.PipelineId)));
        Assert.Equal(3, deals.Select(deal => deal.Currency).Distinct().Count());
        Assert.True(deals.Select(deal => deal.OwnerId).Distinct().Count() > 3);
        Assert.Contains(deals, deal => deal.Facts.Products > 0);
        Assert.Contains(activities, activity => !activity.Done && activity.DueOn < today);
        Assert.Contains(activities, activity => !activity.Done && activity.DueOn == today);
        Assert.Contains(activities, activity => !activity.Done && activity.DueOn > today);
        Assert.Contains(activities, activity => activity.Done);
        Assert.Empty(await new TotalsService(db).Verify(Ct));
    }

    private static async Task<Db> Open(Backend backend, MovableClock clock)
    {
        UidSource uids = new(clock, SeededRandom.Of(1));
        var db = backend is Backend.Postgres
            ? Db.Postgres(await Backends.NewPostgres(), clock, uids)
            : Db.Sqlite(Path.Combine(Leftovers.Folder(), "demo.db"), clock, uids, SqliteUse.Throwaway);
        await Migrator.Run(db, Ct);
        return db;
    }

    private static async Task<List<T>> All<T>(Func<ListQuery, Task<Page<T>>> list)
    {
        var all = new List<T>();
        string? cursor = null;
        do
        {
            var page = await list(new() { Limit = 500, Cursor = cursor });
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return all;
    }
}
