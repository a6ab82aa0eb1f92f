using Tributary.Bench.Results;

namespace Tributary.Bench.Commands;

/// <summary>Compares a run with the committed numbers.</summary>
internal static class Checking
{
    public static async Task<int> Run(string before, string? now, string[] scenarios, double tolerance, int port, CancellationToken ct)
    {
        var committed = (await Report.Read(before, ct)).Rows.Where(row => scenarios.Length == 0 || scenarios.Contains(row.Scenario))
            .ToList();
        var found = now is { } file ? (await Report.Read(file, ct)).Rows : await Again(committed, port, ct);
        if (found is null) return 2;

        var worse = Comparison.Between(committed, found, tolerance);
        if (worse.Count == 0)
        {
            Console.WriteLine($"Nothing got worse by more than {tolerance:P0}.");
            return 0;
        }
        Console.WriteLine($"Worse by more than {tolerance:P0}:");
        foreach (var each in worse) Console.WriteLine($"  {each}");
        return 1;
    }

    private static Task<IReadOnlyList<Row>?> Again(List<Row> committed, int port, CancellationToken ct)
    {
        var options = TableRun.Options(committed.Max(row => row.Deals), [.. committed.Select(row => row.Backend).Distinct()], "", port,
            withPeer: true);
        return Bench.Run(options with { Scenarios = [.. committed.Select(row => row.Scenario).Distinct()], Report = null }, "bench check",
            ct);
    }
}
