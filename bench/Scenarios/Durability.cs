using System.Diagnostics;
using Npgsql;
using Tributary.Bench.Processes;
using Tributary.Bench.Results;
using static System.FormattableString;

namespace Tributary.Bench.Scenarios;

/// <summary>How often a create makes the disk sync: once for one writer, less where many share a commit, never not at all.</summary>
internal static class Durability
{
    private static readonly int[] Sizes = [1, 16, 64];

    // PostgreSQL's processes tell their counters at most once a second.
    private static readonly TimeSpan UntilTold = TimeSpan.FromSeconds(1.2);

    public static async Task Measure(Run run, CancellationToken ct)
    {
        var data = await run.Scratch(1_000, ct);
        await using var server = await Child.Server(data, run.Options.Port, ct);
        var asking = new Asking(server.Url, "POST", ["/api/v1/deals"], DataSet.NativeToken,
            $"{{\"title\":\"Harbour refit\",\"value\":1200.5,\"pipeline_id\":{data.PipelineId},\"stage_id\":{data.StageId}}}");
        var time = TimeSpan.FromSeconds(Math.Min(3, run.Options.Seconds + 1));
        await Load.Run(asking, 16, time, ownDriver: true, ct);
        var found = new List<(int Connections, double Syncs)>();
        foreach (var connections in Sizes)
        {
            var (answered, syncs) = data.IsPostgres
                ? await OfPostgres(data, () => Load.Run(asking, connections, time, ownDriver: true, ct), ct)
                : await OfServer(server, () => Load.Run(asking, connections, time, ownDriver: true, ct), ct);
            found.Add((connections, syncs / (double)answered.Count));
        }
        run.Add(new Row("durability", run.Backend, Invariant($"{found[0].Syncs:0.00} syncs per create alone"),
            string.Join(", ", found.Select(each => Invariant($"{each.Syncs:0.000} at {each.Connections} connections")))
            + (data.IsPostgres ? "; all that this PostgreSQL did meanwhile is counted" : ""))
        {
            Deals = data.Deals,
            Held = [new("disk syncs per create, one connection", found[0].Syncs, "syncs") { AtLeast = 0.95 },
                new("disk syncs per create, 16 connections", found[1].Syncs, "syncs") { AtMost = 1 }],
        });
    }

    private static async Task<(Answered Answered, long Syncs)> OfPostgres(DataSet data, Func<Task<Answered>> creates, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(data.Address);
        await connection.OpenAsync(ct);
        var before = await Syncs(connection, ct);
        var answered = await creates();
        return (answered, await Syncs(connection, ct) - before);
    }

    private static async Task<long> Syncs(NpgsqlConnection connection, CancellationToken ct)
    {
        await Task.Delay(UntilTold, ct);
        await using var command = new NpgsqlCommand("SELECT wal_sync FROM pg_stat_wal", connection);
        return (long)(await command.ExecuteScalarAsync(ct) ?? throw new UnreachableException());
    }

    private static async Task<(Answered Answered, long Syncs)> OfServer(Child server, Func<Task<Answered>> creates, CancellationToken ct)
    {
        if (!File.Exists("/usr/bin/strace"))
        {
            throw new InvalidOperationException("strace is needed to count syncs (Debian: apt install strace).");
        }
        using var strace = Process.Start(new ProcessStartInfo("strace",
            ["-c", "-f", "-e", "trace=fsync,fdatasync", "-p", $"{server.Id}"])
        { RedirectStandardError = true })!;
        try
        {
            // It says "Process N attached" for each thread, the first one last of all that were there.
            await strace.StandardError.ReadLineAsync(ct);
            var rest = strace.StandardError.ReadToEndAsync(ct);
            var answered = await creates();
            using var stop = Process.Start("kill", ["-INT", $"{strace.Id}"]);
            await strace.WaitForExitAsync(ct);
            return (answered, StraceOutput.Calls(await rest));
        }
        finally
        {
            if (!strace.HasExited) strace.Kill();
        }
    }
}
