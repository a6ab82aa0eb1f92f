using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects;

/// <summary>A stage's rules are the engine's; every dialect refuses in its own shape, with its own names of the fields.</summary>
public sealed class StageRulesTests
{
    [Theory, OnBothBackends]
    public async Task Every_dialect_names_what_a_deal_lacks_in_its_own_words(Backend backend)
    {
        var speakers = await Speakers.Of(backend);
        var workspace = speakers.Workspace;
        var (_, field) = await speakers.Native.Post("/api/v1/fields", new { subject = "deal", name = "Region", type = "varchar" });
        var key = field.GetProperty("key").GetString()!;
        var (_, company) = await speakers.Native.Post("/api/v1/organizations", new { name = "Some Ltd" });
        var (_, stage) = await speakers.Native.Patch($"/api/v1/stages/{workspace.Stages[1]}",
            new { rules = new { required = new[] { "expected_close", "custom.region" } } });
        var (_, deal) = await speakers.Native.Post("/api/v1/deals",
            new { title = "Fleet", value = 5, org_id = company.GetProperty("id").GetInt64() });
        var (id, uid, stageUid) = (deal.GetProperty("id").GetInt64(), deal.GetProperty("uid").GetGuid(), stage.GetProperty("uid")
            .GetGuid());
        var before = await speakers.Deal(id);
        var demo = workspace.Stages[1];

        foreach (var (dialect, method, path, body, status, names) in new (string, HttpMethod, string, JsonObject, int, string[])[]
        {
            ("native", HttpMethod.Patch, $"/api/v1/deals/{id}", new() { ["stage_id"] = demo }, 422, [
                "\"field\":\"expected_close\"", "\"field\":\"custom.region\""]),
            ("native", HttpMethod.Post, $"/api/v1/deals/{id}/move", new() { ["stage_id"] = demo, ["place"] = 1 }, 422, [
                "\"field\":\"expected_close\""]),
            ("pipedrive", HttpMethod.Patch, $"/pipedrive/api/v2/deals/{id}", new() { ["stage_id"] = demo }, 400, [
                "expected_close_date must be a day", $"custom_fields.{key} must be a text"]),
            ("pipedrive", HttpMethod.Put, $"/pipedrive/v1/deals/{id}", new() { ["stage_id"] = demo }, 400, [
                "expected_close_date must be a day", $"{key} must be a text"]),
            ("automatenexus", HttpMethod.Put, $"/automatenexus/v1/deals/deal_{UidText.ToBase32(uid)}/stage",
                new() { ["stage_id"] = $"stage_{UidText.ToBase32(stageUid)}" }, 422,
                ["\"field\":\"expected_close_date\"", "\"field\":\"custom_fields.region\""]),
            ("switch", HttpMethod.Patch, $"/switch/api/v1/deals/{uid:D}", new() { ["stage_id"] = $"{stageUid:D}" }, 400, [
                "\"path\":\"expected_close_date\"", "expected_close_date must be a day"]),
            ("cpod", HttpMethod.Patch, $"/cpod/api/v1/crm/deals/deal_{UidText.ToUlid(uid)}", new() { ["stage"] = "demo" }, 422,
                ["\"loc\":[\"body\",\"expected_close_date\"]", "\"loc\":[\"body\",\"custom_fields\",\"region\"]"]),
            ("ysuite", HttpMethod.Put, $"/ysuite/v1/deals/{id}", new() { ["deal_name"] = "Fleet", ["pipeline_id"] = workspace.PipelineId,
                ["cstid"] = company.GetProperty("id").GetInt64(), ["deal_current_stage"] = demo }, 422,
                ["\"deal_expected_close_date\":["]),
        })
        {
            var (answered, problem) = await speakers.Clients[dialect].Ask(method, path, body.ToJsonString());

            Assert.True(status == answered, $"{dialect} {path}: {answered} {problem}");
            foreach (var name in names) Assert.Contains(name, problem.GetRawText(), StringComparison.Ordinal);
            Assert.True(JsonNode.DeepEquals(before, await speakers.Deal(id)), $"{dialect} {path} was refused and still changed the deal");
        }

        var (moved, after) = await speakers.Native.Post($"/api/v1/deals/{id}/move",
            new { stage_id = demo, place = 1, with = new { expected_close = "2026-12-24", custom = new { region = "North" } } });
        Assert.Equal((200, demo), (moved, after.GetProperty("stage_id").GetInt64()));
    }

    [Theory, OnBothBackends]
    public async Task A_way_that_is_not_open_is_an_invalid_stage_and_a_closed_door_is_forbidden(Backend backend)
    {
        var speakers = await Speakers.Of(backend);
        var workspace = speakers.Workspace;
        var seller = await TestServers.Native(backend, workspace, workspace.Member);
        await speakers.Native.Patch($"/api/v1/stages/{workspace.Stages[2]}", new { rules = new { may_skip = false } });
        await speakers.Native.Patch($"/api/v1/stages/{workspace.WonStage}",
            new { rules = new { who = new { roles = new[] { "manager" } } } });
        var (_, deal) = await speakers.Native.Post("/api/v1/deals", new { title = "Fleet" });
        var (id, uid) = (deal.GetProperty("id").GetInt64(), deal.GetProperty("uid").GetGuid());
        var (_, proposal) = await speakers.Native.Get($"/api/v1/stages/{workspace.Stages[2]}");

        // reference §2.4: a stage that the deal cannot be in is INVALID_STAGE.
        var (skipped, invalid) = await speakers.Clients["automatenexus"].Put($"/automatenexus/v1/deals/deal_{UidText.ToBase32(uid)}/stage",
            new { stage_id = $"stage_{UidText.ToBase32(proposal.GetProperty("uid").GetGuid())}" });
        var (refused, forbidden) = await seller.Patch($"/api/v1/deals/{id}", new { status = "won" });
        var (won, _) = await speakers.Native.Patch($"/api/v1/deals/{id}", new { status = "won" });

        Assert.Equal((422, "INVALID_STAGE"), (skipped, invalid.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal((403, "Only managers, admins may bring deals to Won."), (refused, forbidden.GetProperty("detail").GetString()));
        Assert.Equal(200, won);
    }
}
