using static System.FormattableString;


namespace Tributary.Bench.Results;

/// <summary>A number that is not as good as it was, or not there any more.</summary>
internal sealed record Worse(string Where, double Before, double? Now, string Unit)
{
    public override string ToString() => Now is { } now
        ? Invariant($"{Where}: {Before:0.###} {Unit} before, {now:0.###} {Unit} now")
        : Invariant($"{Where}: {Before:0.###} {Unit} before, not measured now");
}

/// <summary>Pure: what got worse from one run to another. Only numbers that both runs were asked for are compared.</summary>
internal static class Comparison
{
    /// <param name="tolerance">0.15 lets a number be 15 % worse.</param>
    public static IReadOnlyList<Worse> Between(IReadOnlyList<Row> before, IReadOnlyList<Row> now, double tolerance)
    {
        var worse = new List<Worse>();
        var asked = now.Select(row => (row.Scenario, row.Backend)).ToHashSet();
        var found = now.SelectMany(row => row.Held.Select(held => (Key: Key(row, held), held.Value))).GroupBy(each => each.Key)
            .ToDictionary(group => group.Key, group => group.Last().Value);
        foreach (var row in before.Where(row => asked.Contains((row.Scenario, row.Backend))))
        {
            foreach (var held in row.Held)
            {
                var key = Key(row, held);
                if (!found.TryGetValue(key, out var value))
                {
                    // Asked for with another size or number of connections: nothing to compare with.
                    if (now.Any(each => each.Scenario == row.Scenario && each.Backend == row.Backend && each.Failed)) worse.Add(new(key,
                        held.Value, null, held.Unit));
                    continue;
                }
                if (IsWorse(held, value, tolerance)) worse.Add(new(key, held.Value, value, held.Unit));
            }
        }
        return worse;
    }

    /// <summary>A number with an upper bound, or with a unit of time or size, is better when it is small.</summary>
    private static bool IsWorse(Held before, double now, double tolerance) => before.AtMost is not null
        ? now > before.Value * (1 + tolerance)
        : now < before.Value * (1 - tolerance);

    private static string Key(Row row, Held held) => Invariant(
        $"{row.Scenario}, {row.Backend}, {row.Deals:N0} deals{(row.Connections is { } many ? $", {many} connections" : "")}: {held.Name}");
}
