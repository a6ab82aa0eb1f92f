using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Npgsql;

namespace Tributary.Bench.Scale;

/// <summary>
/// The primary dies while deals are created, and the replica takes its place a second later: what clients saw, and whether a deal they were
/// told of is gone.
/// </summary>
internal static class Failover
{
    private const int Writers = 4;
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(12);

    public static async Task Measure(BenchOptions options, Figures report, DataSet data, Cluster primary, Cluster replica,
        bool isSynchronous, CancellationToken ct)
    {
        if (isSynchronous)
        {
            await primary.Ask("ALTER SYSTEM SET synchronous_standby_names = '*'", ct);
            await primary.Ask("SELECT pg_reload_conf()", ct);
        }
        var hosts = $"Host=127.0.0.1:{primary.Port},127.0.0.1:{replica.Port}";
        await using var server = await ScaleRun.Server(data, options.Port,
            ScaleRun.Address(data, hosts + ";Target Session Attributes=primary"),
            ScaleRun.Address(data, hosts + ";Target Session Attributes=prefer-standby"), ct);

        var run = $"failover {(isSynchronous ? "synchronous" : "asynchronous")} {Stopwatch.GetTimestamp()}";
        var started = Stopwatch.GetTimestamp();
        var writers = Enumerable.Range(0, Writers).Select(n => Write(server.Url, data, $"{run} {n}", started, ct)).ToList();
        var reader = Read(server.Url, data, started, ct);
        await Task.Delay(Before, ct);
        var killed = Stopwatch.GetElapsedTime(started);
        await primary.Kill(ct);
        await Task.Delay(TimeSpan.FromSeconds(1), ct);
        await replica.Promote(ct);
        var promoted = Stopwatch.GetElapsedTime(started);

        var writes = (await Task.WhenAll(writers)).SelectMany(each => each).OrderBy(write => write.At).ToList();
        var reads = await reader;
        var kept = await Titles(replica, data, run, ct);
        var lost = writes.Count(write => write.Title is { } title && !kept.Contains(title));
        var outage = writes.SkipWhile(write => write.At < killed || write.Title is not null)
            .FirstOrDefault(write => write.Title is not null)?.At - killed;
        var told = writes.Count(write => write.Title is not null);
        report.Add($"failover, {(isSynchronous ? "synchronous" : "asynchronous")}", "create", string.Create(CultureInfo.InvariantCulture,
            $"{lost} of {told} acknowledged deals lost; promoted {(promoted - killed).TotalSeconds:0.0} s after the kill, first write again after {outage?.TotalSeconds:0.0} s; "
            + $"{writes.Count - told} writes refused ({Statuses(writes)}); {kept.Count - told + lost} deals kept whose answer was lost"));
        report.Add($"failover, {(isSynchronous ? "synchronous" : "asynchronous")}", "get",
            $"{reads.Count(read => read.Status != 200)} of {reads.Count} reads refused ({Statuses(reads)})");
    }

    private sealed record Asked(TimeSpan At, int Status, string? Title);

    private static string Statuses(IEnumerable<Asked> asked) =>
        string.Join(", ", asked.Where(each => each.Status is not (200 or 201)).GroupBy(each => each.Status)
            .Select(each => $"{(each.Key == 0 ? "no answer" : each.Key.ToString(CultureInfo.InvariantCulture))} × {each.Count()}"))
            is { Length: > 0 } all ? all : "none";

    private static async Task<List<Asked>> Write(string url, DataSet data, string name, long started, CancellationToken ct)
    {
        var asked = new List<Asked>();
        using var client = Client();
        for (var n = 0; Stopwatch.GetElapsedTime(started) < Before + After; n++)
        {
            var title = $"{name} {n}";
            using var body = new StringContent($"{{\"title\":\"{title}\",\"pipeline_id\":{data.PipelineId},\"stage_id\":{data.StageId}}}",
                Encoding.UTF8, "application/json");
            asked.Add(await Ask(() => client.PostAsync(new Uri(url + "/api/v1/deals"), body, ct), title, started));
            if (asked[^1].Title is null) await Task.Delay(100, ct);
        }
        return asked;
    }

    private static async Task<List<Asked>> Read(string url, DataSet data, long started, CancellationToken ct)
    {
        var asked = new List<Asked>();
        using var client = Client();
        for (var n = 0; Stopwatch.GetElapsedTime(started) < Before + After; n++)
        {
            asked.Add(await Ask(() => client.GetAsync(new Uri($"{url}/api/v1/deals/{data.Ids[n % data.Ids.Count]}"), ct), null, started));
            await Task.Delay(20, ct);
        }
        return asked;
    }

    private static async Task<Asked> Ask(Func<Task<HttpResponseMessage>> ask, string? title, long started)
    {
        try
        {
            using var answer = await ask();
            return new(Stopwatch.GetElapsedTime(started), (int)answer.StatusCode, answer.IsSuccessStatusCode ? title : null);
        }
        catch (Exception failed) when (failed is HttpRequestException or TaskCanceledException)
        {
            return new(Stopwatch.GetElapsedTime(started), 0, null);
        }
    }

    private static HttpClient Client()
    {
        var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", DataSet.NativeToken);
        return client;
    }

    private static async Task<HashSet<string>> Titles(Cluster cluster, DataSet data, string run, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(cluster.Connection(new NpgsqlConnectionStringBuilder(data.Address).Database!));
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand("SELECT title FROM deals WHERE workspace_id = @workspace AND title LIKE @run",
            connection);
        command.Parameters.AddWithValue("workspace", data.Workspace);
        command.Parameters.AddWithValue("run", run + "%");
        var titles = new HashSet<string>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) titles.Add(reader.GetString(0));
        return titles;
    }
}
