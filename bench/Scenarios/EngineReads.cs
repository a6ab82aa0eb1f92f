using System.Diagnostics;
using Tributary.Bench.Results;
using Tributary.Core.Board;
using Tributary.Core.Kernel;
using Tributary.Core.Search;
using Tributary.Core.Totals;
using static System.FormattableString;

namespace Tributary.Bench.Scenarios;

/// <summary>Verbs whose cost must not grow with the number of deals, called directly: nothing constant hides the growth.</summary>
internal static class EngineReads
{
    private const int Few = 10_000;
    private const double MostGrowth = 1.5;
    private const int Times = 200;

    // A verb that takes long is called less often.
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(1.5);

    public static Task Board(Run run, CancellationToken ct) => Grow(run, "board", data =>
    {
        var boards = new BoardService(data.Db);
        return () => boards.Board(data.Caller, data.Set.PipelineId, new() { Cards = 50 }, ct);
    }, p50 => new("board of 5 columns × 50 cards", p50, "ms") { AtMost = 10 }, isBoundToFew: true, ct);

    public static Task Summary(Run run, CancellationToken ct) => Grow(run, "summary", data =>
    {
        var totals = new TotalsService(data.Db);
        return () => totals.Summary(data.Caller, new(), ct);
    }, p50 => null, isBoundToFew: true, ct);

    public static Task Search(Run run, CancellationToken ct) => Grow(run, "search", data =>
    {
        var search = new SearchService(data.Db);
        return () => search.Search(data.Caller, new() { Term = "ard renew", Limit = 50 }, ct);
    }, p50 => new("substring search, p50", p50, "ms") { AtMost = 15 }, isBoundToFew: false, ct);

    /// <summary>Terms of every sort, in records of all kinds; the slowest is what counts.</summary>
    private static readonly string[] Terms =
    [
        "renewal", "ing next quarter", "harbour audit 77", "kim pilot 9", "works 24999", "deal-2026-000417", "zzqqx", "renxwal",
        "q", "re", "xq",
    ];

    public static async Task SearchTerms(Run run, CancellationToken ct)
    {
        var opened = await Open(run, run.Options.Deals, ct);
        await using var db = opened.Db;
        var search = new SearchService(db);
        var p50s = new List<(string Term, double Wait)>();
        foreach (var term in Terms)
        {
            var rounds = new List<double>();
            for (var round = 0; round <= run.Options.Rounds; round++)
            {
                rounds.Add(await Median(() => search.Search(opened.Caller, new() { Term = term, Limit = 50 }, ct), Times));
            }
            p50s.Add((term, rounds.Skip(1).Min()));
        }
        var slowest = p50s.MaxBy(one => one.Wait);
        run.Add(new Row("search-terms", run.Backend, Invariant($"{slowest.Wait:0.00} ms, \"{slowest.Term}\""),
            "p50 " + string.Join(", ", p50s.Select(one => Invariant($"{one.Wait:0.00} ms \"{one.Term}\""))))
        {
            Deals = run.Options.Deals,
            Held = [new("slowest of the terms, p50", slowest.Wait, "ms") { AtMost = 15 }],
        });
    }

    /// <param name="bound">What the time itself is held to.</param>
    /// <param name="isBoundToFew">Whether it may take only so many times what it takes among few deals.</param>
    private static async Task Grow(Run run, string scenario, Func<Opened, Func<Task>> ask, Func<double, Held?> bound, bool isBoundToFew,
        CancellationToken ct)
    {
        int[] sizes = [.. run.Options.Sizes.Append(run.Options.Deals).Distinct().Order()];
        var all = new List<Opened>();
        try
        {
            foreach (var size in sizes) all.Add(await Open(run, size, ct));
            var asks = all.Select(ask).ToList();
            // The runtime's compiler takes its time on a busy machine.
            for (var warm = 0; warm < 3; warm++)
            {
                foreach (var each in asks) await Median(each, Times / 2);
            }
            var found = sizes.Select(_ => new List<double>()).ToList();
            for (var round = 0; round < run.Options.Rounds; round++)
            {
                for (var n = 0; n < sizes.Length; n++) found[n].Add(await Median(asks[n], Times));
            }
            Tell(run, scenario, sizes, [.. found.Select(rounds => rounds.Order().ElementAt(rounds.Count / 2))], bound, isBoundToFew);
        }
        finally
        {
            foreach (var opened in all) await opened.Db.DisposeAsync();
        }
    }

    private static void Tell(Run run, string scenario, int[] sizes, double[] p50s, Func<double, Held?> bound, bool isBoundToFew)
    {
        var few = Math.Max(0, Array.IndexOf(sizes, Few));
        var growth = p50s[^1] / p50s[few];
        var held = new List<Held>();
        if (isBoundToFew && sizes.Length > 1)
            held.Add(new(Invariant($"{scenario} at {sizes[^1]:N0} deals against {sizes[few]:N0}"), growth) { AtMost = MostGrowth });
        if (bound(p50s[^1]) is { } time) held.Add(time);
        var told = string.Join(", ", sizes.Zip(p50s, (size, p50) => Invariant($"{p50:0.00} ms at {size:N0}")));
        run.Add(new Row(scenario, run.Backend, Invariant($"{growth:0.00} × of {sizes[few]:N0} deals"), $"p50 {told}")
        {
            Deals = sizes[^1],
            Held = held,
            Curves = [new("growth", scenario, "deals", [.. sizes.Zip(p50s, (size, p50) => new Point(size, p50))])],
        });
    }

    private static async Task<double> Median(Func<Task> ask, int times)
    {
        var waits = new List<double>(times);
        var began = Stopwatch.GetTimestamp();
        while (waits.Count < times && (waits.Count < 3 || Stopwatch.GetElapsedTime(began) < LongEnough))
        {
            var started = Stopwatch.GetTimestamp();
            await ask();
            waits.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        waits.Sort();
        return waits[waits.Count / 2];
    }

    private static async Task<Opened> Open(Run run, int deals, CancellationToken ct)
    {
        var set = await run.Data(deals, ct);
        return new(set.Connect(), Caller.System(set.Workspace), set);
    }

    private sealed record Opened(Core.Storage.Db Db, Caller Caller, DataSet Set);
}
