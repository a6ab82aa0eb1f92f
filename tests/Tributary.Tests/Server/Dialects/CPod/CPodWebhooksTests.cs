using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Webhooks;
using Tributary.Tests.Server.Webhooks;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.CPod;

/// <summary>The page "Webhook" of the portal's domain integration, and other-systems.md §4.6 and §4.7, "webhook events".</summary>
public sealed class CPodWebhooksTests
{
    private const string Webhooks = "/cpod/api/v1/integration/webhooks";

    private static CancellationToken Ct => CancellationToken.None;

    [Theory, OnBothBackends]
    public async Task A_webhook_is_made_read_changed_and_deleted(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);
        var (created, webhook) = await desk.Client.Post(Webhooks, """
            {"name": "Orders", "direction": "outbound", "url": "https://receiver.test/hook", "event_types": ["deal.closed_won", "deal.stage_changed"], "vault_path": "kv/team/orders",
             "headers": {"X-Team": "sales"}, "retry_policy": {"maxAttempts": 3, "backoff": "exponential", "timeoutMs": 5000}}
            """);
        var path = $"{Webhooks}/{webhook.Text("id")}";
        var (_, read) = await desk.Client.Get(path);
        var (_, listed) = await desk.Client.Get($"{Webhooks}?enabled=true");
        var (patched, after) = await desk.Client.Patch(path, """{"enabled": false, "event_types": null, "connector_id": "c-1"}""");
        var (deleted, _) = await desk.Client.Delete(path);
        var (gone, _) = await desk.Client.Get(path);

        Assert.Equal((201, 200, 204, 404), (created, patched, deleted, gone));
        Assert.StartsWith("whsec_", webhook.Text("secret"), StringComparison.Ordinal);
        Assert.False(read.TryGetProperty("secret", out _));
        Assert.Equal("""["deal.closed_won","deal.stage_changed"]""", read.GetProperty("event_types").GetRawText());
        Assert.Equal("""{"maxAttempts":3,"backoff":"exponential","timeoutMs":5000}""", read.GetProperty("retry_policy").GetRawText());
        Assert.Equal(("kv/team/orders", """{"X-Team":"sales"}""", true),
            (read.Text("vault_path"), read.GetProperty("headers").GetRawText(), read.GetProperty("enabled").GetBoolean()));
        Assert.Equal(1, listed.GetProperty("total").GetInt64());
        Assert.Equal((false, 6, "kv/team/orders", "c-1"),
            (after.GetProperty("enabled").GetBoolean(), after.GetProperty("event_types")
                .GetArrayLength(), after.Text("vault_path"), after.Text("connector_id")));
    }

    [Theory, OnBothBackends]
    public async Task What_is_wrong_with_a_webhook_is_named(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);

        var (status, json) = await desk.Client.Post(Webhooks,
            """{"direction": "inbound", "url": "https://receiver.test/", "event_types": ["deal.exploded"], "signature_scheme": "none", "retry_policy": {"maxAttempts": 0}}""");
        var (closed, unknown) = await desk.Client.Post(Webhooks, """{"url": "https://receiver.test/", "colour": "red"}""");
        var (reserved, header) = await desk.Client.Post(Webhooks,
            """{"url": "https://receiver.test/", "headers": {"Content-Length": "5", "X-Cpod-Signature": "mine"}}""");

        Assert.Equal((422, 422, 422), (status, closed, reserved));
        Assert.Equal(["body.direction", "body.event_types", "body.retry_policy.maxAttempts", "body.signature_scheme"],
            CPodDesk.Places(json).Order());
        Assert.Equal(["body.colour"], CPodDesk.Places(unknown));
        Assert.Equal(["body.headers", "body.headers"], CPodDesk.Places(header));
    }

    [Theory, OnBothBackends]
    public async Task An_app_sees_its_own_webhooks_only(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);
        var other = await CPodDesk.Open(backend, desk.Workspace);
        var (_, webhook) = await desk.Client.Post(Webhooks, new { url = "https://receiver.test/" });

        var (status, _) = await other.Client.Get($"{Webhooks}/{webhook.Text("id")}");
        var (_, listed) = await other.Client.Get(Webhooks);

        Assert.Equal((404, 0L), (status, listed.GetProperty("total").GetInt64()));
    }

    [Theory, OnBothBackends]
    public async Task A_closed_deal_is_told_as_an_event_record_signed_over_the_raw_body(Backend backend)
    {
        using var line = await WebhookLine.Open(backend);
        await using var receiver = await Receiver.Start();
        var maker = line.Some.Admin with { Dialect = "cpod" };
        var hook =
            await line.Service.Create(maker,
                new() { Url = receiver.Url, Events = (Seq<string>)["deal.won"], Headers = (Seq<WebhookHeader>)[new("X-Team", "sales")] },
                Ct);
        var deals = new DealService(line.Some.Db);
        var deal = await deals.Create(line.Some.Admin, new() { Title = "Größe" }, Ct);
        await deals.Update(line.Some.Admin, deal.Id, new() { Status = DealStatus.Won }, Ct);
        await deals.Update(line.Some.Admin, deal.Id, new() { Status = DealStatus.Open }, Ct);

        await line.Round(hook);

        var had = Assert.Single(receiver.Had);
        Assert.Equal("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(hook.Secret), had.Body)),
            had.Headers["X-Cpod-Signature"]);
        Assert.Equal(("deal.closed_won", "sales"), (had.Headers["X-Cpod-Event"], had.Headers["X-Team"]));
        var body = JsonDocument.Parse(had.Body).RootElement;
        Assert.Equal(("deal.closed_won", "deal", line.Some.Workspace.Uid.ToString("D")),
            (body.Text("type"), body.Text("resourceType"), body.Text("organizationId")));
        Assert.Equal(("2026-11-20T09:00:00Z", body.Text("resourceId")), (body.Text("timestamp"), body.GetProperty("payload").Text("id")));
        Assert.Equal(("closed_won", "qualified"), (body.GetProperty("payload").Text("stage"), body.GetProperty("previous").Text("stage")));
        Assert.StartsWith("evt_", body.Text("id"), StringComparison.Ordinal);
    }
}
