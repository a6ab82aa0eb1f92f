using System.Text.Json;
using Tributary.Core.Activities;
using Tributary.Core.Fields;
using Tributary.Core.Labels;
using Tributary.Core.Notes;
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
            ["id", "title", "creator_user_id", "owner_id", "value", "person_id", "org_id", "stage_id", "pipeline_id", "currency",
                "archive_time", "add_time", "update_time", "stage_change_time",
             "status", "is_archived", "is_deleted", "probability", "lost_reason", "visible_to", "close_time", "won_time", "lost_time",
             "local_won_date", "local_lost_date", "local_close_date",
             "expected_close_date", "label_ids", "origin", "origin_id", "channel", "channel_id", "acv", "arr", "mrr", "custom_fields"],
            created.EnumerateObject().Select(member => member.Name));
        Assert.Equal((pipe.Workspace.Admin.UserId, pipe.Workspace.Admin.UserId),
            (created.Whole("owner_id"), created.Whole("creator_user_id")));
        Assert.Equal((0L, "EUR", "open", 7L, "API"), (created.Whole("value"), created.Text("currency"), created.Text("status"),
            created.Whole("visible_to"), created.Text("origin")));
        Assert.Equal((pipe.Workspace.PipelineId, pipe.Workspace.Stages[0]), (created.Whole("pipeline_id"), created.Whole("stage_id")));
        Assert.Equal(("2026-11-20T09:00:00Z", null, null),
            (created.Text("add_time"), created.Text("update_time"), created.Text("stage_change_time")));
        Assert.Equal(JsonValueKind.Null,
            created.GetProperty("custom_fields").ValueKind); // recorded: null for accounts without custom fields
        var shown = await pipe.Get($"{Pipe.Deals}/{created.Whole("id")}");
        Assert.Equal(("2026-11-20T09:00:00Z", null), (shown.Text("update_time"), shown.Text("stage_change_time")));
    }

    // page: every body parameter of "Add a deal".
    [Theory, OnBothBackends]
    public async Task Every_member_that_is_sent_is_kept(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (person, organization) = (await pipe.Person("Pat"), await pipe.Organization("Acme"));
        var label = await new LabelService(pipe.Workspace.Db)
            .Create(pipe.Workspace.Admin, new() { Subject = "deal", Name = "Hot", Color = "red" }, default);

        var lost = await pipe.Post(Pipe.Deals, new
        {
            title = "Whole",
            owner_id = pipe.Workspace.Member.UserId,
            person_id = person.Id,
            org_id = organization.Id,
            pipeline_id = pipe.Workspace.PipelineId,
            stage_id = pipe.Workspace.Stages[1],
            value = 1234.5,
            currency = "USD",
            add_time = "2026-01-02T03:04:05Z",
            update_time = "2026-01-03T03:04:05Z",
            stage_change_time = "2026-01-04T03:04:05Z",
            status = "lost",
            probability = 30,
            lost_reason = "Too dear",
            visible_to = 3,
            close_time = "2026-02-01T10:00:00Z",
            lost_time = "2026-02-01T09:00:00Z",
            expected_close_date = "2026-03-01",
            label_ids = new[] { label.Id },
        });

        var shown = await pipe.Get($"{Pipe.Deals}/{lost.Whole("id")}");
        Assert.Equal((pipe.Workspace.Member.UserId, person.Id, organization.Id, pipe.Workspace.Stages[1]),
            (shown.Whole("owner_id"), shown.Whole("person_id"), shown.Whole("org_id"), shown.Whole("stage_id")));
        Assert.Equal((1234.5m, "USD", 30L, 3L, "lost", "Too dear"), (shown.Number("value"), shown.Text("currency"),
            shown.Whole("probability"), shown.Whole("visible_to"), shown.Text("status"), shown.Text("lost_reason")));
        Assert.Equal(("2026-01-02T03:04:05Z", "2026-01-03T03:04:05Z", "2026-01-04T03:04:05Z"),
            (shown.Text("add_time"), shown.Text("update_time"), shown.Text("stage_change_time")));
        Assert.Equal(("2026-02-01T10:00:00Z", "2026-02-01T09:00:00Z", null),
            (shown.Text("close_time"), shown.Text("lost_time"), shown.Text("won_time")));
        Assert.Equal(("2026-02-01", "2026-02-01", null, "2026-03-01"), (shown.Text("local_close_date"), shown.Text("local_lost_date"),
            shown.Text("local_won_date"), shown.Text("expected_close_date")));
        Assert.Equal($"[{label.Id}]", shown.GetProperty("label_ids").GetRawText());
    }

    // reference §8.1: "absent keys keep their value", "null clears nullable fields".
    [Theory, OnBothBackends]
    public async Task A_patch_keeps_what_it_leaves_out_and_null_clears(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (person, organization) = (await pipe.Person("Pat"), await pipe.Organization("Acme"));
        var id = await pipe.Deal("x", new
        {
            value = 7,
            person_id = person.Id,
            org_id = organization.Id,
            probability = 20,
            expected_close_date = "2026-03-01"
        });

        var renamed = await pipe.Patch($"{Pipe.Deals}/{id}", new { title = "y" });
        var cleared = await pipe.Patch($"{Pipe.Deals}/{id}",
            """{"person_id":null,"org_id":null,"probability":null,"expected_close_date":null,"lost_reason":null,"won_time":null,"label_ids":null}""");

        Assert.Equal(("y", 7L, person.Id, 20L, "2026-03-01"), (renamed.Text("title"), renamed.Whole("value"), renamed.Whole("person_id"),
            renamed.Whole("probability"), renamed.Text("expected_close_date")));
        foreach (var name in new[] { "person_id", "org_id", "probability", "expected_close_date" }) Assert.Equal(JsonValueKind.Null,
            cleared.GetProperty(name).ValueKind);
        Assert.Equal(("y", 7L), (cleared.Text("title"), cleared.Whole("value")));
        foreach (var name in new[] { "title", "owner_id", "stage_id", "pipeline_id", "currency", "status", "visible_to", "is_deleted" })
        {
            var (status, error) = Pipe.Refused(await pipe.Client.Patch($"{Pipe.Deals}/{id}", $$"""{"{{name}}":null}"""));
            Assert.True(status == 400, name);
            Assert.StartsWith($"Validation failed: {name}: ", error, StringComparison.Ordinal);
        }
    }

    // reference §8.1: where a deal goes.
    [Theory, OnBothBackends]
    public async Task The_stage_decides_the_pipeline(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var other = await new Tributary.Core.Pipelines.PipelineService(pipe.Workspace.Db)
            .Create(pipe.Workspace.Admin, new() { Name = "Other" }, [new() { Name = "One" }, new() { Name = "Two" }], default);
        var stages = (await pipe.Catalog()).StagesOf(other.Id).Select(stage => stage.Id).ToList();

        var contradicting = await pipe.Post(Pipe.Deals, new { title = "x", pipeline_id = pipe.Workspace.PipelineId, stage_id = stages[1] });
        var first = await pipe.Post(Pipe.Deals, new { title = "x", pipeline_id = other.Id });
        var back = await pipe.Patch($"{Pipe.Deals}/{first.Whole("id")}", new { pipeline_id = pipe.Workspace.PipelineId });

        Assert.Equal((other.Id, stages[1]), (contradicting.Whole("pipeline_id"), contradicting.Whole("stage_id")));
        Assert.Equal((other.Id, stages[0]), (first.Whole("pipeline_id"), first.Whole("stage_id")));
        Assert.Equal((pipe.Workspace.PipelineId, pipe.Workspace.Stages[0], "2026-11-20T09:00:00Z"),
            (back.Whole("pipeline_id"), back.Whole("stage_id"), back.Text("stage_change_time")));
    }

    // recorded for lost, won by symmetry (reference §8.2).
    [Theory, OnBothBackends]
    public async Task Winning_losing_and_reopening_set_and_clear_the_times(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var path = $"{Pipe.Deals}/{await pipe.Deal("x")}";

        var won = await pipe.Patch(path, new { status = "won" });
        TestClock.Instance.Advance(TimeSpan.FromHours(1));
        var lost = await pipe.Patch(path, new { status = "lost", lost_reason = "Changed their mind" });
        var open = await pipe.Patch(path, new { status = "open" });

        Assert.Equal(("2026-11-20T09:00:00Z", "2026-11-20T09:00:00Z", null, "2026-11-20"),
            (won.Text("won_time"), won.Text("close_time"), won.Text("lost_time"), won.Text("local_won_date")));
        Assert.Equal((null, "2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z", "Changed their mind"),
            (lost.Text("won_time"), lost.Text("close_time"), lost.Text("lost_time"), lost.Text("lost_reason")));
        Assert.Equal((null, null, null, null),
            (open.Text("won_time"), open.Text("close_time"), open.Text("lost_time"), open.Text("lost_reason")));
        Assert.Equal("2026-11-20T09:00:00Z", (await pipe.Get($"{path}?include_fields=first_won_time")).Text("first_won_time"));
    }

    // docs, "Archive": archived deals "cannot be edited … apart from is_archived: false".
    [Theory, OnBothBackends]
    public async Task An_archived_deal_is_only_taken_out_again(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var path = $"{Pipe.Deals}/{await pipe.Deal("x")}";

        var archived = await pipe.Patch(path, new { is_archived = true, archive_time = "2026-11-01 10:00:00" });
        var (status, error) = Pipe.Refused(await pipe.Client.Patch(path, new { title = "y" }));
        var back = await pipe.Patch(path, new { is_archived = false });

        Assert.Equal((true, "2026-11-01T10:00:00Z"), (archived.Flag("is_archived"), archived.Text("archive_time")));
        Assert.Equal((400, "An archived deal cannot be changed. Take it out of the archive first."), (status, error));
        Assert.Equal((false, null), (back.Flag("is_archived"), back.Text("archive_time")));
    }

    // page "Update a deal": add_time is among what can be changed.
    [Theory, OnBothBackends]
    public async Task The_time_a_deal_was_added_can_be_corrected(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var path = $"{Pipe.Deals}/{await pipe.Deal("x")}";

        var patched = await pipe.Patch(path, new { add_time = "2025-06-01T08:00:00Z" });

        Assert.Equal(("2025-06-01T08:00:00Z", "2026-11-20T09:00:00Z"), (patched.Text("add_time"), patched.Text("update_time")));
        Assert.Equal("2025-06-01T08:00:00Z", (await pipe.Get(path)).Text("add_time"));
    }

    // docs: "Marks a deal as deleted"; reference §8.4.
    [Theory, OnBothBackends]
    public async Task A_deleted_deal_is_gone_from_v2_and_comes_back_by_is_deleted(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var id = await pipe.Deal("x");

        var gone = await pipe.Delete($"{Pipe.Deals}/{id}");

        Assert.Equal($$"""{"id":{{id}}}""", gone.GetRawText());
        Assert.Equal(404, (await pipe.Client.Get($"{Pipe.Deals}/{id}")).Status);
        Assert.Equal("deleted", (await pipe.Get($"{Pipe.V1}/deals/{id}")).Text("status"));
        Assert.Equal(404, (await pipe.Client.Delete($"{Pipe.Deals}/{id}")).Status);
        Assert.Equal((false, "open"), ((await pipe.Patch($"{Pipe.Deals}/{id}", new { is_deleted = false })).Flag("is_deleted"),
            (await pipe.Get($"{Pipe.Deals}/{id}")).Text("status")));
    }

    // page: the values of include_fields; the specification adds smart_bcc_email and source_lead_id.
    [Theory, OnBothBackends]
    public async Task Every_included_field_is_counted(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var some = pipe.Workspace;
        var id = await pipe.Deal("x", new { person_id = (await pipe.Person("Pat")).Id });
        var activities = new ActivityService(some.Db);
        var next = await activities.Create(some.Admin,
            new() { Subject = "Call", Type = "call", DealId = id, DueOn = new(true, new(2026, 12, 1)) }, default);
        var done = await activities.Create(some.Admin,
            new() { Subject = "Called", Type = "call", DealId = id, DueOn = new(true, new(2026, 11, 1)), Done = true }, default);
        await new NoteService(some.Db).Create(some.Admin, new() { Content = "note", DealId = id }, default);
        await pipe.Post($"{Pipe.Deals}/{id}/followers", new { user_id = some.Member.UserId }, 201);
        await pipe.Patch($"{Pipe.Deals}/{id}", new { status = "won" });

        var all =
            "next_activity_id,last_activity_id,first_won_time,products_count,files_count,notes_count,followers_count,email_messages_count,activities_count,done_activities_count,"
            + "undone_activities_count,participants_count,last_incoming_mail_time,last_outgoing_mail_time,smart_bcc_email,source_lead_id";
        var shown = await pipe.Get($"{Pipe.Deals}/{id}?include_fields={all}");

        Assert.Equal(all.Split(','), shown.EnumerateObject().Select(member => member.Name).SkipWhile(name => name != "next_activity_id"));
        Assert.Equal((next.Id, done.Id, "2026-11-20T09:00:00Z"),
            (shown.Whole("next_activity_id"), shown.Whole("last_activity_id"), shown.Text("first_won_time")));
        Assert.Equal((0L, 0L, 1L, 2L), (shown.Whole("products_count"), shown.Whole("files_count"), shown.Whole("notes_count"),
            shown.Whole("followers_count")));
        Assert.Equal((0L, 2L, 1L, 1L, 1L), (shown.Whole("email_messages_count"), shown.Whole("activities_count"),
            shown.Whole("done_activities_count"), shown.Whole("undone_activities_count"), shown.Whole("participants_count")));
        Assert.Equal($"some-company+deal{id}@mail.invalid", shown.Text("smart_bcc_email"));
        Assert.Equal((null, null, null),
            (shown.Text("last_incoming_mail_time"), shown.Text("last_outgoing_mail_time"), shown.Text("source_lead_id")));
        var plain = await pipe.Get($"{Pipe.Deals}/{id}");
        Assert.DoesNotContain(plain.EnumerateObject(), member => all.Split(',').Contains(member.Name));
        Assert.Equal(400, (await pipe.Client.Get($"{Pipe.Deals}/{id}?include_fields=secret")).Status);
    }

    // specification: include_labels, include_option_labels, and "a maximum of 15 keys" of custom_fields.
    [Theory, OnBothBackends]
    public async Task Labels_and_a_selection_of_custom_fields_are_shown_on_request(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var label = await new LabelService(pipe.Workspace.Db)
            .Create(pipe.Workspace.Admin, new() { Subject = "deal", Name = "Hot", Color = "red" }, default);
        var (plan, modules, words) = (await pipe.Field(FieldType.Enum, "Plan", "Small", "Large"),
            await pipe.Field(FieldType.Set, "Modules", "A", "B"), await pipe.Field(FieldType.Varchar, "Words"));
        var id = await pipe.Deal("x", new
        {
            label_ids = new[] { label.Id },
            custom_fields = new Dictionary<string,
                object>
            { [plan.Key] = plan.Options[1].Id, [modules.Key] = new[] { modules.Options[0].Id }, [words.Key] = "hello" },
        });

        var shown =
            await pipe.Get($"{Pipe.Deals}/{id}?include_labels=true&include_option_labels=true&custom_fields={plan.Key},{modules.Key}");

        Assert.Equal($$"""[{"id":{{label.Id}},"label":"Hot"}]""", shown.GetProperty("labels").GetRawText());
        Assert.Equal(
            $$$"""{"{{{plan.Key}}}":{"id":{{{plan.Options[1].Id}}},"label":"Large"},"{{{modules.Key}}}":[{"id":{{{modules.Options[0].Id}}},"label":"A"}]}""", shown.GetProperty("custom_fields").GetRawText());
        var keys = string.Join(',', Enumerable.Repeat(plan.Key, 16));
        Assert.Equal(400, (await pipe.Client.Get($"{Pipe.Deals}/{id}?custom_fields={keys}")).Status);
    }

    // reference §8.7: "Unsupported value → 403".
    [Theory, OnBothBackends]
    public async Task A_visibility_that_is_none_is_forbidden(Backend backend)
    {
        var pipe = await Pipe.Open(backend);

        var (status, error) = Pipe.Refused(await pipe.Client.Post(Pipe.Deals, new { title = "x", visible_to = 2 }));

        Assert.Equal(403, status);
        Assert.StartsWith("visible_to must be 1 ", error, StringComparison.Ordinal);
    }

    [Theory, OnBothBackends]
    public async Task A_deal_of_another_workspace_or_hidden_from_the_caller_is_not_found(Backend backend)
    {
        var (pipe, other) = (await Pipe.Open(backend), await Pipe.Open(backend));
        var id = await pipe.Deal("x", new { visible_to = 1 });
        var seller = await pipe.As(backend, pipe.Workspace.Member);
        foreach (var client in new[] { other.Client, seller })
        {
            Assert.Equal(404, (await client.Get($"{Pipe.Deals}/{id}")).Status);
            Assert.Equal(404, (await client.Patch($"{Pipe.Deals}/{id}", new { title = "y" })).Status);
            Assert.Equal(404, (await client.Delete($"{Pipe.Deals}/{id}")).Status);
            Assert.Empty((await client.Get(Pipe.Deals)).Json.GetProperty("data").EnumerateArray());
        }
    }
}
