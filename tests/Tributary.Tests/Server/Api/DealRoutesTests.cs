using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Api;

public sealed class DealRoutesTests
{
    [Theory, OnBothBackends]
    public async Task A_deal_is_created_read_changed_and_deleted(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);

        var (created, deal) = await client.Post("/api/v1/deals",
            new { title = "Acme — fleet pilot", value = 12000.5, currency = "EUR", tags = new[] { "fleet" } });
        var id = deal.GetProperty("id").GetInt64();
        var (changed, moved) = await client.Patch($"/api/v1/deals/{id}", new { stage_id = workspace.Stages[1], status = "won" });
        var (deleted, _) = await client.Delete($"/api/v1/deals/{id}");
        var (read, gone) = await client.Get($"/api/v1/deals/{id}");

        Assert.Equal((201, 200, 204, 200), (created, changed, deleted, read));
        Assert.Equal("DEAL-2026-00001", deal.GetProperty("number").GetString());
        Assert.Equal(12000.5m, deal.GetProperty("value").GetDecimal());
        Assert.Equal(1200.05m, deal.GetProperty("weighted_value").GetDecimal());
        Assert.Equal("fleet", deal.GetProperty("tags")[0].GetString());
        Assert.Equal(workspace.Stages[1], moved.GetProperty("stage_id").GetInt64());
        Assert.Equal("won", moved.GetProperty("status").GetString());
        Assert.Equal(2, moved.GetProperty("version").GetInt64());
        Assert.Equal("2026-11-20T09:00:00.000Z", gone.GetProperty("deleted_at").GetString());
    }

    [Theory, OnBothBackends]
    public async Task Every_wrong_member_is_named_at_once(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);

        var (status, problem) = await client.Post("/api/v1/deals", new { value = "12", owner = 3, status = "closed" });

        Assert.Equal(422, status);
        Assert.Equal(["owner", "value", "status", "title"],
            problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()));
    }

    [Theory, OnBothBackends]
    public async Task What_a_title_may_be_is_said_alike_of_one_that_is_blank_too_long_or_not_there(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);

        var answers = new List<string?>();
        foreach (var deal in new object[] { new { title = " " }, new { title = new string('x', 256) }, new { } })
        {
            var (_, problem) = await client.Post("/api/v1/deals", deal);
            answers.Add(problem.GetProperty("detail").GetString());
        }

        Assert.Equal(["title must be a text of 1 to 255 characters.", "title must be a text of 1 to 255 characters.",
            "title is required: it must be a text of 1 to 255 characters."], answers);
    }

    [Theory, OnBothBackends]
    public async Task Without_a_key_nothing_is_said(Backend backend)
    {
        var client = await TestServers.Anonymous(backend);

        var (known, _) = await client.Get("/api/v1/deals/1");
        var (unknown, _) = await client.Get("/api/v1/nothing");

        Assert.Equal((401, 401), (known, unknown));
    }

    [Theory, OnBothBackends]
    public async Task A_wrong_path_is_not_found_and_a_wrong_method_is_refused(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);

        var (path, _) = await client.Get("/api/v1/nothing");
        var (method, _) = await client.Put("/api/v1/deals/1", new { });

        Assert.Equal((404, 405), (path, method));
    }
}
