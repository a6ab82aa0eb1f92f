using System.Text.Json;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Api;

public sealed class SettingsRoutesTests
{
    [Theory, OnBothBackends]
    public async Task A_pipeline_is_made_with_its_stages_reordered_and_deleted(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);

        var (created, pipeline) = await client.Post("/api/v1/pipelines",
            new
            {
                name = "Renewals",
                stages = new[] { new { name = "Due", probability = 40 }, new { name = "Talking", probability = 70 } }
            });
        var id = pipeline.GetProperty("id").GetInt64();
        var stages = pipeline.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("id").GetInt64()).ToArray();
        var (reordered, order) = await client.Post($"/api/v1/pipelines/{id}/stages/reorder",
            new { ids = new[] { stages[1], stages[0], stages[2], stages[3] } });
        var (_, listed) = await client.Get($"/api/v1/stages?pipeline_id={id}&kind=open&fields=name");
        var (deleted, _) = await client.Delete($"/api/v1/pipelines/{id}");
        var (gone, _) = await client.Get($"/api/v1/pipelines/{id}");

        Assert.Equal((201, 200, 204, 404), (created, reordered, deleted, gone));
        Assert.Equal(4, stages.Length); // a won and a lost stage were added
        Assert.Equal("Talking", order.GetProperty("data")[0].GetProperty("name").GetString());
        Assert.Equal("""[{"name":"Talking"},{"name":"Due"}]""", listed.GetProperty("data").GetRawText());
    }

    [Theory, OnBothBackends]
    public async Task A_stage_with_deals_goes_only_when_another_takes_them(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);
        var (_, deal) = await client.Post("/api/v1/deals", new { title = "Fleet", stage_id = workspace.Stages[0] });

        var (kept, problem) = await client.Delete($"/api/v1/stages/{workspace.Stages[0]}");
        var (gone, _) = await client.Delete($"/api/v1/stages/{workspace.Stages[0]}?move_to={workspace.Stages[1]}");
        var (_, moved) = await client.Get($"/api/v1/deals/{deal.GetProperty("id")}");

        Assert.Equal((409, 204), (kept, gone));
        Assert.Equal("move_to", problem.GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Equal(workspace.Stages[1], moved.GetProperty("stage_id").GetInt64());
    }

    // Design §8: "ETag/If-Match".
    [Theory, OnBothBackends]
    public async Task What_someone_else_has_changed_is_not_deleted_with_the_old_version(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);
        foreach (var (path, body) in new (string, object)[]
        {
            ("/api/v1/pipelines", new { name = "Renewals", stages = new[] { new { name = "Due" } } }),
            ("/api/v1/stages", new { pipeline_id = workspace.PipelineId, name = "Late" }),
            ("/api/v1/labels", new { subject = "deal", name = "Hot" }),
            ("/api/v1/lost-reasons", new { name = "Price" }),
            ("/api/v1/activity-types", new { name = "Visit" }),
            ("/api/v1/fields", new { subject = "deal", name = "Colour", type = "text" }),
            ("/api/v1/groups", new { name = "North" }),
            ("/api/v1/filters", new { subject = "deal", name = "Mine", condition = new { field = "value", @operator = "is_empty" } }),
            ("/api/v1/webhooks", new { url = "https://receiver.test/hook", events = new[] { "deal.won" } }),
        })
        {
            var (created, record) = await client.Post(path, body);
            Assert.True(created == 201, record.ToString());
            var address = $"{path}/{record.GetProperty("id")}";

            var (stale, _) = await client.Delete(address, ("If-Match", "\"99\""));
            var (gone, _) = await client.Delete(address, ("If-Match", $"\"{record.GetProperty("version")}\""));

            Assert.Equal((path, 412, 204), (path, stale, gone));
        }
    }

    [Theory, OnBothBackends]
    public async Task A_password_is_set_by_admins_and_by_oneself_with_the_one_before(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var admin = await TestServers.Native(backend, workspace);
        var member = await TestServers.Native(backend, workspace, workspace.Member);
        var own = $"/api/v1/users/{workspace.Member.UserId}/password";

        var (first, _) = await admin.Put(own, new { password = "the first of them" });
        var (blind, problem) = await member.Put(own, new { password = "the second of them" });
        var (second, _) = await member.Put(own, new { password = "the second of them", current_password = "the first of them" });
        var (foreign, _) = await member.Put($"/api/v1/users/{workspace.Manager.UserId}/password", new { password = "not theirs to set" });
        var (brief, _) = await admin.Put(own, new { password = "short" });
        var (_, user) = await admin.Get($"/api/v1/users/{workspace.Member.UserId}");

        Assert.Equal((204, 422, 204, 403, 422), (first, blind, second, foreign, brief));
        Assert.Equal("current_password", problem.GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.DoesNotContain("password", user.GetRawText(), StringComparison.Ordinal);
    }

    [Theory, OnBothBackends]
    public async Task Short_lists_are_paged_sorted_counted_and_cut_to_fields(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);
        foreach (var name in new[] { "bravo", "Alpha", "charlie" }) await client.Post("/api/v1/tags", new { name });

        var (_, first) = await client.Get("/api/v1/tags?sort=-name&limit=2&total=true&fields=name");
        var (_, second) =
            await client.Get($"/api/v1/tags?sort=-name&limit=2&fields=name&cursor={first.GetProperty("next_cursor").GetString()}");
        var (foreign, problem) = await client.Get($"/api/v1/tags?sort=name&cursor={first.GetProperty("next_cursor").GetString()}");

        Assert.Equal("""[{"name":"charlie"},{"name":"bravo"}]""", first.GetProperty("data").GetRawText());
        Assert.Equal(3, first.GetProperty("total").GetInt32());
        Assert.True(first.GetProperty("has_more").GetBoolean());
        Assert.Equal("""[{"name":"Alpha"}]""", second.GetProperty("data").GetRawText());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next_cursor").ValueKind);
        Assert.Equal(422, foreign);
        Assert.Equal("query", problem.GetProperty("errors")[0].GetProperty("in").GetString());
    }

    [Theory, OnBothBackends]
    public async Task A_key_shows_its_text_once_and_stops_opening_when_rotated_or_revoked(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);

        var (_, made) = await client.Post("/api/v1/keys", new { name = "script", scopes = new[] { "tags:read" } });
        var id = made.GetProperty("id").GetInt64();
        var (_, shown) = await client.Get($"/api/v1/keys/{id}");
        var (_, rotated) = await client.Post($"/api/v1/keys/{id}/rotate");
        var script = await TestServers.Anonymous(backend);
        script.DefaultRequestHeaders.Authorization = new("Bearer", made.GetProperty("token").GetString());
        var (former, _) = await script.Get("/api/v1/tags");
        script.DefaultRequestHeaders.Authorization = new("Bearer", rotated.GetProperty("token").GetString());
        var (latter, _) = await script.Get("/api/v1/tags");
        await client.Delete($"/api/v1/keys/{id}");
        var (revoked, _) = await script.Get("/api/v1/tags");

        Assert.False(shown.TryGetProperty("token", out _));
        Assert.Equal((401, 200, 401), (former, latter, revoked));
    }

    [Theory, OnBothBackends]
    public async Task A_saved_filter_names_its_condition_when_it_is_wrong(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);
        object Filter(string field) =>
            new { subject = "deal", name = "Large", condition = new { field, @operator = "at_least", value = 1000 } };

        var (created, filter) = await client.Post("/api/v1/filters", Filter("value"));
        var (refused, problem) = await client.Post("/api/v1/filters", Filter("size"));
        var (stale, _) = await client.Patch($"/api/v1/filters/{filter.GetProperty("id")}", new { name = "Larger" }, ("If-Match", "\"9\""));

        Assert.Equal((201, 422, 412), (created, refused, stale));
        Assert.Equal("condition", problem.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Theory, OnBothBackends]
    public async Task Every_setting_is_listed(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);
        await client.Post("/api/v1/currencies/rates", new { rates = new[] { new { code = "USD", day = "2026-11-19", rate = 0.9 } } });

        foreach (var path in new[] { "workspace", "usage", "users", "users/me", "groups", "pipelines?include=stages", "stages", "labels",
            "tags", "lost-reasons", "activity-types",
            "fields", "filters", "currencies?sort=-rate", "currencies/USD/rates", "currencies/convert?amount=10&from=USD&to=EUR", "keys",
            "apps", "jobs" })
        {
            var (status, json) = await client.Get("/api/v1/" + path);
            Assert.True(status == 200, $"{path}: {status} {json}");
        }
    }
}
