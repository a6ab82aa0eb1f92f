using Tributary.Bench.Peers;
using Tributary.Bench.Results;
using static System.FormattableString;

namespace Tributary.Bench.Scenarios;

/// <summary>The same deals asked for through our own API and through a general REST server over SQL, in turns.</summary>
internal static class PeerReads
{
    private const int Connections = 16;

    public static Task Get(Run run, CancellationToken ct) =>
        Compare(run, "peer-get", "GET one deal", data => [.. data.Ids.Select(id => $"/api/v1/deals/{id}")], SoulPeer.Gets, ct);

    public static Task List(Run run, CancellationToken ct) =>
        Compare(run, "peer-list", "list 100 of a stage, newest first", data =>
            [$"/api/v1/deals?stage_id={data.StageId}&sort=-added_at&limit=100"], data => [SoulPeer.List(data)], ct);

    private static async Task Compare(Run run, string scenario, string work, Func<DataSet, IReadOnlyList<string>> paths, Func<DataSet,
        IReadOnlyList<string>> peerPaths, CancellationToken ct)
    {
        if (run.IsPostgres) throw new InvalidOperationException($"{SoulPeer.Name} is for SQLite alone.");
        var data = await run.Data(SoulPeer.Deals, ct);
        await SoulPeer.Prepare(data, ct);
        await using var server = await Child.Server(data, run.Options.Port, ct);
        await using var peer = await SoulPeer.Start(data, run.Options.Port + 2, ct);
        var ours = new Asking(server.Url, "GET", paths(data), DataSet.NativeToken);
        var sides = await Turns.Take(run, Connections,
            [new("server", server, ours), new(SoulPeer.Name, peer, new(peer.Url, "GET", peerPaths(data), "none"))], ct);
        var ratio = sides[0].PerSecond / sides[1].PerSecond;
        run.Add(new Row(scenario, run.Backend, Invariant($"{ratio:0.0} × {SoulPeer.Name}"),
            Invariant(
                $"{work}, {Connections} connections, {SoulPeer.Deals:N0} deals: {sides[0].PerSecond:N0}/s beside {sides[1].PerSecond:N0}/s"))
        {
            Deals = SoulPeer.Deals,
            Connections = Connections,
            Sides = sides,
            Held = [new($"{work} against {SoulPeer.Name}", ratio, "× as many") { AtLeast = 1 }],
        });
    }
}
