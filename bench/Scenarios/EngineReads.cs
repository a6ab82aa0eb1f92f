using System.Diagnostics;
using System.Globalization;
using Tributary.Core.Board;
using Tributary.Core.Kernel;
using Tributary.Core.Search;
using Tributary.Core.Totals;

namespace Tributary.Bench.Scenarios;

/// <summary>Verbs whose cost must not grow with the number of deals, called directly: nothing constant hides the growth.</summary>
internal static class EngineReads
{
    private const int Few = 1_000;

    public static Task Board(Run run, CancellationToken ct) => Grow(run, "board", data =>
    {
        var boards = new BoardService(data.Db);
        return () => boards.Board(data.Caller, data.Set.PipelineId, new() { Cards = 50 }, ct);
    }, ct);

    public static Task Summary(Run run, CancellationToken ct) => Grow(run, "summary", data =>
    {
        var totals = new TotalsService(data.Db);
        return () => totals.Summary(data.Caller, new(), ct);
    }, ct);

    public static Task Search(Run run, CancellationToken ct) => Grow(run, "search", data =>
    {
        var search = new SearchService(data.Db);
        return () => search.Search(data.Caller, new() { Term = "ard renew", Limit = 50 }, ct);
    }, ct);

    private static async Task Grow(Run run, string scenario, Func<Opened, Func<Task>> ask, CancellationToken ct)
    {
        var few = await Open(run, Few, ct);
        var many = await Open(run, run.Options.Deals, ct);
        await using (few.Db)
        await using (many.Db)
        {
            var (askFew, askMany) = (ask(few), ask(many));
            // The runtime's compiler takes its time on a busy machine.
            for (var warm = 0; warm < 5; warm++)
            {
                await Median(askFew, 100);
                await Median(askMany, 100);
            }
            List<double> ofFew = [], ofMany = [];
            for (var round = 0; round < run.Options.Rounds; round++)
            {
                ofFew.Add(await Median(askFew, 200));
                ofMany.Add(await Median(askMany, 200));
            }
            var (small, large) = (ofFew.Order().ElementAt(ofFew.Count / 2), ofMany.Order().ElementAt(ofMany.Count / 2));
            run.Add(scenario, string.Create(CultureInfo.InvariantCulture, $"{large / small:0.00} × of {Few:N0} deals"),
                string.Create(CultureInfo.InvariantCulture, $"p50 {large:0.00} ms at {run.Options.Deals:N0} deals, {small:0.00} ms at {Few:N0}"));
        }
    }

    private static async Task<double> Median(Func<Task> ask, int times)
    {
        var waits = new List<double>(times);
        for (var i = 0; i < times; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await ask();
            waits.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        waits.Sort();
        return waits[times / 2];
    }

    private static async Task<Opened> Open(Run run, int deals, CancellationToken ct)
    {
        var set = await run.Data(deals, ct);
        return new(set.Connect(), Caller.System(set.Workspace), set);
    }

    private sealed record Opened(Core.Storage.Db Db, Caller Caller, DataSet Set);
}
