using System.Net.Http.Json;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Api;

public sealed class IdempotencyTests
{
    [Theory, OnBothBackends]
    public async Task A_repeated_request_is_carried_out_once_and_answered_alike(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);

        var first = await Send(client, "a", new { name = "fleet" });
        var second = await Send(client, "a", new { name = "fleet" });
        var (_, tags) = await client.Get("/api/v1/labels");

        Assert.Equal((201, 201), (first.Status, second.Status));
        Assert.Equal(first.Body, second.Body);
        Assert.Equal(first.Etag, second.Etag);
        Assert.Equal((null, "true"), (first.Replayed, second.Replayed));
        Assert.Equal(1, tags.GetProperty("data").GetArrayLength());
    }

    [Theory, OnBothBackends]
    public async Task Another_request_under_the_same_key_is_refused(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);
        await Send(client, "a", new { name = "fleet" });

        var other = await Send(client, "a", new { name = "pilot" });
        var colleague = await Send(await TestServers.Native(backend, workspace), "a", new { name = "pilot" });

        Assert.Equal(422, other.Status);
        Assert.Contains("\"field\":\"Idempotency-Key\"", other.Body, StringComparison.Ordinal);
        Assert.Equal(201, colleague.Status); // keys of two credentials never meet
    }

    [Theory, OnBothBackends]
    public async Task Of_copies_sent_at_once_only_one_runs(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);

        var copies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Send(client, "a", new { name = "fleet" })));
        var (_, labels) = await client.Get("/api/v1/labels");

        Assert.Single(copies, copy => copy is { Status: 201, Replayed: null });
        Assert.All(copies, copy => Assert.True(copy.Status is 201 or 409, copy.Body));
        Assert.Equal(1, labels.GetProperty("data").GetArrayLength());
    }

    [Theory, OnBothBackends]
    public async Task A_refused_request_may_be_mended_and_sent_again(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);

        var refused = await Send(client, "a", new { name = "" });
        var mended = await Send(client, "a", new { name = "fleet" });

        Assert.Equal((422, 201), (refused.Status, mended.Status));
    }

    [Theory, OnBothBackends]
    public async Task After_a_day_the_key_is_new_again(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);
        await Send(client, "a", new { name = "fleet" });

        TestClock.Instance.Advance(TimeSpan.FromHours(24));
        var later = await Send(client, "a", new { name = "pilot" });

        Assert.Equal((201, null), (later.Status, later.Replayed));
    }

    [Theory, OnBothBackends]
    public async Task A_secret_is_not_kept_to_be_shown_again(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);

        var (made, _) = await client.Post("/api/v1/keys", new { name = "script" }, ("Idempotency-Key", "a"));
        var (again, problem) = await client.Post("/api/v1/keys", new { name = "script" }, ("Idempotency-Key", "a"));

        Assert.Equal((201, 409), (made, again));
        Assert.False(problem.TryGetProperty("token", out _));
    }

    private static async Task<(int Status, string Body, string? Replayed, string? Etag)> Send(HttpClient client, string key, object label)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/labels");
        var json = System.Text.Json.JsonSerializer.SerializeToNode(label)!;
        json["subject"] = "deal";
        request.Content = JsonContent.Create(json);
        request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        var replayed = response.Headers.TryGetValues("Idempotency-Replayed", out var values) ? values.Single() : null;
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), replayed, response.Headers.ETag?.Tag);
    }
}
