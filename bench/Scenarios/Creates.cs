using System.Globalization;
using Tributary.Bench.Processes;

namespace Tributary.Bench.Scenarios;

/// <summary>
/// Durable creates: through HTTP by many at once, against the same rows written by hand with a commit each, and with a commit per sixteen.
/// </summary>
internal static class Creates
{
    private const int Connections = 16;

    public static async Task Measure(Run run, CancellationToken ct)
    {
        var options = run.Options;
        if (run.IsPostgres && options.SyncDelay > 0)
        {
            throw new InvalidOperationException("--sync-delay is for SQLite: PostgreSQL syncs in processes that were not started here.");
        }
        var disk = new SlowDisk(options.SyncDelay);
        var data = await run.Scratch(1_000, ct);
        var time = TimeSpan.FromSeconds(options.Seconds);
        await using var server = await Child.Server(data, options.Port, ct, disk);
        var asking = new Asking(server.Url, "POST", ["/api/v1/deals"], DataSet.NativeToken,
            $"{{\"title\":\"Harbour refit\",\"value\":1200.5,\"pipeline_id\":{data.PipelineId},\"stage_id\":{data.StageId}}}");
        await Turns.Warm(new("server", server, asking), Connections, options, ct);

        List<double> ours = [], single = [], bare = [], grouped = [];
        for (var round = 0; round < options.Rounds; round++)
        {
            ours.Add((await Load.Run(asking, Connections, time, ownDriver: true, ct)).PerSecond);
            single.Add((await Load.Run(asking, 1, time, ownDriver: true, ct)).PerSecond);
            bare.Add(await BareCreate.PerSecond(data, 1, options.Seconds, disk, ct));
            grouped.Add(await BareCreate.PerSecond(data, Connections, options.Seconds, disk, ct));
        }
        var (many, one, each, group) = (Middle(ours), Middle(single), Middle(bare), Middle(grouped));
        run.Add(new Results.Row(disk.Milliseconds == 0 ? "creates" : $"creates, syncs {disk.Milliseconds} ms longer", run.Backend,
            string.Create(CultureInfo.InvariantCulture,
                $"{many / each:0.0} × a commit per request, {many / group:0.00} of a bare group commit"),
            string.Create(CultureInfo.InvariantCulture,
                $"{many:0}/s by {Connections} connections, {one:0}/s by one; by hand {each:0}/s with a commit each, {group:0}/s with one per {Connections}"))
        {
            Deals = data.Deals,
            Connections = Connections,
            Held = [new("durable creates against a bare group commit", many / group) { AtLeast = 0.5 },
                new("durable creates against a commit per request", many / each, "× one each") { AtLeast = 10 }],
        });
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
