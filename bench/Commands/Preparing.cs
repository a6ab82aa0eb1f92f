using Tributary.Bench.Data;
using Tributary.Bench.Peers;
using Tributary.Bench.Scenarios;

namespace Tributary.Bench.Commands;

/// <summary>Makes beforehand what a run would otherwise stop to make.</summary>
internal static class Preparing
{
    public static async Task<int> Run(BenchOptions options, bool withPeer, CancellationToken ct)
    {
        await DataHome.ForgetOld(ct);
        foreach (var backend in options.Backends)
        {
            foreach (var size in (int[])[1_000, .. options.Sizes, options.Deals]) await DataSet.Open(backend, size, ct);
            if (options.Scenarios.Contains("workspaces")) await DataSet.Open(backend, Many.Shape(options), ct);
        }
        if (options.Scenarios.Contains("import-million")) await ManyDeals.File(options.Rows, ct);
        if (options.Scenarios.Any(each => each is "coldstart" or "import" or "import-million"))
        {
            Console.Error.WriteLine("publishing the program");
            await Published.Publish(ct);
        }
        if (withPeer)
        {
            Console.Error.WriteLine("installing peers");
            await SoulPeer.Prepare(await DataSet.Open("sqlite", SoulPeer.Deals, ct), ct);
        }
        return 0;
    }
}
