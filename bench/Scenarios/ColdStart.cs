using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Tributary.Bench.Results;

namespace Tributary.Bench.Scenarios;

/// <summary>The published program from the start of its process to its first answers, and what it holds when nobody asks.</summary>
internal static class ColdStart
{
    private const int Starts = 7;

    /// <summary>After this long without a question a server is idle: what it gives back it has given back.</summary>
    private static readonly TimeSpan quiet = TimeSpan.FromSeconds(10);

    public static async Task Measure(Run run, CancellationToken ct)
    {
        var data = await run.Data(ct);
        var program = await Published.Program(run.Options, ct);
        List<double> lives = [], deals = [], memories = [];
        for (var i = 0; i < Starts; i++)
        {
            var (live, deal, memory) = await Start(program, data, run.Options.Port, ct);
            lives.Add(live);
            deals.Add(deal);
            memories.Add(memory);
        }
        run.Add(new Row("coldstart", run.Backend,
            string.Create(CultureInfo.InvariantCulture,
                $"{Middle(lives):0} ms to the first answer, {Middle(deals):0} ms to the first deal"),
            string.Create(CultureInfo.InvariantCulture,
                $"median of {Starts} starts on {run.Options.Deals:N0} deals; {Middle(memories):0} MiB idle"))
        {
            Deals = run.Options.Deals,
            Held = [new("cold start to the first answer", Middle(lives), "ms") { AtMost = 400 },
                new("idle memory", Middle(memories), "MiB") { AtMost = 120 }],
        });
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<(double Live, double Deal, double Memory)> Start(string program, DataSet data, int port, CancellationToken ct)
    {
        using var client = new HttpClient
        {
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", DataSet.NativeToken) },
        };
        // The client's own first request is not the server's time.
        await Reachable(client, new($"http://127.0.0.1:{port}/health/live"), ct);
        var started = Stopwatch.GetTimestamp();
        await using var child = await Child.Start(program, [], Child.Settings(data, port), port, "/health/live", ct);
        var live = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        (await client.GetAsync(new Uri($"{child.Url}/api/v1/deals/{data.Ids[0]}"), ct)).EnsureSuccessStatusCode();
        var deal = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        await Task.Delay(quiet, ct);
        using var process = Process.GetProcessById(child.Id);
        return (live, deal, process.WorkingSet64 / 1048576.0);
    }

    private static async Task Reachable(HttpClient client, Uri address, CancellationToken ct)
    {
        try
        {
            await client.GetAsync(address, ct);
        }
        catch (HttpRequestException)
        {
            // Nothing listens there yet.
        }
    }
}
