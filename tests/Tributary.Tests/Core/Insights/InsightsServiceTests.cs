using Tributary.Core.Deals;
using Tributary.Core.Insights;
using Tributary.Core.Kernel;
using Tributary.Tests.Core.Totals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Insights;

public sealed class InsightsServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private static readonly DateOnly November = new(2026, 11, 1);

    [Theory, OnBothBackends]
    public async Task A_timeline_counts_open_and_won_deals_per_interval_and_no_lost_ones(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await some.Deal(new() { Value = 100m, ExpectedClose = new DateOnly(2026, 11, 30) });
        var won = await some.Deal(new() { Value = 50m, ExpectedClose = new DateOnly(2026, 12, 1), Status = DealStatus.Won });
        await some.Deal(new() { Value = 7m, ExpectedClose = new DateOnly(2026, 12, 2), Status = DealStatus.Lost });
        await some.Deal(new() { Value = 9m });

        var timeline = await Service(some)
            .Timeline(some.Admin, new(), new(November, Interval.Month, 3, "expected_close", WithDeals: true), Ct);

        Assert.Equal([(1L, 100m, 1L, 0L), (1L, 50m, 0L, 1L), (0L, 0m, 0L, 0L)],
            timeline.Select(each => (each.All.Deals, each.All.Value, each.Open.Deals, each.Won.Deals)));
        Assert.Equal([won.Id], timeline[1].DealIds);
        Assert.Equal(10m, timeline[0].All.Weighted);
    }

    [Theory, OnBothBackends]
    public async Task Archived_deals_have_a_timeline_of_their_own(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await some.Deal(new() { Value = 100m, ExpectedClose = November });
        var archived = await some.Deal(new() { Value = 50m, ExpectedClose = November, Archived = true });

        var timeline = await Service(some)
            .Timeline(some.Admin, new() { Archived = true }, new(November, Interval.Month, 1, "expected_close", WithDeals: true), Ct);

        Assert.Equal([archived.Id], timeline.Single().DealIds);
    }

    [Theory, OnBothBackends]
    public async Task A_timeline_of_a_moment_goes_by_the_days_of_the_workspace(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await some.Deal(new() { Value = 1m });

        var timeline = await Service(some)
            .Timeline(some.Admin, new(), new(some.Db.Today(), Interval.Day, 2, "added_at", WithDeals: false), Ct);

        Assert.Equal([1L, 0L], timeline.Select(each => each.All.Deals));
        Assert.Equal("field_key", (await Assert.ThrowsAsync<ProblemException>(() =>
            Service(some)
            .Timeline(some.Admin, new(), new(November, Interval.Day, 2, "title", WithDeals: false), Ct))).Problem.Fields.Single().Field);
    }

    [Theory, OnBothBackends]
    public async Task A_forecast_has_overdue_deals_months_and_deals_without_a_date(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await some.Deal(new() { Value = 1m, ExpectedClose = new DateOnly(2026, 11, 19) });
        await some.Deal(new() { Value = 2m, ExpectedClose = new DateOnly(2026, 11, 20) });
        await some.Deal(new() { Value = 4m, Status = DealStatus.Won });
        await some.Deal(new() { Value = 8m, ExpectedClose = new DateOnly(2027, 1, 5) });
        await some.Deal(new() { Value = 16m });
        await some.Deal(new() { Value = 32m, Status = DealStatus.Lost });

        var forecast = await Service(some).Forecast(some.Admin, new(), new(), Ct);

        Assert.Equal([
            (ForecastKind.Overdue, null, 0m, 1m),
            (ForecastKind.Month, November, 4m, 2m),
            (ForecastKind.Month, new DateOnly(2027, 1, 1), 0m, 8m),
            (ForecastKind.NoDate, (DateOnly?)null, 0m, 16m),
        ], forecast.Select(bucket => (bucket.Kind, bucket.Month, bucket.Won.Value, bucket.Open.Value)));
    }

    // 2026-11-20 is a Friday of the week from 16 November, in the fourth quarter.
    [Theory, OnBothBackends]
    public async Task A_forecast_is_cut_by_week_or_quarter_and_by_owner(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var other = some.Member;
        await some.Deal(new() { Value = 1m, ExpectedClose = new DateOnly(2026, 11, 22) });
        await some.Deal(new() { Value = 2m, ExpectedClose = new DateOnly(2026, 11, 23), OwnerId = other.UserId });
        await some.Deal(new() { Value = 4m, ExpectedClose = new DateOnly(2027, 1, 1) });

        var weeks = await Service(some).Forecast(some.Admin, new(), new() { Interval = Interval.Week }, Ct);
        var quarters = await Service(some)
            .Forecast(some.Admin, new(), new() { Interval = Interval.Quarter, GroupBy = ForecastGroup.Owner }, Ct);

        Assert.Equal([(new DateOnly(2026, 11, 16), 1m), (new DateOnly(2026, 11, 23), 2m), (new DateOnly(2026, 12, 28), 4m)],
            weeks.Select(week => (week.Month!.Value, week.Open.Value)));
        Assert.Equal([(some.Admin.UserId, new DateOnly(2026, 10, 1), 1m), (some.Admin.UserId, new DateOnly(2027, 1, 1), 4m),
            (other.UserId, new DateOnly(2026, 10, 1), 2m)],
            quarters.Select(quarter => (quarter.GroupId, quarter.Month!.Value, quarter.Open.Value)));
    }

    [Theory, OnBothBackends]
    public async Task Funnel_and_velocity_follow_the_log_of_moves(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await some.Deal(new());
        var moved = await some.Deal(new());
        var won = await some.Deal(new() { Value = 300m });
        TestClock.Instance.Advance(TimeSpan.FromDays(2));
        await some.Update(moved.Id, new() { StageId = some.Stages[1] });
        await some.Update(won.Id, new() { StageId = some.Stages[2] });
        TestClock.Instance.Advance(TimeSpan.FromDays(4));
        await some.Update(won.Id, new() { Status = DealStatus.Won });

        var funnel = await Service(some).Funnel(some.Admin, some.PipelineId, new(), Ct);
        var velocity = await Service(some).Velocity(some.Admin, some.PipelineId, new(), Ct);

        Assert.Equal([(3L, 3L), (2L, 1L), (1L, 1L)], funnel.Stages.Select(stage => (stage.Reached, stage.Entered)));
        Assert.Equal((1L, 100m), (funnel.Won, funnel.WinRate));
        Assert.Equal([(300m, 300m, 100m), (300m, 0m, 100m), (300m, 300m, (decimal?)100m)],
            funnel.Stages.Select(stage => (stage.ReachedValue, stage.EnteredValue, stage.ValueConversion)));
        Assert.Equal((300m, 0m, 100m), (funnel.WonValue, funnel.LostValue, funnel.ValueWinRate));
        Assert.Equal([new(some.Stages[0], 2, 2m, 2m), new(some.Stages[1], 0, null, null), new(some.Stages[2], 1, 4m, 4m)], velocity.Stages);
        Assert.Equal((2L, 300m, 6m, 100m), (velocity.OpenDeals, velocity.AverageWonValue, velocity.CycleDays, velocity.PerDay));
    }

    [Theory, OnBothBackends]
    public async Task Win_rates_wins_and_losses_are_by_month_and_reason(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await some.Deal(new() { Value = 5m, Status = DealStatus.Won });
        await some.Deal(new() { Value = 15m, Status = DealStatus.Lost, LostReason = "Price" });
        await some.Deal(new() { Status = DealStatus.Lost, LostReason = "Price" });
        var later = await some.Deal(new() { Value = 7m });
        await some.Deal(new() { Status = DealStatus.Lost });
        TestClock.Instance.Advance(TimeSpan.FromDays(30));
        await some.Update(later.Id, new() { Status = DealStatus.Won });

        var rates = await Service(some).WinRate(some.Admin, new(), Ct);
        var reasons = await Service(some).LossReasons(some.Admin, new(), Ct);
        var won = await Service(some).Won(some.Admin, new(), Ct);

        Assert.Equal([(November, 1L, 3L, 25m), (November.AddMonths(1), 1, 0, 100m)],
            rates.Select(rate => (rate.Month, rate.Closed.Won.Deals, rate.Closed.Lost.Deals, rate.Closed.Rate)));
        Assert.Equal([(5L, 2L, 3L, 40m), (0, 0, 0, null)],
            rates.Select(rate => (rate.CreatedDeals, rate.Created.Won.Deals, rate.Created.Lost.Deals, rate.Created.Rate)));
        Assert.Equal([(5m, 15m, 25m, 44.44m), (7m, 0m, 100m, null)],
            rates.Select(
                rate => (rate.Closed.Won.Value, rate.Closed.Lost.Value, rate.Closed.ValueRate,
                    rate.Created.ValueRate))); // 12 of 27 created in November were won
        Assert.Equal([("Price", 2L), (null, 1L)], reasons.Select(reason => (reason.Reason, reason.Lost.Deals)));
        Assert.Equal([(November, 5m), (November.AddMonths(1), 7m)], won.Select(month => (month.Month, month.Won.Value)));
    }

    [Theory, OnBothBackends]
    public async Task Ageing_counts_open_deals_by_days_in_their_stage_and_only_visible_ones(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await some.Deal(new());
        await some.Deal(new() { VisibleTo = 1, OwnerId = some.Admin.UserId });
        TestClock.Instance.Advance(TimeSpan.FromDays(10));
        await some.Deal(new());

        var all = (await Service(some).Ageing(some.Admin, some.PipelineId, new(), Ct))[0];
        var seen = (await Service(some).Ageing(some.Member, some.PipelineId, new(), Ct))[0];

        Assert.Equal([1L, 2L, 0L, 0L, 0L], all.Deals);
        Assert.Equal((6.67m, 10m), (all.MeanDays, all.MedianDays));
        Assert.Equal([1L, 1L, 0L, 0L, 0L], seen.Deals);
        Assert.Equal(ProblemCode.NotFound,
            (await Assert.ThrowsAsync<ProblemException>(() => Service(some)
                .Ageing(some.Outsider, some.PipelineId, new(), Ct))).Problem.Code);
    }

    private static InsightsService Service(SomeWorkspace some) => new(some.Db);
}
