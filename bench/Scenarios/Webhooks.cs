using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tributary.Bench.Results;

namespace Tributary.Bench.Scenarios;

/// <summary>
/// Creates through HTTP with nobody listening, and with a webhook that is told of each of them at a receiver on this machine: how many
/// deliveries a second arrive while writes go on as fast as they can, how much slower those are for it, and how fast what piled up arrives
/// afterwards. Then the load of the goal: deals and persons in turns, of which it hears every third.
/// </summary>
internal static class Webhooks
{
    private const int Connections = 16;
    private static readonly string[] told = ["deal.created"];

    public static async Task Measure(Run run, CancellationToken ct)
    {
        var options = run.Options;
        var data = await run.Scratch(1_000, ct);
        var time = TimeSpan.FromSeconds(options.Seconds);
        var settings = Child.Settings(data, options.Port);
        settings["Tributary__Webhooks__AllowHttp"] = settings["Tributary__Webhooks__AllowPrivate"] = "true";
        await using var receiver = await Receiver.Start(options.Port + 1, ct);
        await using var server = await Child.Start(Child.ServerProgram, [], settings, options.Port, "/health/ready", ct);
        using var client = new HttpClient { BaseAddress = new(server.Url) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", DataSet.NativeToken);
        var asking = new Asking(server.Url, "POST", ["/api/v1/deals"], DataSet.NativeToken,
            $"{{\"title\":\"Harbour refit\",\"value\":1200.5,\"pipeline_id\":{data.PipelineId},\"stage_id\":{data.StageId}}}");
        const string person = "{\"name\":\"Ada Berg\"}";
        var mixed = asking with { Paths = ["/api/v1/deals", "/api/v1/persons", "/api/v1/persons"], Bodies = [asking.Body!, person, person] };
        await Load.Run(asking, Connections, TimeSpan.FromSeconds(4), ownDriver: true, ct);
        await Load.Run(mixed, Connections, TimeSpan.FromSeconds(2), ownDriver: true, ct);

        List<double> alone = [], beside = [], during = [], after = [], mixedAlone = [], besideMixed = [], duringMixed = [];
        for (var round = 0; round < options.Rounds; round++)
        {
            alone.Add((await Load.Run(asking, Connections, time, ownDriver: true, ct)).PerSecond);
            var all = await Beside(asking);
            during.Add(all.Deliveries);
            beside.Add(all.Writes);
            after.Add(all.Drained);
            mixedAlone.Add((await Load.Run(mixed, Connections, time, ownDriver: true, ct)).PerSecond);
            var some = await Beside(mixed);
            duringMixed.Add(some.Deliveries);
            besideMixed.Add(some.Writes);
        }
        var (every, third) = (Middle(beside) / Middle(alone), Middle(besideMixed) / Middle(mixedAlone));
        run.Add(new Row("webhooks", run.Backend, string.Create(CultureInfo.InvariantCulture,
            $"{Middle(duringMixed):0} deliveries/s beside writes at {third:0.00} of their speed alone; of each write: {Middle(during):0}/s at {every:0.00}, {Middle(after):0}/s once writes rest"),
            string.Create(CultureInfo.InvariantCulture,
            $"{Middle(besideMixed):0} of {Middle(mixedAlone):0} writes/s where every third is told, {Middle(beside):0} of {Middle(alone):0} where each is, {Connections} connections"))
        {
            Deals = data.Deals,
            Connections = Connections,
            Held = [new("webhook deliveries a second", Middle(duringMixed), "/s") { AtLeast = 1_000 },
                new("writes beside them against writes alone", third) { AtLeast = 0.9 }],
        });

        async Task<(double Deliveries, double Writes, double Drained)> Beside(Asking writes)
        {
            var hook = await Listen(client, receiver.Url, ct);
            var before = receiver.Count;
            var written = await Load.Run(writes, Connections, time, ownDriver: true, ct);
            var deliveries = (receiver.Count - before) / time.TotalSeconds;
            var rest = await Drain(receiver, ct);
            (await client.DeleteAsync(new Uri($"/api/v1/webhooks/{hook}", UriKind.Relative), ct)).EnsureSuccessStatusCode();
            return (deliveries, written.PerSecond, rest);
        }
    }

    private static async Task<long> Listen(HttpClient client, string url, CancellationToken ct)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/webhooks", new { url, events = told }, ct);
        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(ct)).RootElement;
        return answer.IsSuccessStatusCode ? json.GetProperty("id").GetInt64() : throw new InvalidOperationException(json.ToString());
    }

    /// <summary>Deliveries a second until none comes for a while.</summary>
    private static async Task<double> Drain(Receiver receiver, CancellationToken ct)
    {
        var (began, first, last, lastAt) = (Stopwatch.GetTimestamp(), receiver.Count, receiver.Count, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(lastAt) < TimeSpan.FromSeconds(3))
        {
            await Task.Delay(50, ct);
            if (receiver.Count == last) continue;
            (last, lastAt) = (receiver.Count, Stopwatch.GetTimestamp());
        }
        return last == first ? 0 : (last - first) / Stopwatch.GetElapsedTime(began, lastAt).TotalSeconds;
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Says thanks and counts.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly WebApplication app;
        private long count;

        private Receiver(WebApplication app, string url) => (this.app, Url) = (app, url);

        public string Url { get; }
        public long Count => Interlocked.Read(ref count);

        public static async Task<Receiver> Start(int port, CancellationToken ct)
        {
            var builder = WebApplication.CreateEmptyBuilder(new());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
            var receiver = new Receiver(builder.Build(), $"http://127.0.0.1:{port}/hook");
            receiver.app.Run(receiver.Take);
            await receiver.app.StartAsync(ct);
            return receiver;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task Take(HttpContext http)
        {
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
            Interlocked.Increment(ref count);
            http.Response.StatusCode = 204;
        }
    }
}
