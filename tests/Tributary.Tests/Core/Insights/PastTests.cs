using Tributary.Core.Deals;
using Tributary.Core.Insights;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Pipelines;
using Tributary.Tests.Core.Totals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Insights;

public sealed class PastTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private static readonly DateOnly November = new(2026, 11, 1);

    // Two pipelines, forty changes of any kind; after each, what the pipeline said then is remembered.
    [Theory, OnBothBackends]
    public async Task A_pipeline_as_it_stood_is_what_it_said_at_the_time(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (random, insights) = (new Random(11), new InsightsService(some.Db));
        var others = await Renewals(some);
        var remembered = new List<(DateTimeOffset At, string Standing, string Forecast, string Rates, string Paths)>();
        var deals = new List<long>();
        for (var step = 0; step < 40; step++)
        {
            TestClock.Instance.Advance(TimeSpan.FromHours(7));
            await Change(some, random, deals, others);
            var standing = await insights.Standing(some.Admin, some.PipelineId, new(), Ct);
            remembered.Add(
                (standing.At, Text(standing), Text(await insights.Forecast(some.Admin, Mine(some), new() { First = November }, Ct)),
                Text(await insights.WinRate(some.Admin, Mine(some), Ct)), await Paths(new())));
        }
        TestClock.Instance.Advance(TimeSpan.FromDays(1));

        foreach (var then in remembered)
        {
            var asOf = Mine(some) with { AsOf = then.At };
            Assert.Equal(then.Standing, Text(await insights.Standing(some.Admin, some.PipelineId, asOf, Ct)));
            Assert.Equal(then.Forecast, Text(await insights.Forecast(some.Admin, asOf, new() { First = November }, Ct)));
            Assert.Equal(then.Rates, Text(await insights.WinRate(some.Admin, asOf, Ct)));
            Assert.Equal(then.Paths, await Paths(asOf));
        }
        for (var i = 1; i < remembered.Count; i += 4)
        {
            var (from, to) = (remembered[i / 2].At, remembered[i].At);
            if (from == to) continue;
            var movement = await insights.Movement(some.Admin, Mine(some) with { AsOf = to }, from, Ct);
            var (start, end) =
                (await insights.Summary(some.Admin, Mine(some) with { AsOf = from }, DealStatus.Open,
                    Ct), await insights.Summary(some.Admin, Mine(some) with { AsOf = to }, DealStatus.Open, Ct));
            Assert.Equal((new(start.Deals, start.Value), new(end.Deals, end.Value)), (movement.Start, movement.End));
            Assert.Equal(end.Value - start.Value, movement.Lines.Sum(line => line.Value));
        }

        async Task<string> Paths(InsightQuery query)
        {
            var (funnel, velocity) =
                (await insights.Funnel(some.Admin, some.PipelineId, query, Ct), await insights.Velocity(some.Admin, some.PipelineId, query,
                    Ct));
            return string.Join("; ",
                (object[])[.. funnel.Stages, .. velocity.Stages,
                    $"{funnel.Won}, {funnel.Lost}, {velocity.OpenDeals}, {velocity.CycleDays}, {velocity.PerDay}"]);
        }
    }

    [Theory, OnBothBackends]
    public async Task A_movement_tells_what_came_and_what_went(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (insights, deals) = (new InsightsService(some.Db), new DealService(some.Db));
        var other = (await Renewals(some))[0];
        async Task<long> Deal(decimal value, DealStatus status = DealStatus.Open, long? stage = null) =>
            (await some.Deal(new() { Value = value, Status = status, StageId = stage ?? some.Stages[0] })).Id;
        var (grown, shrunk, won, lost, out_, gone, archived) =
            (await Deal(1), await Deal(20), await Deal(300), await Deal(4_000), await Deal(50_000), await Deal(600_000), await Deal(
                7_000_000));
        var (into, reopened) = (await Deal(11, stage: other), await Deal(13, DealStatus.Lost));
        var since = some.Db.Now();
        TestClock.Instance.Advance(TimeSpan.FromDays(3));
        await some.Update(grown, new() { Value = 3m });
        await some.Update(shrunk, new() { Value = 15m });
        await some.Update(won, new() { Status = DealStatus.Won });
        await some.Update(lost, new() { Status = DealStatus.Lost });
        await some.Update(out_, new() { StageId = other });
        await deals.Delete(some.Admin, gone, Ct);
        await some.Update(archived, new() { Archived = true });
        await some.Update(into, new() { StageId = some.Stages[1] });
        await some.Update(reopened, new() { Status = DealStatus.Open });
        await Deal(17);

        var movement = await insights.Movement(some.Admin, Mine(some), since, Ct);

        Assert.Equal(new(7, 7_654_321m), movement.Start);
        Assert.Equal(
        [
            new(MovementKind.New, 1, 17), new(MovementKind.MovedIn, 1, 11), new(MovementKind.Reopened, 1, 13),
            new(MovementKind.Restored, 0, 0), new(MovementKind.Grown, 1, 2), new(MovementKind.Shrunk, 1, -5),
            new(MovementKind.Won, 1, -300), new(MovementKind.Lost, 1, -4_000), new(MovementKind.MovedOut, 1, -50_000),
            new(MovementKind.Removed, 2, -7_600_000),
        ], movement.Lines);
        Assert.Equal(new(5, 59m), movement.End);
    }

    [Theory, OnBothBackends]
    public async Task A_movement_names_the_deals_it_began_and_ended_with(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (stays, leaves) =
            (await some.Deal(new() { Value = 1m }), await some.Deal(new() { Value = 2m, ExpectedClose = new DateOnly(2026, 11, 25) }));
        var since = some.Db.Now();
        TestClock.Instance.Advance(TimeSpan.FromDays(2));
        await some.Update(leaves.Id, new() { Status = DealStatus.Won });
        await some.Update(stays.Id, new() { ExpectedClose = new DateOnly(2027, 1, 10) });
        var comes = await some.Deal(new() { Value = 4m });
        var insights = new InsightsService(some.Db);

        var movement = await insights.Movement(some.Admin, Mine(some) with { WithDeals = true }, since, Ct);
        var compared = await insights.CompareForecast(some.Admin, new() { WithDeals = true }, 1, null, Ct);

        Assert.Equal([stays.Id, leaves.Id], movement.Start.DealIds);
        Assert.Equal([stays.Id, comes.Id], movement.End.DealIds);
        Assert.Equal([leaves.Id], movement.Lines.Single(line => line.Kind is MovementKind.Won).DealIds);
        Assert.Equal(([], [stays.Id]), (compared.Slipped.DealIds, compared.PulledIn.DealIds));
    }

    [Theory, OnBothBackends]
    public async Task A_forecast_beside_an_earlier_one_tells_what_slipped(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (november, january) = (new DateOnly(2026, 11, 25), new DateOnly(2027, 1, 10));
        var slipping = await some.Deal(new() { Value = 10m, ExpectedClose = november });
        var won = await some.Deal(new() { Value = 200m, ExpectedClose = november });
        var nearer = await some.Deal(new() { Value = 3_000m });
        TestClock.Instance.Advance(TimeSpan.FromDays(2));
        await some.Update(slipping.Id, new() { ExpectedClose = january });
        await some.Update(won.Id, new() { Status = DealStatus.Won });
        await some.Update(nearer.Id, new() { ExpectedClose = january });
        await some.Deal(new() { Value = 40_000m, ExpectedClose = november });

        var compared = await new InsightsService(some.Db).CompareForecast(some.Admin, new(), 1, null, Ct);

        Assert.Equal("Month 2026-11-01: 0 won, 210 open; NoDate : 0 won, 3000 open", Text(compared.Before));
        Assert.Equal("Month 2026-11-01: 200 won, 40000 open; Month 2027-01-01: 0 won, 3010 open", Text(compared.After));
        Assert.Equal((new(1, 10m), new(1, 3_000m)), (compared.Slipped, compared.PulledIn));
        Assert.Equal([(MovementKind.New, 40_000m), (MovementKind.Won, -200m)],
            compared.Movement.Lines.Where(line => line.Deals > 0).Select(line => (line.Kind, line.Value)));
    }

    [Theory, OnBothBackends]
    public async Task The_past_is_asked_by_owners_and_values_as_they_were_and_seen_as_deals_are_seen_now(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var insights = new InsightsService(some.Db);
        var deal = await some.Deal(new() { Value = 10m, OwnerId = some.Manager.UserId });
        await some.Deal(new() { Value = 1m, VisibleTo = 1, OwnerId = some.Admin.UserId });
        var then = some.Db.Now();
        TestClock.Instance.Advance(TimeSpan.FromDays(10));
        await some.Update(deal.Id, new() { Value = 99m, OwnerId = some.Admin.UserId });
        var query = new InsightQuery { AsOf = then, OwnerId = some.Manager.UserId, Condition = Condition.Test("value", Operator.Less, 50) };

        Assert.Equal((1L, 10m), Sums(await insights.Summary(some.Admin, query, DealStatus.Open, Ct)));
        Assert.Equal(0, (await insights.Summary(some.Admin, query with { AsOf = null }, DealStatus.Open, Ct)).Deals);
        Assert.Equal((2L, 11m), Sums(await insights.Summary(some.Admin, new() { AsOf = then }, DealStatus.Open, Ct)));
        Assert.Equal((1L, 10m), Sums(await insights.Summary(some.Member, new() { AsOf = then }, DealStatus.Open, Ct)));
        Assert.Equal([2L, 0L], (await insights.Ageing(some.Admin, some.PipelineId, new() { AsOf = then }, Ct))[0].Deals.Take(2));
        Assert.Equal([0L, 2L], (await insights.Ageing(some.Admin, some.PipelineId, new(), Ct))[0].Deals.Take(2));
    }

    [Theory, OnBothBackends]
    public async Task Deals_whose_stage_went_to_another_pipeline_are_shown_where_they_were(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (insights, pipelines) = (new InsightsService(some.Db), new PipelineService(some.Db));
        var renewals = await Renewals(some);
        await some.Deal(new() { Value = 10m, StageId = some.Stages[1] });
        var goesOn = await some.Deal(new() { Value = 200m, StageId = some.Stages[1] });
        var then = some.Db.Now();
        TestClock.Instance.Advance(TimeSpan.FromDays(1));
        await using (var tx = await some.Db.Read(some.Id, Ct))
        {
            var target = (await Tributary.Core.Catalog.CatalogStore.Catalog(tx)).Stage(renewals[0])!.PipelineId;
            await pipelines.UpdateStage(some.Admin, some.Stages[1], new() { PipelineId = target }, Ct);
        }
        await some.Update(goesOn.Id, new() { StageId = renewals[0] });

        Assert.Equal((2L, 210m), Sums(await insights.Summary(some.Admin, Mine(some) with { AsOf = then }, DealStatus.Open, Ct)));
        Assert.Equal((0L, 0m), Sums(await insights.Summary(some.Admin, Mine(some), DealStatus.Open, Ct)));
        Assert.Equal([(MovementKind.MovedOut, 2L)],
            (await insights.Movement(some.Admin, Mine(some), then, Ct)).Lines.Where(line => line.Deals > 0)
                .Select(line => (line.Kind, line.Deals)));
    }

    [Theory, OnBothBackends]
    public async Task Questions_that_the_log_does_not_answer_are_refused(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var insights = new InsightsService(some.Db);
        var now = some.Db.Now();

        Assert.Equal("as_of", await Refused(() => insights.Won(some.Admin, new() { AsOf = now.AddMinutes(1) }, Ct)));
        Assert.Equal("to", await Refused(() => insights.Won(some.Admin, new() { From = November.AddDays(1), To = November }, Ct)));
        Assert.Equal("since", await Refused(() => insights.Movement(some.Admin, new(), now, Ct)));
        Assert.Equal("days", await Refused(() => insights.CompareForecast(some.Admin, new(), 0, null, Ct)));
        foreach (var field in new[] { "person.name", "product_id", "touched_at", "is_rotten" })
        {
            Assert.Equal(field,
                await Refused(
                    () => insights.Won(some.Admin,
                        new() { AsOf = now, Condition = new Condition.Not(Condition.Test(field, Operator.IsEmpty)) }, Ct)));
        }
    }

    [Theory, OnBothBackends]
    public async Task A_period_goes_by_the_date_that_each_insight_is_about(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var insights = new InsightsService(some.Db);
        var early = await some.Deal(new() { Value = 1m });
        await some.Deal(new() { Value = 2m, Status = DealStatus.Won });
        await some.Deal(new() { Value = 4m, Status = DealStatus.Lost, LostReason = "Price" });
        TestClock.Instance.Advance(TimeSpan.FromDays(30));
        await some.Update(early.Id, new() { Status = DealStatus.Won });
        var december = new InsightQuery { From = November.AddMonths(1), To = November.AddMonths(2).AddDays(-1) };

        Assert.Equal([1m], (await insights.Won(some.Admin, december, Ct)).Select(month => month.Won.Value));
        Assert.Empty(await insights.LossReasons(some.Admin, december, Ct));
        Assert.Equal([(November.AddMonths(1), 1L, 0L, 100m, 0L)],
            (await insights.WinRate(some.Admin, december, Ct))
                .Select(rate => (rate.Month, rate.Closed.Won.Deals, rate.Closed.Lost.Deals, rate.Closed.Rate, rate.CreatedDeals)));
        Assert.Equal([0L, 0L, 0L],
            (await insights.Funnel(some.Admin, some.PipelineId, december, Ct)).Stages.Select(stage => stage.Reached));
        Assert.Equal(3, (await insights.Funnel(some.Admin, some.PipelineId, new() { To = November.AddDays(29) }, Ct)).Stages[0].Reached);
    }

    private static InsightQuery Mine(SomeWorkspace some) => new() { PipelineId = some.PipelineId };

    private static async Task<long[]> Renewals(SomeWorkspace some)
    {
        var pipelines = new PipelineService(some.Db);
        var pipeline = await pipelines.Create(some.Admin, new() { Name = "Renewals" },
            [new() { Name = "First" }, new() { Name = "Second" }], Ct);
        await using var tx = await some.Db.Read(some.Id, Ct);
        return [.. (await Tributary.Core.Catalog.CatalogStore.Catalog(tx)).StagesOf(pipeline.Id).Select(stage => stage.Id)];
    }

    private static async Task Change(SomeWorkspace some, Random random, List<long> deals, long[] others)
    {
        if (deals.Count < 4 || random.Next(5) == 0)
        {
            deals.Add(
                (await some.Deal(new()
                {
                    Value = random.Next(1000),
                    StageId = some.Stages[random.Next(3)],
                    ExpectedClose = November.AddDays(random.Next(90))
                })).Id);
            return;
        }
        DealPatch patch = random.Next(8) switch
        {
            0 => new() { Value = random.Next(1000) },
            1 => new() { StageId = some.Stages[random.Next(3)] },
            2 => new() { StageId = others[random.Next(2)] },
            3 or 4 => new() { Status = (DealStatus)random.Next(3) },
            5 => new() { Archived = random.Next(2) == 0 },
            6 => new() { Deleted = random.Next(2) == 0 },
            _ => new() { Probability = random.Next(100) },
        };
        try
        {
            await some.Update(deals[random.Next(deals.Count)], patch);
        }
        catch (ProblemException)
        {
            // Some changes do not fit the deal as it is, such as any but a restoration of a deleted one.
        }
    }

    private static (long, decimal) Sums(Tributary.Core.Totals.Summary summary) => (summary.Deals, summary.Value);

    private static string Text(PipelineStanding standing) =>
        string.Join("; ",
            standing.Stages.Select(
                stage => $"{stage.StageId}: {stage.Open.Deals}, {stage.Open.Value:0.####}, {stage.Open.Weighted:0.####}"))
                    + $"; all {standing.Open.Deals}, {standing.Open.Value:0.####}";

    private static string Text(IReadOnlyList<ForecastBucket> forecast) =>
        string.Join("; ",
            forecast.Select(
                bucket => $"{bucket.Kind} {bucket.Month:yyyy-MM-dd}: {bucket.Won.Value:0.####} won, {bucket.Open.Value:0.####} open"));

    private static string Text(IReadOnlyList<WinRateMonth> months) => string.Join("; ", months);

    private static async Task<string> Refused(Func<Task> ask) =>
        (await Assert.ThrowsAsync<ProblemException>(ask)).Problem.Fields.Single().Field;
}
