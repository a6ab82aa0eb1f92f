namespace Tributary.Bench.Scale;

/// <summary>
/// Several servers on one PostgreSQL with a streaming replica, all on this machine: how the answers per second grow, and what
/// clients see when the primary dies. Everything it starts is its own, on ports of its own, and is gone when it ends.
/// </summary>
internal static class ScaleRun
{
    private const int Connections = 16;

    public static async Task<int> Run(BenchOptions options, CancellationToken ct)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(ct);
        bounded.CancelAfter(TimeSpan.FromMinutes(20));
        ct = bounded.Token;
        var report = new Figures();
        var folder = await Shell.Folder(ct);
        try
        {
            await using (var primary = await Cluster.Primary(Path.Combine(folder, "primary"), options.Port + 10, ct))
            {
                await primary.Ask("CREATE ROLE tributary LOGIN CREATEDB", ct);
                Environment.SetEnvironmentVariable("TRIBUTARY_TEST_POSTGRES", primary.Connection(user: "tributary"));
                var data = await DataSet.Open("postgres", options.Deals, ct);
                await using var replica = await Cluster.Replica(primary, Path.Combine(folder, "replica"), options.Port + 11, "replica", ct);
                await Curves(options, report, folder, data, primary, replica, ct);
                await Failover.Measure(options, report, data, primary, replica, isSynchronous: true, ct);

                // The replica is the primary now; it gets one of its own, and the same is done without waiting for it.
                await using var next = await Cluster.Replica(replica, Path.Combine(folder, "next"), options.Port + 12, "next", ct);
                await Failover.Measure(options, report, data, replica, next, isSynchronous: false, ct);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        if (options.Report is { } file) await File.WriteAllTextAsync(file, report.Markdown(options), ct);
        return 0;
    }

    private static async Task Curves(BenchOptions options, Figures report, string folder, DataSet data, Cluster primary, Cluster replica,
        CancellationToken ct)
    {
        var direct = Address(data, $"Host=127.0.0.1;Port={primary.Port}");
        var standby = Address(data, $"Host=127.0.0.1:{replica.Port},127.0.0.1:{primary.Port};Target Session Attributes=prefer-standby");
        await Curve(options, report, data, "one database", direct, "", ct);
        await Curve(options, report, data, "reads from the replica", direct, standby, ct);
        if (Pooler.Missing is { } missing)
        {
            report.Add("through pgbouncer", "", $"not measured: {missing}");
            return;
        }
        await using var pooler = await Pooler.Start(Path.Combine(folder, "pgbouncer"), options.Port + 13,
            new(primary.Connection(DatabaseOf(data), "tributary")), connections: 12, ct);
        await Curve(options, report, data, "through pgbouncer",
            Address(data, $"Host=127.0.0.1;Port={options.Port + 13};No Reset On Close=true"), "", ct);
    }

    private static async Task Curve(BenchOptions options, Figures report, DataSet data, string setup, string database, string reads,
        CancellationToken ct)
    {
        for (var count = 1; count <= 3; count++)
        {
            var servers = new List<Child>();
            try
            {
                for (var n = 0; n < count; n++) servers.Add(await Server(data, options.Port + n, database, reads, ct));
                foreach (var (name, asking) in Askings(data))
                {
                    report.Add($"{setup}, {count}", name, $"{await Together(servers, asking, options, ct)}");
                }
            }
            finally
            {
                foreach (var server in servers) await server.DisposeAsync();
            }
        }
    }

    private static IEnumerable<(string Name, Asking Asking)> Askings(DataSet data)
    {
        var any = new Asking("", "GET", [.. data.Ids.Select(id => $"/api/v1/deals/{id}")], DataSet.NativeToken);
        yield return ("get", any);
        yield return ("list", any with { Paths = [$"/api/v1/deals?stage_id={data.StageId}&limit=100"] });
        yield return ("create", any with
        {
            Method = "POST",
            Paths = ["/api/v1/deals"],
            Body = $"{{\"title\":\"Harbour refit\",\"value\":1200.5,\"pipeline_id\":{data.PipelineId},\"stage_id\":{data.StageId}}}"
        });
    }

    /// <summary>The same number of connections, however many servers share them.</summary>
    private static async Task<Answered> Together(List<Child> servers, Asking asking, BenchOptions options, CancellationToken ct)
    {
        var each = Connections / servers.Count;
        async Task<Answered[]> All(int seconds) =>
            await Task.WhenAll(
                servers.Select(server => Load.Run(asking with { Url = server.Url }, each, TimeSpan.FromSeconds(seconds), ownDriver: true,
                    ct)));
        await All(4);
        var rounds = new List<Answered>();
        for (var round = 0; round < options.Rounds; round++)
        {
            var all = await All(options.Seconds);
            rounds.Add(new(all.Sum(one => one.PerSecond), all.Average(one => one.P50), all.Max(one => one.P99)));
        }
        return Answered.Median(rounds);
    }

    public static Task<Child> Server(DataSet data, int port, string database, string reads, CancellationToken ct)
    {
        var settings = Child.Settings(data, port);
        settings["Tributary__Database"] = database;
        settings["Tributary__ReadDatabase"] = reads;
        settings["Tributary__RunJobs"] = "false";
        return Child.Start(Child.ServerProgram, [], settings, port, "/health/ready", ct);
    }

    public static string Address(DataSet data, string host) =>
        $"{host};Username=tributary;Database={DatabaseOf(data)};Maximum Pool Size=20";

    private static string DatabaseOf(DataSet data) => new Npgsql.NpgsqlConnectionStringBuilder(data.Address).Database!;
}

/// <summary>What was measured, printed as it comes and written down at the end.</summary>
internal sealed class Figures
{
    private readonly List<string> rows = [];

    public void Add(string setup, string work, string figure)
    {
        Console.WriteLine($"{setup,-26} {work,-8} {figure}");
        rows.Add($"| {setup} | {work} | {figure} |");
    }

    public string Markdown(BenchOptions options) =>
        $"{options.Deals} deals, rounds of {options.Seconds} s × {options.Rounds}, {Environment.ProcessorCount} processors for everything.\n\n| setup | work | figure |\n|---|---|---|\n{string.Join('\n', rows)}\n";
}
