using Tributary.Bench.Results;

namespace Tributary.Bench;

/// <summary>One of those that are asked in turns.</summary>
internal sealed record Contender(string Name, Child Child, Asking Asking);

/// <summary>Asks several programs the same, in alternating rounds, so that whatever else the machine does burdens all of them.</summary>
internal static class Turns
{
    /// <summary>The median of the rounds of each, by speed, with what that round cost.</summary>
    /// <param name="leastRounds">Where the sides differ by less than a round tells.</param>
    public static async Task<IReadOnlyList<Side>> Take(Run run, int connections, IReadOnlyList<Contender> contenders, CancellationToken ct,
        int leastRounds = 1)
    {
        var options = run.Options;
        var time = TimeSpan.FromSeconds(options.Seconds);
        foreach (var contender in contenders) await Warm(contender, connections, options, ct);
        var rounds = contenders.Select(_ => new List<(Answered Answered, Cost Cost)>()).ToList();
        for (var round = 0; round < Math.Max(options.Rounds, leastRounds); round++)
        {
            for (var n = 0; n < contenders.Count; n++)
            {
                var contender = contenders[n];
                rounds[n].Add(await contender.Child.Around(() => Load.Run(contender.Asking, connections, time, options.OwnDriver, ct), ct));
            }
        }
        return [.. contenders.Zip(rounds, (contender, all) => Side(contender.Name, all))];
    }

    private static Side Side(string name, List<(Answered Answered, Cost Cost)> rounds)
    {
        var (answered, cost) = rounds.OrderBy(round => round.Answered.PerSecond).ElementAt(rounds.Count / 2);
        if (answered.PerSecond <= 0) throw new InvalidOperationException($"The {name} answered nothing in most rounds.");
        return new(name, answered.PerSecond, answered.P50, answered.P99) { Cost = cost };
    }

    /// <summary>
    /// Until a request costs it no less: on a busy machine the runtime's compiler takes long to be done, and how many are answered a second
    /// tells it less surely. Off Linux, where the processor's time is not known, as often as it may be.
    /// </summary>
    public static async Task Warm(Contender contender, int connections, BenchOptions options, CancellationToken ct)
    {
        var time = TimeSpan.FromSeconds(options.WarmUpSeconds);
        var (least, unchanged) = (double.MaxValue, 0);
        for (var round = 0; round < options.MostWarmUps && unchanged < 3; round++)
        {
            var (_, cost) = await contender.Child.Around(() => Load.Run(contender.Asking, connections, time, options.OwnDriver, ct), ct);
            unchanged = cost.CpuSecondsPerThousand > least * 0.95 ? unchanged + 1 : 0;
            least = Math.Min(least, cost.CpuSecondsPerThousand);
        }
    }
}
