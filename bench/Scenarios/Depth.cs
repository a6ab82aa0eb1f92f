using System.Text.Json;
using Tributary.Bench.Results;
using static System.FormattableString;

namespace Tributary.Bench.Scenarios;

/// <summary>A page far down a list against its first page.</summary>
internal static class Depth
{
    private const double Most = 1.2;

    /// <summary>Both take half a millisecond, and a second of one is a fifth slower than the next.</summary>
    private const int Rounds = 7;

    public static async Task Measure(Run run, CancellationToken ct)
    {
        var options = run.Options;
        var data = await run.Data(ct);
        var (server, _) = await run.Pair(data, ct);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", DataSet.NativeToken);
        string? cursor = null;
        var depth = Math.Min(50_000, options.Deals / 2);
        for (var seen = 0; seen < depth; seen += 500)
        {
            using var page =
                JsonDocument.Parse(
                    await client.GetStringAsync(
                        new Uri($"{server.Url}/api/v1/deals?sort=-added_at&fields=id&limit=500{(cursor is null ? "" : "&cursor=" + cursor)}"), ct));
            cursor = page.RootElement.GetProperty("next_cursor").GetString();
        }

        var first = new Asking(server.Url, "GET", ["/api/v1/deals?sort=-added_at&limit=100"], DataSet.NativeToken);
        var deep = first with { Paths = [$"/api/v1/deals?sort=-added_at&limit=100&cursor={cursor}"] };
        var sides = await Turns.Take(run, 1, [new("first page", server, first), new("deep page", server, deep)], ct, Rounds);
        var ratio = sides[1].P50 / sides[0].P50;
        run.Add(new Row("depth", run.Backend, Invariant($"{ratio:0.00} × of the first page"),
            Invariant($"p50 {sides[1].P50:0.00} ms at depth {depth:N0}, {sides[0].P50:0.00} ms at the top"))
        {
            Deals = options.Deals,
            Connections = 1,
            Sides = sides,
            Held = [new(Invariant($"page at depth {depth:N0} against the first"), ratio) { AtMost = Most }],
        });
    }
}
