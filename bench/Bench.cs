using System.Diagnostics;
using System.Globalization;
using Tributary.Bench.Data;
using Tributary.Bench.Results;
using Tributary.Bench.Scenarios;

namespace Tributary.Bench;

/// <summary>Something to measure.</summary>
/// <param name="OnlyReads">Server and floor of the scenario before may go on running.</param>
internal sealed record Scenario(string Name, Func<Run, CancellationToken, Task> Measure, bool OnlyReads = false);

/// <summary>Runs the scenarios one after the other and collects their rows.</summary>
internal static class Bench
{
    // Longer than anything takes that goes well.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly IReadOnlyList<Scenario> All =
    [
        new("get-native", HttpReads.GetNative, OnlyReads: true),
        new("get-switch", HttpReads.GetSwitch, OnlyReads: true),
        new("list-native", HttpReads.ListNative, OnlyReads: true),
        new("list-switch", HttpReads.ListSwitch, OnlyReads: true),
        new("get-pipedrive", HttpReads.GetPipedrive, OnlyReads: true),
        new("list-pipedrive", HttpReads.ListPipedrive, OnlyReads: true),
        new("search-pipedrive", HttpReads.SearchPipedrive, OnlyReads: true),
        new("get-automatenexus", HttpReads.GetAutomateNexus, OnlyReads: true),
        new("list-automatenexus", HttpReads.ListAutomateNexus, OnlyReads: true),
        new("get-cpod", HttpReads.GetCPod, OnlyReads: true),
        new("list-cpod", HttpReads.ListCPod, OnlyReads: true),
        new("get-ysuite", HttpReads.GetYSuite, OnlyReads: true),
        new("list-ysuite", HttpReads.ListYSuite, OnlyReads: true),
        new("connections", Crowd.Measure, OnlyReads: true),
        new("depth", Depth.Measure, OnlyReads: true),
        new("board", EngineReads.Board),
        new("summary", EngineReads.Summary),
        new("search", EngineReads.Search),
        new("search-terms", EngineReads.SearchTerms),
        new("workspaces", Many.Measure),
        new("peer-get", PeerReads.Get),
        new("peer-list", PeerReads.List),
        new("creates", Creates.Measure),
        new("durability", Durability.Measure),
        new("webhooks", Webhooks.Measure),
        new("import", Import.Measure),
        new("import-million", Import.Million),
        new("coldstart", ColdStart.Measure),
    ];

    public static string[] Names => [.. All.Select(scenario => scenario.Name)];

    /// <summary>None when a scenario is asked for that there is not.</summary>
    public static async Task<IReadOnlyList<Row>?> Run(BenchOptions options, string command, CancellationToken ct)
    {
        if (options.Scenarios.Except(Names).ToList() is { Count: > 0 } unknown)
        {
            Console.Error.WriteLine($"There is no scenario {string.Join(", ", unknown)}. There are {string.Join(", ", Names)}.");
            return null;
        }
        var started = Stopwatch.GetTimestamp();
        var report = new Report(options);
        Console.WriteLine(report.Machine);
        foreach (var backend in options.Backends)
        {
            await using var run = new Run(options, backend, report);
            foreach (var scenario in All.Where(scenario => options.Scenarios.Contains(scenario.Name)))
            {
                await Measure(run, scenario, ct);
                // Each time, so that a run that is broken off has written what it found.
                if (options.Report is { } file) await report.Write(file, command, CancellationToken.None);
            }
        }
        Console.WriteLine($"{Stopwatch.GetElapsedTime(started).TotalMinutes.ToString("0.0", CultureInfo.InvariantCulture)} minutes");
        return report.Rows;
    }

    /// <summary>What goes wrong with one scenario is said in its row, and the others have their turn.</summary>
    private static async Task Measure(Run run, Scenario scenario, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            if (!scenario.OnlyReads) await run.Rest();
            if (run.IsPostgres) await DataHome.WaitUntilPostgresRests(patience.Token);
            await scenario.Measure(run, patience.Token);
        }
        catch (Exception failed) when (!ct.IsCancellationRequested)
        {
            var why = patience.IsCancellationRequested ? $"It was not done after {Patience.TotalMinutes:0} minutes." : failed.Message;
            run.Add(new Row(scenario.Name, run.Backend, "not measured", why) { Deals = run.Options.Deals, Failed = true });
            // Whatever state they are in, the next scenario gets fresh ones.
            await run.Rest();
        }
        finally
        {
            await run.Tidy();
        }
    }
}
