using Tributary.Bench.Results;

namespace Tributary.Bench;

/// <summary>One of those that are asked in turns.</summary>
internal sealed record Contender(string Name, Child Child, Asking Asking);

/// <summary>Asks several programs the same, in alternating rounds, so that whatever else the machine does burdens all of them.</summary>
internal static class Turns
{
    /// <summary>The median of the rounds of each, by speed, with what that round cost.</summary>
    public static async Task<IReadOnlyList<Side>> Take(Run run, int connections, IReadOnlyList<Contender> contenders, CancellationToken ct)
    {
        var options = run.Options;
        var time = TimeSpan.FromSeconds(options.Seconds);
        foreach (var contender in contenders) await Warm(contender.Asking, connections, options, ct);
        var rounds = contenders.Select(_ => new List<(Answered Answered, Cost Cost)>()).ToList();
        for (var round = 0; round < options.Rounds; round++)
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

    /// <summary>Until it gets no faster: on a busy machine the runtime's compiler takes long to be done.</summary>
    private static async Task Warm(Asking asking, int connections, BenchOptions options, CancellationToken ct)
    {
        var (best, unchanged) = (0.0, 0);
        for (var round = 0; round < options.MostWarmUps && unchanged < 2; round++)
        {
            var now = (await Load.Run(asking, connections, TimeSpan.FromSeconds(options.WarmUpSeconds), options.OwnDriver, ct)).PerSecond;
            unchanged = now < best * 1.1 ? unchanged + 1 : 0;
            best = Math.Max(best, now);
        }
    }
}
