using Tributary.Bench.Data;
using Tributary.Bench.Results;
using static System.FormattableString;

namespace Tributary.Bench.Scenarios;

/// <summary>
/// One deal of each of many workspaces in turn, each with its own key, against deals of one workspace of the same database.
/// </summary>
internal static class Many
{
    private const int DealsEach = 300;

    public static DataShape Shape(BenchOptions options) => new(options.Workspaces, DealsEach);

    public static async Task Measure(Run run, CancellationToken ct)
    {
        var shape = Shape(run.Options);
        var data = await DataSet.Open(run.Backend, shape, ct);
        await using var server = await Child.Server(data, run.Options.Port, ct);
        // Ids are given out one workspace after the other.
        var one = new Asking(server.Url, "GET", [.. Enumerable.Range(1, DealsEach).Select(id => $"/api/v1/deals/{id}")],
            DataSet.NativeToken);
        var many = one with
        {
            Paths = [.. Enumerable.Range(0, shape.Workspaces).Select(n => $"/api/v1/deals/{n * DealsEach + n % DealsEach + 1}")],
            Tokens = [.. Enumerable.Range(1, shape.Workspaces).Select(DataSet.NativeTokenOf)],
        };
        foreach (var connections in run.Options.Connections)
        {
            var sides = await Turns.Take(run, connections, [new("one workspace", server, one), new("many workspaces", server, many)], ct);
            var ratio = sides[1].PerSecond / sides[0].PerSecond;
            run.Add(new Row("workspaces", run.Backend, Invariant($"{ratio:0.00} of one workspace's speed"),
                Invariant(
                    $"{shape.Workspaces:N0} workspaces with {DealsEach} deals and a key each: {sides[1].PerSecond:N0}/s; one of them {sides[0].PerSecond:N0}/s"))
            {
                Deals = DealsEach,
                Connections = connections,
                Sides = sides,
                Held = [new(Invariant($"GET among {shape.Workspaces:N0} workspaces against one"), ratio, "× one") { AtLeast = 0.7 }],
            });
        }
    }
}
