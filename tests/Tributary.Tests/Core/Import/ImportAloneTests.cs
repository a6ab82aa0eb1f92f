using Tributary.Core.Deals;
using Tributary.Core.Import;
using Tributary.Core.Storage;
using Tributary.Core.Totals;
using Tributary.Tests.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Import;

/// <summary>Imports into a SQLite file that nobody else writes to, whose units of work follow each other without waiting.</summary>
public sealed class ImportAloneTests
{
    private const string Header = "opportunity_id,owner,account,stage,close_value\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // Every unit of work names accounts of earlier ones and new ones; rows 40 and 41 are one deal, and so are 3 and 90.
    private static readonly string file = Header + string.Concat(Enumerable.Range(1, 120).Select(n =>
        $"{(n == 41 ? "A40" : n == 90 ? "A3" : $"A{n}")},Ada Admin,Company {n % 7 + n / 30},{(n % 5 == 0 ? "Won" : "Demo")},{n}\n"));

    [Fact]
    public async Task The_same_is_there_afterwards_as_where_each_unit_of_work_waits()
    {
        var waiting = await After(SqliteUse.Throwaway, file);
        var alone = await After(SqliteUse.Filling, file);

        Assert.Equal(waiting.Report, alone.Report);
        Assert.Equal(waiting.Deals, alone.Deals);
        Assert.Equal((120, 118, 2), alone.Report);
        Assert.Equal(Enumerable.Range(1, 118).Select(Number), alone.Deals.Select(deal => deal.Number).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_refused_row_of_a_unit_of_work_that_had_begun_leaves_the_others_and_no_gap()
    {
        var broken = file.Replace("A60,Ada Admin", "A60,Nobody Known", StringComparison.Ordinal);

        var (report, deals) = await After(SqliteUse.Filling, broken);

        Assert.Equal((120, 117, 2), report);
        Assert.DoesNotContain(deals, deal => deal.OriginId == "A60");
        Assert.Equal(Enumerable.Range(1, 117).Select(Number), deals.Select(deal => deal.Number).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_was_committed_when_it_was_stopped_is_not_done_again()
    {
        await using var db = await Own(Scratch.File(), SqliteUse.Filling);
        var some = await Some.Workspace(db);
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(some, file, order => order with
        {
            Progress = progress => { if (progress.SoFar.Read >= 30) stopped.Cancel(); },
        }, stopped.Token));
        var rest = await Run(some, file, order => order with { Resume = true }, Ct);

        Assert.Equal((120, 118, 2), (rest.Read, rest.Created, rest.Updated));
        Assert.Equal(118, (await Deals(some)).Count);
        Assert.Empty(await new TotalsService(db).Verify(Ct));
    }

    [Fact]
    public async Task Who_writes_through_a_server_beside_it_is_answered_and_neither_loses_anything()
    {
        var path = Scratch.File();
        await using var db = await Own(path, SqliteUse.Filling);
        var some = await Some.Workspace(db);
        await using var server = Db.Sqlite(path, TestClock.Instance, new(TestClock.Instance, SeededRandom.Of(7)));
        var many = Header + string.Concat(Enumerable.Range(1, 3_000).Select(n => $"A{n},Ada Admin,Company {n % 50},Demo,{n}\n"));
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var seller = Task.Run(async () =>
        {
            var made = 0;
            for (; !done.IsCancellationRequested; made++)
            {
                await new DealService(server).Create(some.Admin, new() { Title = $"By hand {made}" }, Ct);
            }
            return made;
        }, Ct);
        var report = await Run(some, many, order => order with { ChunkRows = 20 }, Ct);
        await done.CancelAsync();
        var byHand = await seller;

        Assert.Equal((3_000, 3_000), (report.Read, report.Created));
        Assert.NotEqual(0, byHand);
        Assert.Equal(3_000 + byHand, await Scratch.Ask<long>(db, some.Id, "SELECT COUNT(DISTINCT number) FROM deals"));
        Assert.Equal(3_000, await Scratch.Ask<long>(db, some.Id, "SELECT COUNT(DISTINCT subject_id) FROM external_ids"));
        Assert.Empty(await new TotalsService(db).Verify(Ct));
    }

    private static async Task<((long Read, long Created, long Updated) Report, IReadOnlyList<Deal> Deals)> After(SqliteUse use, string rows)
    {
        await using var db = await Own(Scratch.File(), use);
        var some = await Some.Workspace(db);
        var report = await Run(some, rows, order => order, Ct);
        Assert.Empty(await new TotalsService(db).Verify(Ct));
        // Which ids they have depends on how many were reserved.
        var deals = (await Deals(some)).Select(deal => deal with { Uid = default, Id = 0, OrgId = null });
        return ((report.Read, report.Created, report.Updated), [.. deals]);
    }

    private static async Task<Db> Own(string path, SqliteUse use)
    {
        var db = Scratch.Sqlite(path, use);
        await Migrator.Run(db, Ct);
        return db;
    }

    private static Task<ImportReport> Run(SomeWorkspace some, string rows, Func<ImportOrder, ImportOrder> with, CancellationToken ct) =>
        SomeImport.Run(some, rows, SomeImport.Creating(ImportNoun.Organizations),
            order => with(order with { Key = "one", ChunkRows = 5 }), ct);

    private static async Task<IReadOnlyList<Deal>> Deals(SomeWorkspace some) =>
        (await new DealService(some.Db).List(some.Admin, new() { Limit = 1000 }, Ct)).Items;

    private static string Number(int n) => $"DEAL-{TestClock.Start.Year}-{n:00000}";
}
