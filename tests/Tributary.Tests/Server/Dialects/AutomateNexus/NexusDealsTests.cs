using System.Text.Json;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.AutomateNexus;

/// <summary>
/// What the vendor's page "Deals &amp; Pipeline API" states of a deal, and where it is silent the decisions of the reference, section 2.4.
/// </summary>
public sealed class NexusDealsTests
{
    private static readonly string[] Sample =
    [
        "id", "title", "pipeline_id", "stage_id", "stage_name", "value", "currency", "probability", "owner_id", "contact_id",
        "expected_close_date", "status", "custom_fields", "created_at", "updated_at",
    ];

    // docs: the example of "Create a Deal"; defaults: first stage, workspace currency; reference: 201, detail extras.
    [Theory, OnBothBackends]
    public async Task A_created_deal_is_the_sample_with_the_extras_of_one_deal(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var (_, contact) = await nexus.Contact("Jane Smith", "jane@example.com");

        var deal = await nexus.Created(Nexus.Deals, new
        {
            title = "Premium Plan - TechStart Inc",
            pipeline_id = nexus.Pipeline,
            value = 24000,
            contact_id = contact,
            expected_close_date = "2026-05-01",
            tags = new[] { "hot" },
        });

        Assert.Equal([.. Sample, "tags", "contacts", "stage_history", "won_reason", "lost_reason", "competitor", "closed_at"],
            deal.EnumerateObject().Select(member => member.Name));
        Assert.Matches("^deal_[0-9a-hjkmnp-tv-z]{26}$", deal.GetProperty("id").GetString());
        Assert.Equal(nexus.Stage(0), deal.GetProperty("stage_id").GetString());
        Assert.Equal("Qualified", deal.GetProperty("stage_name").GetString());
        Assert.Equal("24000", deal.GetProperty("value").GetRawText());
        Assert.Equal("EUR", deal.GetProperty("currency").GetString());
        Assert.Equal("10", deal.GetProperty("probability").GetRawText());
        Assert.Equal(nexus.Admin, deal.GetProperty("owner_id").GetString());
        Assert.Equal(contact, deal.GetProperty("contact_id").GetString());
        Assert.Equal("2026-05-01", deal.GetProperty("expected_close_date").GetString());
        Assert.Equal("open", deal.GetProperty("status").GetString());
        Assert.Equal("{}", deal.GetProperty("custom_fields").GetRawText());
        Assert.Equal("2026-11-20T09:00:00Z", deal.GetProperty("created_at").GetString());
        Assert.Equal("""["hot"]""", deal.GetProperty("tags").GetRawText());
        Assert.Equal($$"""[{"id":"{{contact}}","name":"Jane Smith","email":"jane@example.com","role":null,"is_primary":true}]""",
            deal.GetProperty("contacts").GetRawText());
    }

    // docs: the headings print /v1/deals, the examples call /functions/v1/api/deals.
    [Theory, OnBothBackends]
    public async Task The_same_deal_answers_under_all_three_roots(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var deal = await nexus.Deal("Everywhere");

        var answers = new List<string>();
        foreach (var root in (string[])["/functions/v1/api", "/functions/v1/api/v1", "/v1"])
        {
            answers.Add((await nexus.Get($"/automatenexus{root}/deals/{deal}")).GetRawText());
        }

        Assert.Single(answers.Distinct());
    }

    // docs: "Update deal properties. Only include fields you want to change."; reference: null clears, tags replace, unknown members are
    // ignored.
    [Theory, OnBothBackends]
    public async Task An_update_changes_only_what_is_sent(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var deal =
            await nexus.Deal("Partial",
                new { value = 5.5, expected_close_date = "2026-05-01", tags = new[] { "a", "b" }, probability = 33 });
        var path = $"{Nexus.Deals}/{deal}";

        var same = await nexus.Put(path, new { });
        var renamed = await nexus.Put(path, new { title = "Renamed", tags = new[] { "c" }, surprise = true });
        var cleared = await nexus.Put(path, """{"value":null,"expected_close_date":null,"probability":null,"owner_id":null,"tags":null}""");

        Assert.Equal("Partial", same.GetProperty("title").GetString());
        Assert.Equal(("Renamed", "5.5", "33"),
            (renamed.GetProperty("title").GetString(), renamed.GetProperty("value").GetRawText(), renamed.GetProperty("probability")
                .GetRawText()));
        Assert.Equal("""["c"]""", renamed.GetProperty("tags").GetRawText());
        Assert.All((string[])["value", "expected_close_date", "owner_id"],
            name => Assert.Equal(JsonValueKind.Null, cleared.GetProperty(name).ValueKind));
        Assert.Equal("10", cleared.GetProperty("probability").GetRawText());
        Assert.Equal("[]", cleared.GetProperty("tags").GetRawText());
    }

    // docs: "Win/Loss Tracking"; reference: reopening clears reasons and closed_at; won → 100, lost → 0.
    [Theory, OnBothBackends]
    public async Task Winning_losing_and_reopening(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var path = $"{Nexus.Deals}/{await nexus.Deal("Outcome", new { probability = 60 })}";

        var won = await nexus.Put(path, new { status = "won", won_reason = "Best feature fit" });
        var lost = await nexus.Put(path, new { status = "lost", lost_reason = "Price too high", competitor = "Salesforce" });
        var open = await nexus.Put(path, new { status = "open" });

        Assert.Equal(("won", "100", "Best feature fit", "2026-11-20T09:00:00Z"), Outcome(won, "won_reason"));
        Assert.Equal(("lost", "0", "Price too high", "2026-11-20T09:00:00Z"), Outcome(lost, "lost_reason"));
        Assert.Equal("Salesforce", lost.GetProperty("competitor").GetString());
        Assert.Equal(JsonValueKind.Null, lost.GetProperty("won_reason").ValueKind);
        Assert.Equal(("open", "10", null, null), Outcome(open, "lost_reason"));
    }

    // docs: "PUT /v1/deals/:id/stage … records stage history"; sample body with a note.
    [Theory, OnBothBackends]
    public async Task A_move_is_in_the_history_with_its_note_and_takes_the_stages_probability(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var path = $"{Nexus.Deals}/{await nexus.Deal("Moving", new { probability = 33 })}";
        TestClock.Instance.Advance(TimeSpan.FromHours(1));

        var moved = await nexus.Put($"{path}/stage", new { stage_id = nexus.Stage(2), note = "Client approved the proposal" });

        Assert.Equal((nexus.Stage(2), "80"), (moved.GetProperty("stage_id").GetString(), moved.GetProperty("probability").GetRawText()));
        var history = moved.GetProperty("stage_history").EnumerateArray().ToList();
        Assert.Equal(2, history.Count);
        Assert.Equal(JsonValueKind.Null, history[0].GetProperty("from_stage_id").ValueKind);
        Assert.Equal(
            $$"""{"from_stage_id":"{{nexus.Stage(0)}}","to_stage_id":"{{nexus.Stage(2)}}","from_stage_name":"Qualified","to_stage_name":"Proposal","note":"Client approved the proposal","changed_by":"{{nexus.Admin}}","changed_at":"2026-11-20T10:00:00Z"}""",
            history[1].GetRawText());
    }

    // reference: "PUT /stage to same stage: 200, no history row, no event"; "moving to any stage leaves status unchanged".
    [Theory, OnBothBackends]
    public async Task A_move_to_the_same_stage_is_none_and_no_move_changes_the_status(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var path = $"{Nexus.Deals}/{await nexus.Deal("Still")}";
        var before = await nexus.Put(path, new { status = "won" });

        TestClock.Instance.Advance(TimeSpan.FromHours(1));
        var same = await nexus.Put($"{path}/stage", new { stage_id = nexus.Stage(0), note = "nothing" });
        var moved = await nexus.Put($"{path}/stage", new { stage_id = nexus.Stage(1) });

        Assert.Equal(before.GetRawText(), same.GetRawText());
        Assert.Equal(("won", "100"), (moved.GetProperty("status").GetString(), moved.GetProperty("probability").GetRawText()));
        Assert.Equal(nexus.Stage(1), moved.GetProperty("stage_id").GetString());
    }

    // docs: the stage route "properly triggers automations"; reference: a stage in PUT /deals/:id is recorded, automations do not run.
    [Theory, OnBothBackends]
    public async Task Only_the_stage_route_starts_the_automations_of_a_move(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var id = await nexus.Deal("Quiet");

        var quiet = await nexus.Put($"{Nexus.Deals}/{id}", new { stage_id = nexus.Stage(1) });
        await nexus.Put($"{Nexus.Deals}/{id}/stage", new { stage_id = nexus.Stage(2) });
        await nexus.Put($"{Nexus.Deals}/{id}", new { title = "Quieter" });

        Assert.Equal("50", quiet.GetProperty("probability").GetRawText());
        var uid = Nexus.Uid(id);
        var deal = await new DealService(nexus.Workspace.Db).Get(nexus.Workspace.Admin, uid, default);
        var lines = await new DealService(nexus.Workspace.Db).Flow(nexus.Workspace.Admin, deal.Id, null, 10, default);
        Assert.Equal([(false, false), (true, false), (true, true), (true, false)],
            lines.Select(line => (line.ToStageId is not null, line.IsQuietMove)));
    }

    // docs, troubleshooting: "Cross-pipeline stage moves are not supported — update the pipeline_id first."
    [Theory, OnBothBackends]
    public async Task Another_pipelines_stage_needs_that_pipeline(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var (pipeline, first, second) = await OtherPipeline(nexus);
        var path = $"{Nexus.Deals}/{await nexus.Deal("Crossing")}";

        var (move, refused) = await nexus.Client.Put($"{path}/stage", new { stage_id = second });
        var (put, _) = await nexus.Client.Put(path, new { stage_id = second });
        var (create, _) = await nexus.Client.Post(Nexus.Deals, new { title = "x", pipeline_id = nexus.Pipeline, stage_id = first });
        var both = await nexus.Put(path, new { pipeline_id = pipeline, stage_id = second });
        await nexus.Put(path, new { pipeline_id = nexus.Pipeline });
        var toFirst = await nexus.Put(path, new { pipeline_id = pipeline });

        Assert.Equal((422, 422, 422), (move, put, create));
        Assert.Equal("INVALID_STAGE", refused.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(second, both.GetProperty("stage_id").GetString());
        Assert.Equal((pipeline, first), (toFirst.GetProperty("pipeline_id").GetString(), toFirst.GetProperty("stage_id").GetString()));
        Assert.Equal(4, toFirst.GetProperty("stage_history").GetArrayLength());
    }

    // docs: "Permanently deletes a deal. This action cannot be undone."; reference: row, history and links are removed; later reads 404.
    [Theory, OnBothBackends]
    public async Task A_deleted_deal_is_gone_for_good(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var id = await nexus.Deal("Gone");
        var uid = Nexus.Uid(id);

        var (status, answer) = await nexus.Client.Delete($"{Nexus.Deals}/{id}");
        var (again, _) = await nexus.Client.Delete($"{Nexus.Deals}/{id}");
        var (get, _) = await nexus.Client.Get($"{Nexus.Deals}/{id}");

        Assert.Equal((200, 404, 404), (status, again, get));
        Assert.Equal($$$"""{"success":true,"data":{"id":"{{{id}}}","deleted":true}}""", answer.GetRawText());
        Assert.Null(await new DealService(nexus.Workspace.Db).Find(nexus.Workspace.Admin, uid, default));
    }

    [Theory, OnBothBackends]
    public async Task A_deal_that_another_API_put_into_the_bin_is_not_there(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var id = await nexus.Deal("Binned");
        var uid = Nexus.Uid(id);
        var deals = new DealService(nexus.Workspace.Db);
        await deals.Delete(nexus.Workspace.Admin, (await deals.Get(nexus.Workspace.Admin, uid, default)).Id, default);

        Assert.Equal(404, (await nexus.Client.Get($"{Nexus.Deals}/{id}")).Status);
        Assert.Equal(404, (await nexus.Client.Put($"{Nexus.Deals}/{id}", new { title = "x" })).Status);
        Assert.Equal(404, (await nexus.Client.Delete($"{Nexus.Deals}/{id}")).Status);
        Assert.Empty(await nexus.Titles(""));
    }

    private static async Task<(string Pipeline, string First, string Second)> OtherPipeline(Nexus nexus)
    {
        var pipelines = new PipelineService(nexus.Workspace.Db);
        var pipeline = await pipelines.Create(nexus.Workspace.Admin, new() { Name = "Partners" },
            [new() { Name = "Met" }, new() { Name = "Agreed" }], default);
        var stages = await pipelines.ListStages(nexus.Workspace.Admin, pipeline.Id, default);
        return ("pipe_" + UidText.ToBase32(pipeline.Uid), "stage_" + UidText.ToBase32(stages[0].Uid), "stage_"
            + UidText.ToBase32(stages[1].Uid));
    }

    private static (string?, string, string?, string?) Outcome(JsonElement deal, string reason) =>
        (deal.GetProperty("status").GetString(), deal.GetProperty("probability").GetRawText(), deal.GetProperty(reason)
            .GetString(), deal.GetProperty("closed_at").GetString());
}
