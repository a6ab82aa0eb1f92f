using System.Globalization;
using System.Text.Json;

namespace Tributary.Bench.Scenarios;

/// <summary>A page far down a list against its first page.</summary>
internal static class Depth
{
    public static async Task Measure(Run run, CancellationToken ct)
    {
        var options = run.Options;
        var data = await run.Data(ct);
        await using var server = await Child.Server(data, options.Port, ct);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", DataSet.NativeToken);
        string? cursor = null;
        var depth = Math.Min(50_000, options.Deals / 2);
        for (var seen = 0; seen < depth; seen += 500)
        {
            using var page = JsonDocument.Parse(await client.GetStringAsync(new Uri($"{server.Url}/api/v1/deals?sort=-added_at&fields=id&limit=500{(cursor is null ? "" : "&cursor=" + cursor)}"), ct));
            cursor = page.RootElement.GetProperty("next_cursor").GetString();
        }

        var first = new Asking(server.Url, "GET", ["/api/v1/deals?sort=-added_at&limit=100"], DataSet.NativeToken);
        var deep = first with { Paths = [$"/api/v1/deals?sort=-added_at&limit=100&cursor={cursor}"] };
        List<Answered> tops = [], deeps = [];
        for (var round = 0; round <= options.Rounds; round++)
        {
            tops.Add(await Load.Run(first, 1, TimeSpan.FromSeconds(options.Seconds), options.OwnDriver, ct));
            deeps.Add(await Load.Run(deep, 1, TimeSpan.FromSeconds(options.Seconds), options.OwnDriver, ct));
        }
        var (top, far) = (Answered.Median(tops.Skip(1)), Answered.Median(deeps.Skip(1)));
        run.Add("depth", string.Create(CultureInfo.InvariantCulture, $"{far.P50 / top.P50:0.00} × of the first page"), $"at depth {depth}: {far}; first page {top}");
    }
}
