using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Totals;

namespace Tributary.Core.Insights;

// What has become of deals since: all of it is read from the log, which is the only history.
public sealed partial class InsightsService
{
    private const int MaxDays = 3_660;

    /// <summary>Counts and sums, of open deals unless another status is asked for; the period is of their creation.</summary>
    public async Task<Summary> Summary(Caller caller, InsightQuery query, DealStatus status, CancellationToken ct)
    {
        await using var reading = await Begin(caller, query, ct);
        var tally = new Tally();
        await foreach (var row in reading.Deals(Condition.Equal("status", DealHistory.Word(status)), reading.InPeriod("added_at")))
        {
            tally.Add(row);
        }
        return reading.Sum(tally);
    }

    /// <summary>The open deals of a pipeline by stage, as they stand or stood.</summary>
    public async Task<PipelineStanding> Standing(Caller caller, long pipelineId, InsightQuery query, CancellationToken ct)
    {
        await using var reading = await Begin(caller, query with { PipelineId = pipelineId }, ct);
        var (all, stages) = (new Tally(), reading.StagesOf(pipelineId).ToDictionary(stage => stage, _ => new Tally()));
        await foreach (var row in reading.Deals(Condition.Equal("status", "open"), reading.InPeriod("added_at")))
        {
            all.Add(row);
            Entry(stages, row.StageId).Add(row);
        }
        var order = reading.StagesOf(pipelineId);
        return new(pipelineId, reading.Now, reading.Sum(all),
            [.. order.Concat(stages.Keys.Except(order).Order()).Select(stage => new StageStanding(stage, reading.Sum(stages[stage])))]);
    }

    /// <summary>
    /// How the value of open deals went from what it was at one moment to what it was at another; <see cref="InsightQuery.AsOf"/>, or now.
    /// </summary>
    public async Task<Movement> Movement(Caller caller, InsightQuery query, DateTimeOffset since, CancellationToken ct)
    {
        await using var reading = await Begin(caller, query, ct);
        MustBeBefore(since, reading.Now, "since");
        var movement = new MovementCount(reading, since, query.WithDeals);
        await foreach (var (before, after) in reading.Between(since, reading.Now)) movement.Add(before, after);
        return movement.Movement();
    }

    /// <summary>What came to a pipeline in a period, what left it, and what is open there now of what was added by its end.</summary>
    public async Task<PipelinePeriod> Period(Caller caller, long pipelineId, InsightQuery query, CancellationToken ct)
    {
        await using var reading = await Begin(caller, query with { PipelineId = pipelineId }, ct);
        var (added, open, won, lost) = (new PeriodCount(), new PeriodCount(), new PeriodCount(), new PeriodCount());
        var stages = reading.StagesOf(pipelineId);
        var (ages, inStage) = (new List<float>(), stages.ToDictionary(stage => stage, _ => new List<float>()));
        await foreach (var row in reading.Deals())
        {
            var closed = row.ClosedAt is { } at && reading.IsInPeriod(at);
            if (reading.IsInPeriod(row.AddedAt)) added.Add(row);
            if (closed && row.Status is DealStatus.Won) won.Add(row);
            if (closed && row.Status is DealStatus.Lost) lost.Add(row);
            if (row.Status is not DealStatus.Open || reading.Calendar.DayOf(row.AddedAt) > query.To) continue;

            open.Add(row);
            ages.Add((float)(reading.Now - row.AddedAt).TotalDays);
            if (inStage.TryGetValue(row.StageId, out var days)) days.Add((float)(reading.Now - row.StageEnteredAt).TotalDays);
        }

        var moves = 0L;
        await foreach (var move in reading.Moves())
        {
            if (move is { FromStageId: { } from, ToStageId: { } to } && from != to && stages.Contains(to) && reading.IsInPeriod(move.At))
            {
                moves++;
            }
        }
        return new(moves, Of(added), Of(open), Of(won), Of(lost), FunnelRules.Mean(ages),
            [.. stages.Select(stage => new StageTime(stage, inStage[stage].Count, FunnelRules.Mean(inStage[stage]),
                FunnelRules.Median(inStage[stage])))]);

        PeriodDeals Of(PeriodCount count) => new([.. count.Ids.Order()], reading.Sum(count.Sums));
    }

    /// <summary>
    /// The forecast beside the one of some days ago. Months before the first, and after the last day of the period, are left out of both.
    /// </summary>
    public async Task<ForecastComparison> CompareForecast(Caller caller, InsightQuery query, int days, DateOnly? first,
        CancellationToken ct)
    {
        if (days is < 1 or > MaxDays) throw Problem.Invalid("days", $"days must be a whole number from 1 to {MaxDays}.");
        await using var reading = await Begin(caller, query, ct);
        var since = reading.Now.AddDays(-days);
        var (cut, last) = (new ForecastCut { First = first ?? reading.CalendarAt(since).Today }, query.To);
        var (then, now) = (new ForecastCount(reading.CalendarAt(since), cut, last), new ForecastCount(reading.Calendar, cut, last));
        var (movement, slipped, pulledIn) = (new MovementCount(reading, since, query.WithDeals), new MovementTally(), new MovementTally());
        await foreach (var (before, after) in reading.Between(since, reading.Now))
        {
            var (old, @new) = movement.Add(before, after);
            if (MovementCount.Counts(before, old)) then.Add(InsightRow.Of(before!));
            if (MovementCount.Counts(after, @new)) now.Add(InsightRow.Of(after!));
            if (old.Place is not Place.Open || @new.Place is not Place.Open) continue;

            var (was, @is) = (before!.ExpectedClose ?? DateOnly.MaxValue, after!.ExpectedClose ?? DateOnly.MaxValue);
            long? id = query.WithDeals ? after.Id : null;
            if (@is > was) slipped.Add(@new.Value, id);
            if (@is < was) pulledIn.Add(@new.Value, id);
        }
        return new(since, then.Buckets(reading.Sum), now.Buckets(reading.Sum), movement.Movement(), slipped.Sum, pulledIn.Sum);
    }

    private static void MustBeBefore(DateTimeOffset since, DateTimeOffset until, string name)
    {
        if (since >= until) throw Problem.Invalid(name, $"{name} must be a moment before the one it is compared with.");
    }

    /// <summary>Deals of a period, by id and added up.</summary>
    private sealed class PeriodCount
    {
        public List<long> Ids { get; } = [];
        public Tally Sums { get; } = new();

        public void Add(InsightRow row)
        {
            Ids.Add(row.Id);
            Sums.Add(row);
        }
    }

    /// <summary>Applies <see cref="MovementRules"/> to deals as the query means them, in the currency it asks for.</summary>
    private sealed class MovementCount(InsightReading reading, DateTimeOffset since, bool withDeals)
    {
        private readonly MovementRules rules = new();
        private readonly SortedSet<string> notConverted = new(StringComparer.Ordinal);
        private readonly Func<Deal, bool> meantBefore = reading.MeantAt(since);
        private readonly Func<Deal, bool> meantAfter = reading.MeantAt(reading.Now);

        public (Standing Before, Standing After) Add(Deal? before, Deal? after)
        {
            var (old, @new) = (Of(before, meantBefore), Of(after, meantAfter));
            rules.Add(old, @new, withDeals ? (after ?? before)?.Id : null);
            return (old, @new);
        }

        /// <summary>Whether a forecast of the moment has the deal: archived ones are in none.</summary>
        public static bool Counts(Deal? deal, Standing standing) =>
            deal is { IsArchived: false } && standing.Place is Place.Open or Place.Won;

        public Movement Movement() => new()
        {
            ConvertedTo = reading.ConvertTo,
            Start = rules.Start,
            Lines = rules.Lines,
            End = rules.End,
            NotConverted = [.. notConverted],
        };

        private Standing Of(Deal? deal, Func<Deal, bool> isMeant)
        {
            if (deal is null) return Insights.Standing.Of(null, false, 0);
            var meant = isMeant(deal);
            var value = reading.Catalog.Convert(deal.Value ?? 0, deal.Currency, reading.ConvertTo);
            if (value is null && meant) notConverted.Add(deal.Currency);
            return Insights.Standing.Of(deal, meant, value ?? 0);
        }
    }
}
