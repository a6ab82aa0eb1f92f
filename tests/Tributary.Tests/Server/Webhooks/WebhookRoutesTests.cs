using System.Text.Json;
using Tributary.Tests.Server.Dialects.AutomateNexus;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Webhooks;

public sealed class WebhookRoutesTests
{
    [Theory, OnBothBackends]
    public async Task A_webhook_is_made_shown_changed_rotated_tested_and_deleted(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);

        var (created, webhook) = await client.Post("/api/v1/webhooks",
            new { url = "https://receiver.test/hook", events = new[] { "deal.won", "person.created" } });
        var path = $"/api/v1/webhooks/{webhook.GetProperty("id")}";
        var (_, shown) = await client.Get(path);
        var (changed, paused) = await client.Patch(path, new { is_paused = true, version = 1 });
        var (stale, _) = await client.Patch(path, new { is_paused = false, version = 1 });
        var (rotated, secret) = await client.Post(path + "/rotate");
        var (tested, delivery) = await client.Post(path + "/test");
        var (_, log) = await client.Get(path + "/deliveries?state=waiting");
        var (conflict, _) = await client.Post($"{path}/deliveries/{delivery.GetProperty("id")}/replay");
        var (_, replayed) = await client.Post(path + "/replay", new { only_parked = true });
        var (deleted, _) = await client.Delete(path);
        var (gone, _) = await client.Get(path + "/deliveries");

        Assert.Equal((201, 200, 412, 200, 202, 409, 204, 404), (created, changed, stale, rotated, tested, conflict, deleted, gone));
        Assert.StartsWith("whsec_", webhook.GetProperty("secret").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(webhook.GetProperty("secret").GetString(), secret.GetProperty("secret").GetString());
        Assert.False(shown.TryGetProperty("secret", out _));
        Assert.Equal("asked", paused.GetProperty("pause_reason").GetString());
        Assert.Equal("webhook.test", Assert.Single(log.GetProperty("data").EnumerateArray()).GetProperty("type").GetString());
        Assert.Equal(0, replayed.GetProperty("replayed").GetInt32());
    }

    /// <summary>other-systems.md §2.3 and §2.4: the secret is returned on create only, masked later; url must be HTTPS.</summary>
    [Theory, OnBothBackends]
    public async Task AutomateNexus_webhooks_are_made_and_masked(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        const string hooks = Nexus.Base + "/webhooks";

        var created =
            await nexus.Created(hooks,
                new { url = "https://receiver.test/hook", events = new[] { "deal.won", "contact.created" }, description = "Orders" });
        var id = created.GetProperty("id").GetString();
        var shown = await nexus.Get($"{hooks}/{id}");
        var changed = await nexus.Put($"{hooks}/{id}", new { active = false });
        var listed = await nexus.Get(hooks);
        var (refused, error) = await nexus.Client.Post(hooks, new { url = "http://receiver.test/", events = new[] { "deal.won" } });
        var (unknown, _) = await nexus.Client.Post(hooks, new { url = "https://receiver.test/", events = new[] { "deal.exploded" } });
        var (deleted, _) = await nexus.Client.Delete($"{hooks}/{id}");
        var (gone, _) = await nexus.Client.Get($"{hooks}/{id}");

        Assert.StartsWith("wh_", id, StringComparison.Ordinal);
        Assert.StartsWith("whsec_", created.GetProperty("secret").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(created.GetProperty("secret").GetString(), shown.GetProperty("secret").GetString());
        Assert.Equal("""["deal.won","contact.created"]""", shown.GetProperty("events").GetRawText());
        Assert.Equal((true, false, JsonValueKind.Array),
            (created.GetProperty("active").GetBoolean(), changed.GetProperty("active").GetBoolean(), listed.ValueKind));
        Assert.Equal((422, 422, 200, 404), (refused, unknown, deleted, gone));
        Assert.Equal("url", error.GetProperty("error").GetProperty("details")[0].GetProperty("field").GetString());
    }
}
