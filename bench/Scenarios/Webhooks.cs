using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Tributary.Bench.Processes;
using Tributary.Bench.Results;
using static System.FormattableString;

namespace Tributary.Bench.Scenarios;

/// <summary>
/// What a webhook that hears of 1,000 deals a second costs those who write, read in two ways. Paced: writes are offered at a fixed rate,
/// half of what the machine can do, and take as long as they take. In a closed loop: writers ask again as soon as they are answered, so
/// that the machine has nothing left and whatever else it does comes off the writes. Beside each stands a bare sender of the same bytes in
/// place of the webhook: what that slows is the sending, the rest is ours.
/// </summary>
internal static class Webhooks
{
    private const int Connections = 16;
    private const int MostConnections = 64;
    private const int Heard = 1_000;
    private const string Person = "{\"name\":\"Ada Berg\"}";
    private static readonly string[] told = ["deal.created"];

    public static async Task Measure(Run run, CancellationToken ct)
    {
        var options = run.Options;
        var data = await run.Scratch(1_000, ct);
        var settings = Child.Settings(data, options.Port);
        settings["Tributary__Webhooks__AllowHttp"] = settings["Tributary__Webhooks__AllowPrivate"] = "true";
        await using var receiver = await HookReceiver.Start(options.Port + 1, ct);
        await using var server = await Child.Start(Child.ServerProgram, [], settings, options.Port, "/health/ready", ct);
        using var client = new HttpClient { BaseAddress = new(server.Url) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", DataSet.NativeToken);
        var deal = $"{{\"title\":\"Harbour refit\",\"value\":1200.5,\"pipeline_id\":{data.PipelineId},\"stage_id\":{data.StageId}}}";
        var bench = new Beside(new(server.Url, "POST", ["/api/v1/deals"], DataSet.NativeToken, deal), client, receiver, server,
            TimeSpan.FromSeconds(options.Seconds));

        for (var i = 0; i < 2; i++) await bench.With(bench.Mixed(3), Company.Webhook, null, ct);
        await bench.With(bench.Mixed(3), Company.BareSender, null, ct);
        var full = 0.0;
        for (var i = 0; i < 2; i++)
        {
            full = Math.Max(full, (await Load.Run(bench.Mixed(2), Connections, bench.Time, ownDriver: true, ct)).PerSecond);
        }
        // Whole thousands where the machine can do that many, so that every so many'th is a deal and 1,000 a second are heard.
        var each = Math.Max(1, (int)Math.Round(full / 2 / Heard));
        await Rounds(run, bench, data, each, full < 2 * Heard ? full / 2 : each * Heard, ct);
        // As many as leave 1,000 when a tenth is lost.
        await Rounds(run, bench, data, Math.Max(2, (int)(full * 0.9 / Heard)), null, ct);
        await Rounds(run, bench, data, 1, null, ct);
    }

    private static async Task Rounds(Run run, Beside bench, DataSet data, int each, double? pace, CancellationToken ct)
    {
        List<Beside.Round> alone = [], webhook = [], bare = [];
        for (var round = 0; round < run.Options.Rounds; round++)
        {
            alone.Add(await bench.With(bench.Mixed(each), Company.None, pace, ct));
            webhook.Add(await bench.With(bench.Mixed(each), Company.Webhook, pace, ct));
            bare.Add(await bench.With(bench.Mixed(each), Company.BareSender, pace, ct));
        }
        var (none, hook, sender) = (Middle(alone), Middle(webhook), Middle(bare));
        var (held, heldBare) = (hook.Writes.PerSecond / none.Writes.PerSecond, sender.Writes.PerSecond / none.Writes.PerSecond);
        var name = $"webhooks, {(pace is not null ? "paced" : "full")}, {(each == 1 ? "all" : $"1 of {each}")} heard";
        // Where all are heard there are more deliveries than the goal speaks of, and they cost more of the writes.
        double? goal = pace is not null ? Heard * 0.99 : each > 1 ? Heard : null;
        run.Add(new Row(name, run.Backend,
            Invariant($"{hook.Deliveries:0} deliveries/s, writes at {held:0.00} of their speed alone ")
                + Invariant($"({heldBare:0.00} beside a bare sender of {sender.Deliveries:0}/s)"),
            Invariant($"{(pace is { } rate ? $"{rate:0} writes/s offered; " : "")}alone {none.Writes}; with webhook {hook.Writes}; ")
                + Invariant($"beside bare sender {sender.Writes}; heard after p50 {hook.Lag50:0} ms, p99 {hook.Lag99:0} ms; ")
                + Invariant($"{hook.Drained:0}/s once writes rest; {Costs.Of(none, hook, sender)}"))
        {
            Deals = data.Deals,
            Connections = pace is null ? Connections : MostConnections,
            Held = goal is not { } least ? [] : [new("webhook deliveries a second", hook.Deliveries, "/s") { AtLeast = least },
                new("writes beside them against writes alone", held) { AtLeast = 0.9 }],
        });
    }

    private static Beside.Round Middle(List<Beside.Round> rounds) =>
        rounds.OrderBy(round => round.Writes.PerSecond).ThenByDescending(round => round.Writes.P50).ElementAt(rounds.Count / 2);

    /// <summary>
    /// Microseconds of the processor for one of each, worked out of rounds of which each does one more of them. The bench's own process
    /// asks, receives and sends bare.
    /// </summary>
    private sealed record Costs(double Write, double Delivery, double Received, double BarePost)
    {
        public static Costs Of(Beside.Round none, Beside.Round hook, Beside.Round sender)
        {
            var (write, ask) = (none.Cpu / none.Writes.Count, none.OwnCpu / none.Writes.Count);
            var delivery = (hook.Cpu - write * hook.Writes.Count) / hook.Count;
            var received = (hook.OwnCpu - ask * hook.Writes.Count) / hook.Count;
            var post = (sender.OwnCpu - ask * sender.Writes.Count) / sender.Count - received;
            return new(write * 1e6, delivery * 1e6, received * 1e6, post * 1e6);
        }

        public override string ToString() => Invariant(
            $"µs of the processor: a write {Write:0}, a delivery {Delivery:0}, a bare post {BarePost:0}, receiving either {Received:0}");
    }

    private enum Company { None, Webhook, BareSender }

    private sealed record Beside(Asking Deals, HttpClient Client, HookReceiver Receiver, Child Server, TimeSpan Time)
    {
        /// <param name="Deliveries">A second, while there were writes, once they were under way.</param>
        /// <param name="Cpu">Seconds of the processor that the server took until all was delivered.</param>
        /// <param name="OwnCpu">Those of the bench.</param>
        public sealed record Round(Answered Writes, double Deliveries, long Count, double Lag50, double Lag99, double Drained, double Cpu,
            double OwnCpu);

        /// <summary>Of so many writes one is a deal, and the others are persons, of whom no webhook hears.</summary>
        public Asking Mixed(int each) => Deals with
        {
            Paths = ["/api/v1/deals", .. Enumerable.Repeat("/api/v1/persons", each - 1)],
            Bodies = [Deals.Body!, .. Enumerable.Repeat(Person, each - 1)],
        };

        public async Task<Round> With(Asking writes, Company company, double? pace, CancellationToken ct)
        {
            var hook = company is Company.Webhook ? await Listen(ct) : (long?)null;
            Receiver.TakeAges();
            var (before, cpu, own) = (Receiver.Count, ProcessStat.CpuSecondsOf(Server.Id), ProcessStat.CpuSecondsOf(Environment.ProcessId));
            var posts = company is Company.BareSender
                ? BarePosts.Send(Receiver.Url, Receiver.Last, Math.Min(Heard, pace / writes.Paths.Count ?? Heard), Time, ct)
                : Task.FromResult(0L);
            var underWay = UnderWay(ct);
            var written = pace is { } rate ? await Load.Paced(writes, MostConnections, rate, Time, ct)
                : await Load.Run(writes, Connections, Time, ownDriver: true, ct);
            var (first, since) = await underWay;
            var deliveries = (Receiver.Count - first) / Stopwatch.GetElapsedTime(since).TotalSeconds;
            await posts;
            var ages = Receiver.TakeAges();
            var drained = hook is null ? 0 : await Drain(ct);
            var (took, ownTook) = (ProcessStat.CpuSecondsOf(Server.Id) - cpu, ProcessStat.CpuSecondsOf(Environment.ProcessId) - own);
            if (hook is { } id)
            {
                (await Client.DeleteAsync(new Uri($"/api/v1/webhooks/{id}", UriKind.Relative), ct)).EnsureSuccessStatusCode();
            }
            double Age(int percent) => hook is null || ages.Count == 0 ? 0 : ages[ages.Count * percent / 100];
            return new(written, deliveries, Receiver.Count - before, Age(50), Age(99), drained, took, ownTook);
        }

        /// <summary>Since when deliveries are counted: what is heard at the end arrives a moment after it, as at the beginning.</summary>
        private async Task<(long Count, long Since)> UnderWay(CancellationToken ct)
        {
            await Task.Delay(Time / 4, ct);
            return (Receiver.Count, Stopwatch.GetTimestamp());
        }

        private async Task<long> Listen(CancellationToken ct)
        {
            using var answer = await Client.PostAsJsonAsync("/api/v1/webhooks", new { url = Receiver.Url, events = told }, ct);
            var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(ct)).RootElement;
            return answer.IsSuccessStatusCode ? json.GetProperty("id").GetInt64() : throw new InvalidOperationException(json.ToString());
        }

        /// <summary>Deliveries a second until none comes for a while.</summary>
        private async Task<double> Drain(CancellationToken ct)
        {
            var (began, first, last, lastAt) = (Stopwatch.GetTimestamp(), Receiver.Count, Receiver.Count, Stopwatch.GetTimestamp());
            while (Stopwatch.GetElapsedTime(lastAt) < TimeSpan.FromSeconds(2))
            {
                await Task.Delay(50, ct);
                if (Receiver.Count == last) continue;
                (last, lastAt) = (Receiver.Count, Stopwatch.GetTimestamp());
            }
            return last == first ? 0 : (last - first) / Stopwatch.GetElapsedTime(began, lastAt).TotalSeconds;
        }
    }
}
