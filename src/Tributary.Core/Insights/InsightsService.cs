using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Pipelines;
using Tributary.Core.Storage;
using Tributary.Core.Totals;

namespace Tributary.Core.Insights;

/// <summary>
/// What the deals of a pipeline tell together, now or as of a moment that has passed. Each insight reads small rows one at a time and
/// keeps only sums. Days are those of the workspace's time zone.
/// </summary>
public sealed partial class InsightsService(Db db)
{
    private const int MaxIntervals = 366;

    /// <summary>Open and won deals by a date of theirs, cut into intervals (Pipedrive, "Get deals timeline").</summary>
    public async Task<IReadOnlyList<TimelineInterval>> Timeline(Caller caller, InsightQuery query, TimelineQuery timeline,
        CancellationToken ct)
    {
        if (query.AsOf is not null) throw Problem.Invalid("as_of", "A timeline is of deals as they are now.");
        if (timeline.Amount is < 1 or > MaxIntervals)
        {
            throw Problem.Invalid("amount", $"amount must be a whole number from 1 to {MaxIntervals}.");
        }
        if (timeline.First.Year is < 1900 or > 2200) throw Problem.Invalid("start_date", "start_date must be a day from 1900 to 2200.");
        await using var reading = await Begin(caller, query, ct);
        if (ListSources.Deals.Find(timeline.Field, reading.Catalog)
            is not { Kind: FieldKind.Day or FieldKind.Instant, Through: null } field)
        {
            throw Problem.Invalid("field_key", "field_key must be a field of deals that holds a date.");
        }

        var intervals = Enumerable.Range(0, timeline.Amount)
            .Select(_ => (All: new Tally(), Open: new Tally(), Won: new Tally(), Ids: new List<long>())).ToList();
        var (from, to) = (timeline.First, PeriodRules.End(timeline.First, timeline.Interval, timeline.Amount - 1));
        var rows = reading.Dated(field, Condition.Test(timeline.Field, Operator.AtLeast, from),
            Condition.Test(timeline.Field, Operator.AtMost, to), Condition.Test("status", Operator.NotEqual, "lost"));
        await foreach (var (row, day) in rows)
        {
            if (PeriodRules.IndexOf(timeline.First, timeline.Interval, timeline.Amount, day) is not { } index) continue;
            var (all, open, won, ids) = intervals[index];
            all.Add(row);
            (row.Status is DealStatus.Won ? won : open).Add(row);
            if (timeline.WithDeals) ids.Add(row.Id);
        }
        return [.. intervals.Select((one, n) => new TimelineInterval(PeriodRules.Start(timeline.First, timeline.Interval, n),
            PeriodRules.End(timeline.First, timeline.Interval, n),
            reading.Sum(one.All), reading.Sum(one.Open), reading.Sum(one.Won), one.Ids))];
    }

    /// <summary>
    /// Months, weeks or quarters in order, what is overdue before them and what has no date behind them; the period begins with today's
    /// when nothing is said.
    /// </summary>
    public async Task<IReadOnlyList<ForecastBucket>> Forecast(Caller caller, InsightQuery query, ForecastCut cut, CancellationToken ct)
    {
        await using var reading = await Begin(caller, query, ct);
        var forecast = new ForecastCount(reading.Calendar, cut with { First = cut.First ?? query.From }, query.To);
        await foreach (var row in reading.Deals(Condition.Test("status", Operator.NotEqual, "lost"))) forecast.Add(row);
        return forecast.Buckets(reading.Sum);
    }

    /// <summary>How far the deals of one pipeline came, from the log of their moves; the period is of their creation.</summary>
    public async Task<Funnel> Funnel(Caller caller, long pipelineId, InsightQuery query, CancellationToken ct)
    {
        await using var reading = await Begin(caller, query with { PipelineId = pipelineId }, ct);
        return (await Paths(reading, pipelineId)).Funnel(tally => reading.Sum(tally).Value);
    }

    /// <summary>How long deals of one pipeline stay in its stages, and what it earns a day; the period is of their creation.</summary>
    public async Task<Velocity> Velocity(Caller caller, long pipelineId, InsightQuery query, CancellationToken ct)
    {
        await using var reading = await Begin(caller, query with { PipelineId = pipelineId }, ct);
        var paths = await Paths(reading, pipelineId);

        var (wonSum, open, won, cycles) = (new Tally(), 0L, 0L, new List<float>());
        await foreach (var row in reading.Deals(Condition.Test("status", Operator.NotEqual, "lost"), reading.InPeriod("added_at")))
        {
            if (row.Status is DealStatus.Open) open++;
            if (row is not { Status: DealStatus.Won, ClosedAt: { } closed }) continue;
            won++;
            wonSum.Add(row);
            cycles.Add((float)(closed - row.AddedAt).TotalDays);
        }

        var rate = paths.Funnel(_ => 0).WinRate;
        decimal? average = won == 0 ? null : decimal.Round(reading.Sum(wonSum).Value / won, 2, MidpointRounding.ToEven);
        var cycle = FunnelRules.Mean(cycles);
        return new(paths.Times(), open, rate, average, cycle, InsightRules.Velocity(open, rate, average, cycle));
    }

    /// <summary>
    /// Won against lost, by the month of closing and by the month of creation; each of the two goes by the period on its own.
    /// </summary>
    public async Task<IReadOnlyList<WinRateMonth>> WinRate(Caller caller, InsightQuery query, CancellationToken ct)
    {
        await using var reading = await Begin(caller, query, ct);
        var (closed, created, months) =
            (new Dictionary<DateOnly, Outcomes>(), new Dictionary<DateOnly, Outcomes>(), new SortedSet<DateOnly>());
        await foreach (var row in reading.Deals(Condition.AnyOf(reading.InPeriod("added_at"), reading.InPeriod("closed_at"))))
        {
            if (reading.IsInPeriod(row.AddedAt)) Count(created, row.AddedAt, row);
            if (row is { Status: not DealStatus.Open, ClosedAt: { } at } && reading.IsInPeriod(at)) Count(closed, at, row);
        }
        return [.. months.Select(month => new WinRateMonth(month, Of(closed, month), created.GetValueOrDefault(month)?.Deals ?? 0,
            Of(created, month)))];

        void Count(Dictionary<DateOnly, Outcomes> outcomes, DateTimeOffset at, InsightRow row)
        {
            var month = reading.MonthOf(at);
            months.Add(month);
            Entry(outcomes, month).Add(row);
        }

        WinRate Of(Dictionary<DateOnly, Outcomes> outcomes, DateOnly month)
        {
            var found = outcomes.GetValueOrDefault(month) ?? new();
            return new(reading.Sum(found.Won), reading.Sum(found.Lost));
        }
    }

    /// <summary>
    /// Lost deals by the stage they were lost in and the reason given, most frequent first; the period is of their closing.
    /// </summary>
    public async Task<IReadOnlyList<LossReason>> LossReasons(Caller caller, InsightQuery query, CancellationToken ct)
    {
        await using var reading = await Begin(caller, query, ct);
        var reasons = new Dictionary<(long Stage, string Reason), Tally>();
        await foreach (var row in reading.Deals(Condition.Equal("status", "lost"), reading.InPeriod("closed_at")))
        {
            Entry(reasons, (row.StageId, row.LostReason ?? "")).Add(row);
        }
        return [.. reasons
            .Select(reason => new LossReason(reason.Key.Stage, reason.Key.Reason is "" ? null : reason.Key.Reason,
                reading.Sum(reason.Value)))
            .OrderByDescending(reason => reason.Lost.Deals).ThenBy(reason => reason.StageId)
            .ThenBy(reason => reason.Reason, StringComparer.Ordinal)];
    }

    /// <summary>Won deals by the month they were won in; the period is of their closing.</summary>
    public async Task<IReadOnlyList<WonMonth>> Won(Caller caller, InsightQuery query, CancellationToken ct)
    {
        await using var reading = await Begin(caller, query, ct);
        var months = new Dictionary<DateOnly, Tally>();
        await foreach (var row in reading.Deals(Condition.Equal("status", "won"), reading.InPeriod("closed_at")))
        {
            Entry(months, reading.MonthOf(row.ClosedAt ?? row.AddedAt)).Add(row);
        }
        return [.. months.OrderBy(month => month.Key).Select(month => new WonMonth(month.Key, reading.Sum(month.Value)))];
    }

    /// <summary>How long the open deals of one pipeline have been in their stages; the period is of their creation.</summary>
    public async Task<IReadOnlyList<StageAge>> Ageing(Caller caller, long pipelineId, InsightQuery query, CancellationToken ct)
    {
        await using var reading = await Begin(caller, query with { PipelineId = pipelineId }, ct);
        var stages = reading.StagesOf(pipelineId);
        var ages = stages.ToDictionary(stage => stage, _ => (Counts: new long[InsightRules.AgeLimits.Count + 1], Days: new List<float>()));
        await foreach (var row in reading.Deals(Condition.Equal("status", "open"), reading.InPeriod("added_at")))
        {
            if (!ages.TryGetValue(row.StageId, out var age)) continue;
            age.Counts[InsightRules.AgeBucket(row.StageEnteredAt, reading.Now)]++;
            age.Days.Add((float)(reading.Now - row.StageEnteredAt).TotalDays);
        }
        return [.. stages.Select(stage => new StageAge(stage, ages[stage].Counts, FunnelRules.Mean(ages[stage].Days),
            FunnelRules.Median(ages[stage].Days)))];
    }

    private async Task<InsightReading> Begin(Caller caller, InsightQuery query, CancellationToken ct)
    {
        caller.MustRead("deals");
        var tx = await db.Read(caller.Workspace, ct);
        try
        {
            return await InsightReading.Begin(tx, caller, query);
        }
        catch
        {
            await tx.DisposeAsync();
            throw;
        }
    }

    // Moves and deals come in the same order, one deal's at a time; a unit of work streams one of them, so deals go first.
    private static async Task<FunnelRules> Paths(InsightReading reading, long pipelineId)
    {
        var paths = new FunnelRules(reading.StagesOf(pipelineId));
        var deals = new List<InsightRow>();
        await foreach (var row in reading.Deals(reading.InPeriod("added_at"))) deals.Add(row);
        deals.Sort((a, b) => a.Id.CompareTo(b.Id));

        var at = 0;
        var moves = new List<MoveRow>();
        await foreach (var move in reading.Moves())
        {
            if (moves.Count > 0 && moves[0].DealId != move.DealId) Finish();
            moves.Add(move);
        }
        Finish();
        while (at < deals.Count) paths.Add(deals[at++], []);
        return paths;

        void Finish()
        {
            if (moves.Count == 0) return;
            while (at < deals.Count && deals[at].Id < moves[0].DealId) paths.Add(deals[at++], []);
            if (at < deals.Count && deals[at].Id == moves[0].DealId) paths.Add(deals[at++], moves);
            moves.Clear();
        }
    }

    private static TEntry Entry<TKey, TEntry>(Dictionary<TKey, TEntry> entries, TKey key) where TKey : notnull where TEntry : new()
    {
        if (!entries.TryGetValue(key, out var entry)) entries[key] = entry = new();
        return entry;
    }

    /// <summary>Deals of a month, and those of them that have ended.</summary>
    private sealed class Outcomes
    {
        public long Deals { get; private set; }
        public Tally Won { get; } = new();
        public Tally Lost { get; } = new();

        public void Add(InsightRow row)
        {
            Deals++;
            if (row.Status is DealStatus.Won) Won.Add(row);
            if (row.Status is DealStatus.Lost) Lost.Add(row);
        }
    }
}
