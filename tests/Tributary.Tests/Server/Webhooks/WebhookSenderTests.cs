using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Webhooks;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Webhooks;

/// <summary>From a change of a deal to what a receiver on this machine is sent.</summary>
public sealed class WebhookSenderTests
{
    private static CancellationToken Ct => CancellationToken.None;

    /// <summary>Standard Webhooks 1.0.0, "Signature scheme" and "Webhook headers".</summary>
    [Theory, OnBothBackends]
    public async Task Our_own_webhooks_are_signed_as_the_standard_asks_also_while_a_secret_rotates(Backend backend)
    {
        using var line = await WebhookLine.Open(backend);
        await using var receiver = await Receiver.Start();
        var hook = await line.Hook(receiver.Url);
        var rotated = await line.Service.Rotate(line.Some.Admin, hook.Webhook.Id, Ct);
        var deals = new DealService(line.Some.Db);
        var deal = await deals.Create(line.Some.Admin, new() { Title = "Größe", StageId = line.Some.Stages[0] }, Ct);
        await deals.Update(line.Some.Admin, deal.Id, new() { StageId = line.Some.Stages[1] }, Ct);

        var delivery = await line.Round(hook);

        var (created, moved) = (receiver.Had[0], receiver.Had[1]);
        var signed = Encoding.UTF8.GetBytes($"{moved.Headers["webhook-id"]}.{moved.Headers["webhook-timestamp"]}.").Concat(moved.Body)
            .ToArray();
        var expected =
            new[] { rotated.Secret, hook.Secret }.Select(
                secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed)));
        Assert.Equal(string.Join(' ', expected), moved.Headers["webhook-signature"]);
        Assert.Equal(TestClock.Start.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            moved.Headers["webhook-timestamp"]);
        Assert.Equal("application/json", moved.Headers["Content-Type"]);
        var first = JsonDocument.Parse(created.Body).RootElement;
        var second = JsonDocument.Parse(moved.Body).RootElement;
        Assert.Equal(("deal.created", "Größe", JsonValueKind.Null),
            (first.GetProperty("type").GetString(), first.GetProperty("data").GetProperty("title")
                .GetString(), first.GetProperty("previous").ValueKind));
        Assert.Equal(line.Some.Stages[0], first.GetProperty("data").GetProperty("stage_id").GetInt64());
        Assert.Equal("deal.stage_changed", second.GetProperty("type").GetString());
        Assert.Equal(line.Some.Stages[1], second.GetProperty("data").GetProperty("stage_id").GetInt64());
        Assert.Equal(line.Some.Stages[0], second.GetProperty("previous").GetProperty("stage_id").GetInt64());
        Assert.False(second.GetProperty("previous").TryGetProperty("title", out _));
        Assert.Equal((DeliveryState.Sent, (long?)200, "thanks"), (delivery.State, delivery.Status, delivery.Reply));
        Assert.Equal(Encoding.UTF8.GetString(moved.Body), delivery.Request);
    }

    /// <summary>other-systems.md §2.4, "webhook delivery".</summary>
    [Theory, OnBothBackends]
    public async Task AutomateNexus_webhooks_are_told_in_its_words(Backend backend)
    {
        using var line = await WebhookLine.Open(backend);
        await using var receiver = await Receiver.Start();
        var hook = await line.Hook(receiver.Url, "automatenexus");
        await new DealService(line.Some.Db).Create(line.Some.Admin, new() { Title = "Fleet" }, Ct);

        await line.Round(hook);

        var had = Assert.Single(receiver.Had);
        Assert.Equal("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(hook.Secret), had.Body)),
            had.Headers["X-AutomateNexus-Signature"]);
        Assert.Equal("deal.created", had.Headers["X-AutomateNexus-Event"]);
        Assert.NotEmpty(had.Headers["X-AutomateNexus-Delivery"]);
        var body = JsonDocument.Parse(had.Body).RootElement;
        Assert.StartsWith("evt_", body.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal(("deal.created", "2026-11-20T09:00:00Z"),
            (body.GetProperty("event").GetString(), body.GetProperty("created_at").GetString()));
        Assert.StartsWith("deal_", body.GetProperty("data").GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal("{}", body.GetProperty("data").GetProperty("previous").GetRawText());
    }

    [Theory, OnBothBackends]
    public async Task What_failed_arrives_later_under_the_same_id(Backend backend)
    {
        using var line = await WebhookLine.Open(backend);
        await using var receiver = await Receiver.Start();
        var hook = await line.Hook(receiver.Url);
        await new DealService(line.Some.Db).Create(line.Some.Admin, new() { Title = "Fleet" }, Ct);

        receiver.Answer = http =>
        {
            http.Response.StatusCode = 500;
            return http.Response.WriteAsync(new string('x', 10_000));
        };
        var failed = await line.Round(hook);
        receiver.Answer = http => http.Response.WriteAsync("");
        TestClock.Instance.Advance(TimeSpan.FromMinutes(1));
        var sent = await line.Round(hook);

        Assert.Equal((DeliveryState.Waiting, (long?)500, 4096), (failed.State, failed.Status, failed.Reply!.Length));
        Assert.Equal((DeliveryState.Sent, 2L), (sent.State, sent.Attempts));
        Assert.Single(receiver.Had.Select(had => had.Headers["webhook-id"]).Distinct());
        Assert.Equal(60,
            receiver.Had.Select(had => long.Parse(had.Headers["webhook-timestamp"], System.Globalization.CultureInfo.InvariantCulture))
                .Aggregate((first, second) => second - first));
    }

    [Theory, OnBothBackends]
    public async Task A_redirect_is_not_followed(Backend backend)
    {
        using var line = await WebhookLine.Open(backend);
        await using var receiver = await Receiver.Start();
        var hook = await line.Hook(receiver.Url);
        receiver.Answer = http =>
        {
            http.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };
        await line.Service.Test(line.Some.Admin, hook.Webhook.Id, Ct);

        var delivery = await line.Round(hook);

        Assert.Single(receiver.Had);
        Assert.Equal((DeliveryState.Waiting, (long?)302), (delivery.State, delivery.Status));
    }

    [Theory, OnBothBackends]
    public async Task Nothing_reaches_this_machine_unless_the_server_is_set_so(Backend backend)
    {
        using var line = await WebhookLine.Open(backend, allowPrivate: false);
        await using var receiver = await Receiver.Start();
        var port = new Uri(receiver.Url).Port;

        foreach (var host in new[] { "127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433" })
        {
            var hook = await line.Hook($"http://{host}:{port}/hook");
            await line.Service.Test(line.Some.Admin, hook.Webhook.Id, Ct);
            var delivery = await line.Round(hook);
            Assert.Equal((null, "The receiver's address is not a public one."), (delivery.Status, delivery.Error));
        }
        Assert.Empty(receiver.Had);
    }

    /// <summary>RFC 9110, section 10.2.3.</summary>
    [Theory, OnBothBackends]
    public async Task A_receiver_that_asks_to_be_left_alone_for_a_while_is(Backend backend)
    {
        using var line = await WebhookLine.Open(backend);
        await using var receiver = await Receiver.Start();
        var hook = await line.Hook(receiver.Url);
        await new DealService(line.Some.Db).Create(line.Some.Admin, new() { Title = "Fleet" }, Ct);
        receiver.Answer = http =>
        {
            http.Response.StatusCode = 429;
            http.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        };

        var first = await line.Round(hook);
        receiver.Answer = http =>
        {
            http.Response.StatusCode = 503;
            http.Response.Headers.RetryAfter = TestClock.Instance.GetUtcNow().AddDays(3)
                .ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        };
        TestClock.Instance.Advance(TimeSpan.FromHours(1));
        var second = await line.Round(hook);

        Assert.Equal(TestClock.Start.AddHours(1), first.RunAfter);
        Assert.Equal((2L, TestClock.Start.AddHours(25)), (second.Attempts, second.RunAfter)); // for a day at most
    }

    [Theory, OnBothBackends]
    public async Task A_webhook_that_wants_two_attempts_has_two(Backend backend)
    {
        using var line = await WebhookLine.Open(backend);
        await using var receiver = await Receiver.Start();
        var hook = await line.Service.Create(line.Some.Admin,
            new() { Url = receiver.Url, Events = (Seq<string>)["deal.created"], MaxAttempts = 2, TimeoutMs = 5000 }, Ct);
        await new DealService(line.Some.Db).Create(line.Some.Admin, new() { Title = "Fleet" }, Ct);
        receiver.Answer = http =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        };

        await line.Round(hook);
        TestClock.Instance.Advance(TimeSpan.FromMinutes(1));
        var last = await line.Round(hook);

        Assert.Equal((DeliveryState.Parked, 2L), (last.State, last.Attempts));
    }
}
