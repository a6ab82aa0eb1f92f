using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Tributary.Bench.Processes;
using Tributary.Bench.Results;
using static System.FormattableString;

namespace Tributary.Bench.Scenarios;

/// <summary>
/// What a webhook that hears of 1,000 deals a second costs those who write, read in two ways. Paced: writes are offered at a fixed rate, half of
/// what the machine can do, and take as long as they take. In a closed loop: writers ask again as soon as they are answered, so that
/// the machine has nothing left and whatever else it does comes off the writes. Beside each stands a bare sender of the same bytes
/// in place of the webhook: what that slows is the sending, the rest is ours.
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

        await bench.With(bench.Mixed(3), Company.Webhook, null, ct);
        var full = (await Load.Run(bench.Mixed(2), Connections, bench.Time, ownDriver: true, ct)).PerSecond;
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
        var name = pace is not null ? "webhooks, paced" : each == 1 ? "webhooks, full, all heard" : $"webhooks, full, 1 of {each} heard";
        var goal = pace is not null ? Heard * 0.99 : each == 3 ? Heard : (double?)null;
        run.Add(new Row(name, run.Backend,
            Invariant($"{hook.Deliveries:0} deliveries/s, writes at {held:0.00} of their speed alone ({heldBare:0.00} beside a bare sender of {sender.Deliveries:0}/s)"),
            Invariant($"{(pace is { } rate ? $"{rate:0} writes/s offered; " : "")}alone {none.Writes}; with webhook {hook.Writes}; beside bare sender {sender.Writes}; heard after p50 {hook.Lag50:0} ms, p99 {hook.Lag99:0} ms; {hook.Drained:0}/s once writes rest; server {hook.Cpu - none.Cpu * hook.Writes.Count / none.Writes.Count:0.00} s of the processor for {hook.Count} deliveries beside {none.Cpu * hook.Writes.Count / none.Writes.Count:0.00} for {hook.Writes.Count} writes"))
        {
            Deals = data.Deals,
            Connections = pace is null ? Connections : MostConnections,
            Held = goal is not { } least ? [] : [new("webhook deliveries a second", hook.Deliveries, "/s") { AtLeast = least },
                new("writes beside them against writes alone", held) { AtLeast = 0.9 }],
        });
    }

    private static Beside.Round Middle(List<Beside.Round> rounds) =>
        rounds.OrderBy(round => round.Writes.PerSecond).ThenByDescending(round => round.Writes.P50).ElementAt(rounds.Count / 2);

    private enum Company { None, Webhook, BareSender }

    private sealed record Beside(Asking Deals, HttpClient Client, HookReceiver Receiver, Child Server, TimeSpan Time)
    {
        /// <param name="Deliveries">A second, while there were writes.</param>
        /// <param name="Cpu">Seconds of the processor that the server took until all was delivered.</param>
        public sealed record Round(Answered Writes, double Deliveries, long Count, double Lag50, double Lag99, double Drained, double Cpu);

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
            var (before, cpu) = (Receiver.Count, ProcessStat.CpuSecondsOf(Server.Id));
            var posts = company is Company.BareSender ? BarePosts.Send(Receiver.Url, Receiver.Last, Heard, Time, ct) : Task.FromResult(0L);
            var written = pace is { } rate ? await Load.Paced(writes, MostConnections, rate, Time, ct)
                : await Load.Run(writes, Connections, Time, ownDriver: true, ct);
            var deliveries = (Receiver.Count - before) / Time.TotalSeconds;
            await posts;
            var ages = Receiver.TakeAges();
            var drained = hook is null ? 0 : await Drain(ct);
            var took = ProcessStat.CpuSecondsOf(Server.Id) - cpu;
            if (hook is { } id) (await Client.DeleteAsync(new Uri($"/api/v1/webhooks/{id}", UriKind.Relative), ct)).EnsureSuccessStatusCode();
            var hasAges = hook is not null && ages.Count > 0;
            return new(written, deliveries, Receiver.Count - before, hasAges ? ages[ages.Count / 2] : 0, hasAges ? ages[ages.Count * 99 / 100] : 0,
                drained, took);
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
