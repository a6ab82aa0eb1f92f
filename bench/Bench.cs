using Tributary.Bench.Scenarios;
using Tributary.Core.Kernel;

namespace Tributary.Bench;

/// <summary>Runs the scenarios one after the other and collects their rows.</summary>
internal static class Bench
{
    private static readonly IReadOnlyList<(string Name, Func<Run, CancellationToken, Task> Measure)> All =
    [
        ("get-native", HttpReads.GetNative),
        ("get-switch", HttpReads.GetSwitch),
        ("list-native", HttpReads.ListNative),
        ("list-switch", HttpReads.ListSwitch),
        ("get-pipedrive", HttpReads.GetPipedrive),
        ("list-pipedrive", HttpReads.ListPipedrive),
        ("search-pipedrive", HttpReads.SearchPipedrive),
        ("depth", Depth.Measure),
        ("board", EngineReads.Board),
        ("summary", EngineReads.Summary),
        ("search", EngineReads.Search),
        ("creates", Creates.Measure),
        ("webhooks", Webhooks.Measure),
        ("import", Import.Measure),
        ("coldstart", ColdStart.Measure),
    ];

    public static string[] Names => [.. All.Select(scenario => scenario.Name)];

    public static async Task<int> Run(BenchOptions options, CancellationToken ct)
    {
        if (options.Scenarios.Except(Names).ToList() is { Count: > 0 } unknown)
        {
            Console.Error.WriteLine($"There is no scenario {string.Join(", ", unknown)}. There are {string.Join(", ", Names)}.");
            return 2;
        }
        var report = new Report(options);
        Console.WriteLine(report.Machine);
        foreach (var backend in options.Backends)
        {
            var run = new Run(options, backend, report);
            foreach (var (name, measure) in All.Where(scenario => options.Scenarios.Contains(scenario.Name)))
            {
                try
                {
                    await measure(run, ct);
                }
                catch (Exception failed) when (failed is InvalidOperationException or IOException or HttpRequestException or System.Data.Common.DbException or ProblemException)
                {
                    report.Add(new(name, backend, "not measured", failed.Message));
                }
            }
        }
        if (options.Report is { } file) await report.Write(file, ct);
        return 0;
    }
}

/// <summary>One backend's part of a run.</summary>
internal sealed record Run(BenchOptions Options, string Backend, Report Report)
{
    public Task<DataSet> Data(CancellationToken ct) => Data(Options.Deals, ct);

    public Task<DataSet> Data(int deals, CancellationToken ct) => DataSet.Open(Backend, deals, ct);

    public void Add(string scenario, string figure, string note = "") => Report.Add(new(scenario, Backend, figure, note));
}
