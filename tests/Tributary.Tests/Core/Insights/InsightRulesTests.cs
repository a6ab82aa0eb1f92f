using Tributary.Core.Deals;
using Tributary.Core.Insights;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Insights;

public sealed class InsightRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Pipedrive, "Get deals timeline": a week is seven days from the start date, months and quarters keep its date.
    [Theory]
    [InlineData(Interval.Day, "2026-01-31", 1, "2026-02-01", "2026-02-01")]
    [InlineData(Interval.Week, "2026-01-01", 1, "2026-01-08", "2026-01-14")]
    [InlineData(Interval.Month, "2026-01-15", 2, "2026-03-15", "2026-04-14")]
    [InlineData(Interval.Month, "2026-01-31", 1, "2026-02-28", "2026-03-30")]
    [InlineData(Interval.Quarter, "2026-01-01", 3, "2026-10-01", "2026-12-31")]
    public void Intervals_are_counted_from_the_first_day(Interval interval, string first, int n, string from, string to)
    {
        var start = DateOnly.Parse(first, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal((from, to),
            (PeriodRules.Start(start, interval, n).ToString("yyyy-MM-dd", null), PeriodRules.End(start, interval, n)
                .ToString("yyyy-MM-dd", null)));
    }

    [Fact]
    public void Every_day_of_a_timeline_is_in_exactly_one_interval() =>
    Properties.ForAll<(byte First, byte Kind, byte Amount, short Day)>(given =>
    {
        var (first, interval, amount) = (new DateOnly(2026, 1, 1).AddDays(given.First), (Interval)(given.Kind % 4), given.Amount % 20 + 1);
        var day = first.AddDays(given.Day % 500);
        var holding = Enumerable.Range(0, amount)
            .Where(n => PeriodRules.Start(first, interval, n) <= day && day <= PeriodRules.End(first, interval, n)).ToList();

        return PeriodRules.IndexOf(first, interval, amount, day) is { } index ? holding.SequenceEqual([index]) : holding.Count == 0;
    });

    [Fact]
    public void A_funnel_counts_whom_it_reached_who_was_in_each_stage_and_who_went_on()
    {
        var rules = new FunnelRules([1, 2, 3]);
        rules.Add(Deal(1, DealStatus.Open, stage: 1), []);                                                     // never moved
        rules.Add(Deal(2, DealStatus.Open, stage: 3),
            [Created(2, 1), Moved(2, 1, 3, day: 4)]);                // skipped 2: reached it, was never in it
        rules.Add(Deal(3, DealStatus.Won, stage: 2, closedOn: 10), [Created(3, 1), Moved(3, 1, 2, day: 2)]);   // won from 2: reached 3, too
        rules.Add(Deal(4, DealStatus.Lost, stage: 1, closedOn: 8), [Created(4, 1), Moved(4, 1, 2, day: 6), Moved(4, 2, 1, day: 7)]);

        var funnel = rules.Funnel(_ => 0);

        Assert.Equal([new(1, 4, 4, 75m), new(2, 3, 2, 66.67m), new(3, 2, 1, 50m)], funnel.Stages);
        Assert.Equal((1L, 1L, 50m), (funnel.Won, funnel.Lost, funnel.WinRate));
    }

    [Fact]
    public void Time_in_a_stage_is_of_stays_that_have_ended()
    {
        var rules = new FunnelRules([1, 2]);
        rules.Add(Deal(1, DealStatus.Open, stage: 2), [Created(1, 1), Moved(1, 1, 2, day: 2)]);
        rules.Add(Deal(2, DealStatus.Lost, stage: 1, closedOn: 4), []);
        rules.Add(Deal(3, DealStatus.Won, stage: 2, closedOn: 12), [Created(3, 1), Moved(3, 1, 2, day: 9)]);

        // In stage 1: 2, 4 and 9 days. In stage 2: 3 days, and one deal is still there.
        Assert.Equal([new(1, 3, 5m, 4m), new(2, 1, 3m, 3m)], rules.Times());
    }

    [Fact]
    public void A_funnel_never_widens() => Properties.ForAll<(byte Stage, byte Status, byte[] Moves)[]>(given =>
    {
        var rules = new FunnelRules([1, 2, 3]);
        foreach (var (stage, status, steps) in given)
        {
            var (at, moves) = (stage % 3 + 1L, new List<MoveRow> { Created(1, stage % 3 + 1) });
            foreach (var step in steps ?? [])
            {
                if (step % 3 + 1 == at) continue;
                moves.Add(Moved(1, at, step % 3 + 1, day: moves.Count));
                at = step % 3 + 1;
            }
            rules.Add(Deal(1, (DealStatus)(status % 3), at, closedOn: 400), moves);
        }
        var funnel = rules.Funnel(_ => 0);
        return funnel.Stages[0].Reached == given.Length
            && funnel.Stages.Zip(funnel.Stages.Skip(1)).All(pair => pair.First.Reached >= pair.Second.Reached)
            && funnel.Stages[^1].Reached >= funnel.Won
            && funnel.Stages.All(each => each.Entered <= given.Length && each.Conversion is null or (>= 0 and <= 100));
    });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7.9, 0)]
    [InlineData(8, 1)]
    [InlineData(30, 1)]
    [InlineData(31, 2)]
    [InlineData(90, 3)]
    [InlineData(91, 4)]
    [InlineData(4000, 4)]
    public void An_age_belongs_to_the_bucket_of_its_whole_days(double days, int bucket) =>
    Assert.Equal(bucket, InsightRules.AgeBucket(Start, Start.AddDays(days)));

    // 40 deals × 25 % × 1,000 ÷ 20 days = 500 a day.
    [Fact]
    public void Velocity_is_deals_times_win_rate_times_value_by_cycle()
    {
        Assert.Equal(500m, InsightRules.Velocity(40, 25m, 1000m, 20m));
        Assert.Null(InsightRules.Velocity(40, null, 1000m, 20m));
        Assert.Null(InsightRules.Velocity(40, 25m, 1000m, 0m));
    }

    [Fact]
    public void A_median_is_the_middle_or_between_the_two_in_the_middle()
    {
        Assert.Equal(3m, FunnelRules.Median([9, 1, 3]));
        Assert.Equal(2m, FunnelRules.Median([1, 3, 0.5f, 9]));
        Assert.Null(FunnelRules.Median([]));
    }

    private static InsightRow Deal(long id, DealStatus status, long stage, double? closedOn = null) =>
        new()
        {
            Id = id,
            StageId = stage,
            Status = status,
            Currency = "EUR",
            AddedAt = Start,
            ClosedAt = closedOn is { } day && status is not DealStatus.Open ? Start.AddDays(day) : null
        };

    private static MoveRow Created(long deal, long stage) => new() { DealId = deal, At = Start, ToStageId = stage };

    private static MoveRow Moved(long deal, long from, long to, double day) =>
        new() { DealId = deal, At = Start.AddDays(day), FromStageId = from, ToStageId = to };
}
