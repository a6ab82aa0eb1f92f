using Tributary.Bench.Results;
using static System.FormattableString;

namespace Tributary.Bench.Scenarios;

/// <summary>One deal by id over 1, 16 and 64 connections: what more company costs server and floor.</summary>
internal static class Crowd
{
    private static readonly int[] Sizes = [1, 16, 64];

    public static async Task Measure(Run run, CancellationToken ct)
    {
        var data = await run.Data(ct);
        var (server, floor) = await run.Pair(data, ct);
        var ours = new Asking(server.Url, "GET", [.. data.Ids.Select(id => $"/api/v1/deals/{id}")], DataSet.NativeToken);
        var theirs = new Asking(floor.Url, "GET", [.. data.Ids.Select(id => $"/g/{id}")], DataSet.NativeToken);
        foreach (var connections in Sizes)
        {
            var sides = await Turns.Take(run, connections, [new("server", server, ours), new("floor", floor, theirs)], ct);
            var ratio = sides[0].PerSecond / sides[1].PerSecond;
            run.Add(new Row("connections", run.Backend, Invariant($"{ratio:0.00} of the floor"),
                Invariant($"GET one deal, {connections} connections: {sides[0].PerSecond:N0}/s, floor {sides[1].PerSecond:N0}/s"))
            {
                Deals = run.Options.Deals,
                Connections = connections,
                Sides = sides,
                Curves = [.. sides.Select(side => new Curve("connections", side.Name, "connections", [new(connections, side.PerSecond)]))],
            });
        }
    }
}
