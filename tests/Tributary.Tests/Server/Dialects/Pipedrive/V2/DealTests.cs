using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V2;

/// <summary>GET, POST, PATCH and DELETE of one deal.</summary>
public sealed class DealTests
{
    // specification: the example of "Get details of a deal"; recorded: update_time and stage_change_time of a new deal.
    [Theory, OnBothBackends]
    public async Task A_deal_is_the_documented_object(Backend backend)
    {
        var pipe = await Pipe.Open(backend);

        var created = await pipe.Post(Pipe.Deals, new { title = "Deal Title" });

        Assert.Equal(
            ["id", "title", "creator_user_id", "owner_id", "value", "person_id", "org_id", "stage_id", "pipeline_id", "currency", "archive_time", "add_time", "update_time", "stage_change_time",
             "status", "is_archived", "is_deleted", "probability", "lost_reason", "visible_to", "close_time", "won_time", "lost_time", "local_won_date", "local_lost_date", "local_close_date",
             "expected_close_date", "label_ids", "origin", "origin_id", "channel", "channel_id", "acv", "arr", "mrr", "custom_fields"],
            created.EnumerateObject().Select(member => member.Name));
        Assert.Equal((pipe.Workspace.Admin.UserId, pipe.Workspace.Admin.UserId), (created.GetProperty("owner_id").GetInt64(), created.GetProperty("creator_user_id").GetInt64()));
        Assert.Equal((0, "EUR", "open", 7), (created.GetProperty("value").GetInt32(), created.GetProperty("currency").GetString(), created.GetProperty("status").GetString(), created.GetProperty("visible_to").GetInt32()));
        Assert.Equal((pipe.Workspace.PipelineId, pipe.Workspace.Stages[0]), (created.GetProperty("pipeline_id").GetInt64(), created.GetProperty("stage_id").GetInt64()));
        Assert.Equal(("2026-11-20T09:00:00Z", null, null), (created.GetProperty("add_time").GetString(), created.GetProperty("update_time").GetString(), created.GetProperty("stage_change_time").GetString()));
        var shown = await pipe.Get($"{Pipe.Deals}/{created.GetProperty("id")}");
        Assert.Equal(("2026-11-20T09:00:00Z", null), (shown.GetProperty("update_time").GetString(), shown.GetProperty("stage_change_time").GetString()));
    }

    // docs: "Marks a deal as deleted"; reference §8.4.
    [Theory, OnBothBackends]
    public async Task A_deleted_deal_is_gone_from_v2_and_marked_in_v1(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var id = await pipe.Deal("x");

        var gone = await pipe.Delete($"{Pipe.Deals}/{id}");

        Assert.Equal($$"""{"id":{{id}}}""", gone.GetRawText());
        Assert.Equal(404, (await pipe.Client.Get($"{Pipe.Deals}/{id}")).Status);
        Assert.Equal("deleted", (await pipe.Get($"{Pipe.V1}/deals/{id}")).GetProperty("status").GetString());
        Assert.Equal("deleted", Assert.Single((await pipe.Get($"{Pipe.Deals}?status=deleted")).EnumerateArray()).GetProperty("status").GetString());
    }
}
