using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Api;

public sealed class SampleDataTests
{
    // ui.md §5.0: "first-run empty (with "Load sample data" and "Import")".
    [Theory, OnBothBackends]
    public async Task An_empty_workspace_is_filled_with_deals_that_a_tag_tells_from_real_ones(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);

        var (status, report) = await client.Post("/api/v1/workspace/sample-data");
        var (_, tagged) =
            await client.Get(
                $"/api/v1/deals?total=true&limit=1&where={Uri.EscapeDataString("""{"field":"tag","operator":"has","values":["sample"]}""")}");
        var (_, open) = await client.Get($"/api/v1/deals/summary?pipeline_id={workspace.PipelineId}&status=open");
        var (_, activities) = await client.Get("/api/v1/activities?done=false&total=true&limit=1");

        Assert.Equal(201, status);
        Assert.True(tagged.TryGetProperty("total", out var total), tagged.ToString());
        Assert.Equal((36, 36), (report.GetProperty("deals").GetInt32(), total.GetInt32()));
        Assert.Equal(24, open.GetProperty("deals").GetInt32());
        Assert.Equal(report.GetProperty("activities").GetInt32(), activities.GetProperty("total").GetInt32());
    }

    [Theory, OnBothBackends]
    public async Task Sample_data_are_refused_beside_deals_and_to_those_who_are_no_admins(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);
        var member = await TestServers.Native(backend, workspace, workspace.Member);

        var (forbidden, _) = await member.Post("/api/v1/workspace/sample-data");
        var (_, deal) = await client.Post("/api/v1/deals", new { title = "Real", stage_id = workspace.Stages[0] });
        await client.Delete($"/api/v1/deals/{deal.GetProperty("id")}");
        var (conflict, _) = await client.Post("/api/v1/workspace/sample-data");

        Assert.Equal((403, 409), (forbidden, conflict));
    }
}
