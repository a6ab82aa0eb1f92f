using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Tributary.Core.Webhooks;
using Tributary.Tests.Server.Webhooks;
using Tributary.Tests.Support;

namespace Tributary.Tests.Promises;

/// <summary>
/// "They survive a crash at any point" (design §4; issue 4): the real program is killed between two steps and started again. Nothing is
/// lost, and nothing that matters is done twice.
/// </summary>
public sealed class CrashTests
{
    private static CancellationToken Ct => CancellationToken.None;

    [Theory, OnBothBackends]
    public async Task What_was_acknowledged_before_the_crash_is_delivered_after_it(Backend backend)
    {
        await using var receiver = await Receiver.Start();
        await using var server = await RunningServer.Prepare(backend);
        await server.Start(withBackground: false);
        await Hook(server, receiver);
        var deals = new List<long>();
        for (var i = 0; i < 5; i++) deals.Add(await Deal(server, $"Deal {i}"));

        await server.Kill();
        await server.Start();
        await RunningServer.Until(() => Task.FromResult(receiver.Count >= 5));
        await Settle(server);

        Assert.Equal(deals,
            receiver.All().Select(had => JsonDocument.Parse(had.Body).RootElement.GetProperty("data").GetProperty("id").GetInt64())
                .Order());
    }

    [Theory, OnBothBackends]
    public async Task What_was_on_its_way_in_the_crash_arrives_again_under_the_same_id_and_the_rest_once(Backend backend)
    {
        var (arrived, held) =
            (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(
                TaskCreationOptions.RunContinuationsAsynchronously));
        await using var receiver = await Receiver.Start();
        receiver.Answer = _ =>
        {
            arrived.TrySetResult();
            return held.Task;
        };
        await using var server = await RunningServer.Prepare(backend);
        await server.Start();
        var hook = await Hook(server, receiver);
        var deal = await Deal(server, "One");
        await server.Client.Patch($"/api/v1/deals/{deal}", new { title = "Two" });
        await server.Client.Patch($"/api/v1/deals/{deal}", new { title = "Three" });
        await arrived.Task;

        await server.Kill();
        receiver.Answer = http => http.Response.WriteAsync("thanks");
        held.SetResult();
        await server.ExpireLeases();
        await server.Start();
        await RunningServer.Until(() => Task.FromResult(receiver.Count >= 4));
        await Settle(server);

        // At least once, in order per deal: the first came twice as one message, the others after it and once.
        Assert.Equal(["One", "One", "Two", "Three"], receiver.All()
            .Select(had => JsonDocument.Parse(had.Body).RootElement.GetProperty("data").GetProperty("title").GetString()));
        Assert.Equal(3, receiver.All().Select(had => had.Headers["webhook-id"]).Distinct().Count());
        var (_, log) = await server.Client.Get($"/api/v1/webhooks/{hook}/deliveries");
        Assert.Equal([("sent", 1), ("sent", 1), ("sent", 2)],
            log.GetProperty("data").EnumerateArray()
                .Select(one => (one.GetProperty("state").GetString()!, one.GetProperty("attempts").GetInt32())));
    }

    /// <summary>
    /// The action after the first waits for a row that the test holds: the run is under way, and half of it is done, when the server dies.
    /// </summary>
    [Theory, OnPostgres]
    public async Task A_run_cut_off_in_the_middle_leaves_nothing_and_is_done_once_by_the_next(Backend backend)
    {
        await using var receiver = await Receiver.Start();
        await using var server = await RunningServer.Prepare(backend);
        await server.Start(withBackground: false);
        var hook = await Hook(server, receiver, WebhookRules.CalledType);
        await Automation(server, hook);
        var deal = await Deal(server, "Fleet");
        await server.Kill();

        await using (var connection = new NpgsqlConnection(server.Postgres))
        {
            await connection.OpenAsync(Ct);
            await using var transaction = await connection.BeginTransactionAsync(Ct);
            await Run(connection, "SELECT set_config('tributary.workspace', '*', TRUE)");
            await Run(connection, $"SELECT id FROM webhooks WHERE id = {hook.ToString(CultureInfo.InvariantCulture)} FOR UPDATE");
            var holder = Convert.ToInt32(await Run(connection, "SELECT pg_backend_pid()"), CultureInfo.InvariantCulture);
            await server.Start();
            // Asked outside of the transaction that holds the row: within one, PostgreSQL shows its activity as it was when it was first
            // looked at.
            await RunningServer.Until(async () =>
                await server.Ask<long>(
                    $"SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND {holder} = ANY(pg_blocking_pids(pid))") > 0);
            await server.Kill();
        }
        Assert.Equal((0L, 0L),
            (await server.Ask<long>("SELECT COUNT(*) FROM activities"), await server.Ask<long>(
                "SELECT COUNT(*) FROM automation_runs WHERE state = 'done'")));

        await server.Start();
        await RunningServer.Until(() => Task.FromResult(receiver.Count >= 1));
        await Settle(server);
        Assert.Equal((1L, 1L, 1),
            (await server.Ask<long>("SELECT COUNT(*) FROM activities"), await server.Ask<long>(
                "SELECT COUNT(*) FROM automation_runs WHERE state = 'done'"), receiver.Count));
        Assert.Equal(deal, await server.Ask<long>("SELECT deal_id FROM activities"));
    }

    /// <summary>Killed whenever it is seen to have got further, wherever it then is.</summary>
    [Theory, OnBothBackends]
    public async Task However_often_the_server_dies_each_deal_is_acted_upon_once(Backend backend)
    {
        const int Deals = 24;
        await using var receiver = await Receiver.Start();
        await using var server = await RunningServer.Prepare(backend);
        await server.Start(withBackground: false);
        var hook = await Hook(server, receiver, WebhookRules.CalledType);
        await Automation(server, hook);
        for (var i = 0; i < Deals; i++) await Deal(server, $"Deal {i}");
        await server.Kill();

        var seen = 0L;
        for (var death = 0; death < 2; death++)
        {
            await server.Start();
            var before = Math.Min(seen, Deals - 1);
            await RunningServer.Until(
                async () => (seen = await server.Ask<long>("SELECT COUNT(*) FROM automation_runs WHERE state = 'done'")) > before);
            await server.Kill();
            await server.ExpireLeases();
        }
        await server.Start();
        await RunningServer.Until(
            async () => await server.Ask<long>("SELECT COUNT(*) FROM webhook_deliveries WHERE state = 'sent'") == Deals);
        await Settle(server);

        Assert.Equal(((long)Deals, (long)Deals),
            (await server.Ask<long>("SELECT COUNT(*) FROM activities"), await server.Ask<long>(
                "SELECT COUNT(DISTINCT deal_id) FROM activities")));
        Assert.Equal(Deals, receiver.All().Select(had => had.Headers["webhook-id"]).Distinct().Count());
    }

    [Theory, OnBothBackends]
    public async Task An_import_cut_off_in_the_middle_goes_on_and_brings_each_row_once(Backend backend)
    {
        const int Rows = 15_000;
        await using var server = await RunningServer.Prepare(backend);
        await server.Start();
        var file = new StringBuilder("title,value\n");
        for (var i = 0; i < Rows; i++) file.Append(CultureInfo.InvariantCulture, $"Deal {i},{i}\n");
        using var form = new MultipartFormDataContent { { new StringContent("deals"), "kind" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(file.ToString())), "file", "deals.csv" } };
        using var answer = await server.Client.PostAsync("/api/v1/imports", form, Ct);
        var import = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement;
        Assert.True(answer.IsSuccessStatusCode, import.ToString());
        var path = $"/api/v1/imports/{import.GetProperty("uid").GetGuid()}";

        await RunningServer.Until(async () => (await server.Client.Get(path)).Json.GetProperty("done").GetInt64() > 0);
        await server.Kill();
        var cut = await server.Ask<long>("SELECT COUNT(*) FROM deals");
        await server.ExpireLeases();
        await server.Start();
        await RunningServer.Until(async () => (await server.Client.Get(path)).Json.GetProperty("state")
            .GetString() is "completed" or "failed" or "rejected");

        Assert.InRange(cut, 1, Rows - 1);
        Assert.Equal("completed", (await server.Client.Get(path)).Json.GetProperty("state").GetString());
        Assert.Equal(((long)Rows, (long)Rows),
            (await server.Ask<long>("SELECT COUNT(*) FROM deals"), await server.Ask<long>("SELECT COUNT(DISTINCT title) FROM deals")));
        Assert.Equal((long)Rows, await server.Ask<long>("SELECT COUNT(*) FROM events WHERE subject = 'deal' AND action = 'created'"));
    }

    private static async Task<long> Hook(RunningServer server, Receiver receiver, string type = "*")
    {
        // What is made along with a deal is none of these tests' business.
        var (status, json) = await server.Client.Post("/api/v1/webhooks",
            new { url = receiver.Url, events = type == "*" ? new[] { "deal.created", "deal.updated" } : [type] });
        Assert.True(status == 201, json.ToString());
        return json.GetProperty("id").GetInt64();
    }

    private static async Task Automation(RunningServer server, long hook)
    {
        var (status, json) = await server.Client.Post("/api/v1/automations", $$"""
            {"name": "Greet", "trigger": {"on": "created"}, "actions": [{"do": "create_activity", "subject": "Call"}, {"do": "call_webhook", "webhook_id": {{hook}}}]}
            """);
        Assert.True(status == 201, json.ToString());
    }

    private static async Task<long> Deal(RunningServer server, string title)
    {
        var (status, json) = await server.Client.Post("/api/v1/deals", new { title });
        Assert.True(status == 201, json.ToString());
        return json.GetProperty("id").GetInt64();
    }

    /// <summary>Until nothing waits any more, so that what would come twice has come.</summary>
    private static Task Settle(RunningServer server) => RunningServer.Until(async () =>
        await server.Ask<long>(
            "SELECT (SELECT COUNT(*) FROM webhook_deliveries WHERE state = 'waiting') + (SELECT COUNT(*) FROM automation_runs WHERE state = 'waiting')") == 0);

    private static async Task<object?> Run(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand(text, connection);
        return await command.ExecuteScalarAsync(Ct);
    }
}
