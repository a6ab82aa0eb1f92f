using Tributary.Core.Automations;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Api;

public sealed class AutomationRoutesTests
{
    [Theory, OnBothBackends]
    public async Task An_automation_is_made_tried_run_and_read(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);
        var (created, automation) = await client.Post("/api/v1/automations", """
            {"name": "Thank them", "trigger": {"on": "won"}, "filter": {"field": "value", "operator": "at_least", "value": 100},
             "actions": [{"do": "create_activity", "subject": "Call", "due_in_days": 1}, {"do": "set_field", "field": "source", "value": "happy"}]}
            """);
        var path = $"/api/v1/automations/{automation.GetProperty("id")}";
        var (_, deal) = await client.Post("/api/v1/deals", new { title = "Fleet", value = 100 });

        var (tried, test) = await client.Post($"{path}/test", new { deal_id = deal.GetProperty("id").GetInt64() });
        await client.Patch($"/api/v1/deals/{deal.GetProperty("id")}", new { status = "won" });
        await Settled.Log(workspace);
        await new AutomationReader(workspace.Db).Step(workspace.Id, CancellationToken.None);
        await new AutomationRunner(workspace.Db).Step(workspace.Id, CancellationToken.None);
        await Settled.Log(workspace);
        var (listed, runs) = await client.Get($"{path}/runs?state=done&deal_id={deal.GetProperty("id")}");
        var (_, after) = await client.Get($"/api/v1/deals/{deal.GetProperty("id")}");
        var (_, events) = await client.Get($"/api/v1/events?subject=deal&subject_id={deal.GetProperty("id")}");

        Assert.Equal((201, 200, 200), (created, tried, listed));
        Assert.Equal("""{"on":"won"}""", automation.GetProperty("trigger").GetRawText());
        Assert.True(test.GetProperty("matches").GetBoolean());
        Assert.Equal(["done", "done"], runs.GetProperty("data")[0].GetProperty("steps").EnumerateArray()
            .Select(step => step.GetProperty("outcome").GetString()));
        Assert.Equal("happy", after.GetProperty("source").GetString());
        Assert.Equal($"[{automation.GetProperty("id")}]",
            events.GetProperty("data").EnumerateArray().Last().GetProperty("automation_ids").GetRawText());
    }

    [Theory, OnBothBackends]
    public async Task Everything_wrong_with_one_is_named_by_its_place(Backend backend)
    {
        var client = await TestServers.Native(backend, await Some.Workspace(backend));

        var (status, problem) = await client.Post("/api/v1/automations",
            """{"name": "", "trigger": {"on": "full moon"}, "actions": [{"do": "move"}, "dance"], "filter": {"field": "colour", "operator": "equals", "value": 1}}""");

        Assert.Equal(422, status);
        Assert.Equal(["actions.0.stage_id", "actions.1", "filter", "name", "trigger.on"],
            problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()).Order());
    }
}
