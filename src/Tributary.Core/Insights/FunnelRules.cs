using Tributary.Core.Deals;

namespace Tributary.Core.Insights;

/// <summary>
/// One stage of a funnel: how many deals got at least this far, how many ever were in it, and which part of those went on; and what they
/// are worth.
/// </summary>
/// <param name="Conversion">Of the deals that reached this stage, the percentage that reached the next one, or was won from the
/// last.</param>
public sealed record FunnelStage(long StageId, long Reached, long Entered, decimal? Conversion, decimal ReachedValue = 0,
    decimal EnteredValue = 0, decimal? ValueConversion = null);

/// <summary>From a first contact to a win, by number and by value.</summary>
public sealed record Funnel(IReadOnlyList<FunnelStage> Stages, long Won, long Lost, decimal? WinRate, decimal WonValue = 0,
    decimal LostValue = 0, decimal? ValueWinRate = null);

/// <summary>How long deals stay in a stage, of those that have left it.</summary>
public sealed record StageTime(long StageId, long Deals, decimal? MeanDays, decimal? MedianDays);

/// <summary>Pure: what the paths of deals through one pipeline's stages tell. Deals are added one at a time.</summary>
internal sealed class FunnelRules(IReadOnlyList<long> stages)
{
    private readonly Part[] reached = Parts(stages.Count);
    private readonly Part[] entered = Parts(stages.Count);
    private readonly List<float>[] days = [.. stages.Select(_ => new List<float>())];
    private readonly Part won = new();
    private readonly Part lost = new();

    /// <param name="row">The deal.</param>
    /// <param name="moves">Its lines of the log, oldest first; a deal without any has always been where it is.</param>
    public void Add(InsightRow row, IReadOnlyList<MoveRow> moves)
    {
        var furthest = -1;
        var visited = new HashSet<long>();
        foreach (var (stage, from, until) in Stays(row, moves))
        {
            var at = IndexOf(stage);
            if (at < 0) continue;
            if (visited.Add(stage)) entered[at].Add(row);
            furthest = Math.Max(furthest, at);
            if (until is { } left) days[at].Add((float)(left - from).TotalDays);
        }

        // Whoever won has been through the whole of it, wherever the deal was closed.
        if (row.Status is DealStatus.Won)
        {
            won.Add(row);
            furthest = stages.Count - 1;
        }
        if (row.Status is DealStatus.Lost) lost.Add(row);
        for (var at = 0; at <= furthest; at++) reached[at].Add(row);
    }

    /// <param name="worth">What the values of several deals come to in one currency.</param>
    public Funnel Funnel(Func<Tally, decimal> worth)
    {
        var (wonValue, lostValue) = (worth(won.Values), worth(lost.Values));
        var values = reached.Select(part => worth(part.Values)).Append(wonValue).ToList();
        return new(
            [.. stages.Select((stage, at) => new FunnelStage(stage, reached[at].Deals, entered[at].Deals,
                Percent(at + 1 < stages.Count ? reached[at + 1].Deals : won.Deals, reached[at].Deals),
                values[at], worth(entered[at].Values), Percent(values[at + 1], values[at])))],
            won.Deals, lost.Deals, Percent(won.Deals, won.Deals + lost.Deals), wonValue, lostValue,
            Percent(wonValue, wonValue + lostValue));
    }

    public IReadOnlyList<StageTime> Times() =>
        [.. stages.Select((stage, at) => new StageTime(stage, days[at].Count, Mean(days[at]), Median(days[at])))];

    /// <summary>Where the deal was, from when, and until when; the last stay of an open deal has no end.</summary>
    public static IEnumerable<(long Stage, DateTimeOffset From, DateTimeOffset? Until)> Stays(InsightRow row, IReadOnlyList<MoveRow> moves)
    {
        var moved = moves.Where(move => move.ToStageId is not null).ToList();
        var (stage, from) = (moved.Count == 0 ? row.StageId : moved[0].FromStageId ?? moved[0].ToStageId!.Value, row.AddedAt);
        foreach (var move in moved)
        {
            if (move.FromStageId is null) continue;
            yield return (stage, from, move.At);
            (stage, from) = (move.ToStageId!.Value, move.At);
        }
        yield return (stage, from, row.Status is DealStatus.Open ? null : row.ClosedAt);
    }

    /// <summary>With two decimals; none of nothing.</summary>
    public static decimal? Percent(decimal part, decimal whole) =>
        whole == 0 ? null : decimal.Round(100m * part / whole, 2, MidpointRounding.ToEven);

    public static decimal? Mean(IReadOnlyCollection<float> values) =>
        values.Count == 0 ? null : decimal.Round((decimal)values.Average(), 2, MidpointRounding.ToEven);

    /// <summary>The middle one, or the mean of the two in the middle.</summary>
    public static decimal? Median(IEnumerable<float> values)
    {
        var sorted = values.Order().ToList();
        if (sorted.Count == 0) return null;
        var middle = sorted.Count / 2;
        return decimal.Round((decimal)(sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2), 2,
            MidpointRounding.ToEven);
    }

    private static Part[] Parts(int count) => [.. Enumerable.Range(0, count).Select(_ => new Part())];

    private int IndexOf(long stage)
    {
        for (var at = 0; at < stages.Count; at++) if (stages[at] == stage) return at;
        return -1;
    }

    private sealed class Part
    {
        public long Deals { get; private set; }
        public Tally Values { get; } = new();

        public void Add(InsightRow row)
        {
            Deals++;
            Values.Add(row);
        }
    }
}
