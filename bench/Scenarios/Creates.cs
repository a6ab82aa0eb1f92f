using System.Globalization;
using System.Diagnostics;

using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Bench.Scenarios;

/// <summary>Durable creates: through HTTP by many at once, against the same rows written by hand with a commit each, and with a commit per sixteen.</summary>
internal static class Creates
{
    private const int Connections = 16;

    public static async Task Measure(Run run, CancellationToken ct)
    {
        var options = run.Options;
        var data = await run.Scratch(1_000, ct);
        var time = TimeSpan.FromSeconds(options.Seconds);
        await using var server = await Child.Server(data, options.Port, ct);
        var asking = new Asking(server.Url, "POST", ["/api/v1/deals"], DataSet.NativeToken, $"{{\"title\":\"Harbour refit\",\"value\":1200.5,\"pipeline_id\":{data.PipelineId},\"stage_id\":{data.StageId}}}");
        await Load.Run(asking, Connections, TimeSpan.FromSeconds(4), ownDriver: true, ct);

        List<double> ours = [], single = [], bare = [], grouped = [];
        for (var round = 0; round < options.Rounds; round++)
        {
            ours.Add((await Load.Run(asking, Connections, time, ownDriver: true, ct)).PerSecond);
            single.Add((await Load.Run(asking, 1, time, ownDriver: true, ct)).PerSecond);
            bare.Add(await Loop(data, 1, time, ct));
            grouped.Add(await Loop(data, Connections, time, ct));
        }
        var (many, one, each, group) = (Middle(ours), Middle(single), Middle(bare), Middle(grouped));
        run.Add(new Results.Row("creates", run.Backend, string.Create(CultureInfo.InvariantCulture, $"{many / each:0.0} × a commit per request, {many / group:0.00} of a bare group commit"),
            string.Create(CultureInfo.InvariantCulture, $"{many:0}/s by {Connections} connections, {one:0}/s by one; by hand {each:0}/s with a commit each, {group:0}/s with one per {Connections}"))
        {
            Deals = data.Deals,
            Connections = Connections,
            Held = [new("durable creates against a bare group commit", many / group) { AtLeast = 0.5 }, new("durable creates against a commit per request", many / each, "× one each") { AtLeast = 10 }],
        });
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Writes the rows that a create writes, without rules, with prepared statements, on a connection of its own.</summary>
    private static async Task<double> Loop(DataSet data, int perCommit, TimeSpan time, CancellationToken ct)
    {
        await using var db = data.Connect();
        var made = 0;
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            await using var tx = await db.Write(data.Workspace, ct);
            for (var i = 0; i < perCommit; i++)
            {
                await BareCreate.Write(tx, data);
                made++;
            }
            await tx.Commit();
        }
        return made / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
