using System.Text.Json;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.CPod;

/// <summary>The page "Deal" (seed), and the decisions of the reference, section 4.7, where it is silent.</summary>
public sealed class CPodDealsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // seed: the schema, in its order; "Required: none"; defaults edm, api, version 1, schema_version 1; name stays as it was sent.
    [Theory, OnBothBackends]
    public async Task An_empty_body_drafts_a_deal_with_every_field_of_the_schema(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);

        var deal = await desk.Create(new { });

        Assert.Equal(
            [
                "id", "tenant_id", "app_id", "created_at", "updated_at", "created_by", "updated_by", "source", "source_type", "is_deleted",
                "deleted_at", "deleted_by", "schema_version",
                "account_id", "owner_id", "name", "deal_number", "pipeline_id", "stage", "value", "currency", "probability",
                "forecast_category", "expected_close_date", "actual_close_date",
                "next_followup_date", "deal_type", "deal_source", "competitors", "loss_reason", "loss_category", "closure_notes",
                "primary_contact_id", "contact_ids", "rfp_record_id",
                "quote_ids", "proposal_ids", "attachment_refs", "linked_task_ids", "audit_log", "custom_fields", "tags", "version",
            ],
            deal.EnumerateObject().Select(member => member.Name));
        Assert.Matches("^deal_[0-9A-HJKMNP-TV-Z]{26}$", deal.Text("id"));
        Assert.Equal(desk.Workspace.Workspace.Uid.ToString("D"), deal.Text("tenant_id"));
        Assert.Equal(("2026-11-20T09:00:00Z", "2026-11-20T09:00:00Z"), (deal.Text("created_at"), deal.Text("updated_at")));
        Assert.Equal(deal.Text("created_by"), deal.Text("updated_by"));
        Assert.Equal(("edm", "api", "qualified", "EUR"),
            (deal.Text("source"), deal.Text("source_type"), deal.Text("stage"), deal.Text("currency")));
        Assert.Equal(("1", "1", "false", "[]"),
            (deal.Raw("version"), deal.Raw("schema_version"), deal.Raw("is_deleted"), deal.Raw("audit_log")));
        Assert.Equal("DEAL-2026-00001", deal.Text("deal_number"));
        Assert.All(["name", "owner_id", "value", "probability", "account_id", "deleted_at"], name => Assert.True(deal.IsNull(name), name));
    }

    [Theory, OnBothBackends]
    public async Task What_is_sent_comes_back(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);
        var (account, ann, ben) = (await desk.Organization("Acme"), await desk.Person("Ann"), await desk.Person("Ben"));
        var owner = (await desk.Create(new { })).Text("created_by");

        var deal = await desk.Create(new
        {
            account_id = $"acc-{account}",
            owner_id = $"usr-{owner}",
            name = "Fleet",
            deal_number = "D-7",
            value = 1234.5,
            currency = "eur",
            probability = 35.5,
            forecast_category = "commit",
            expected_close_date = "2026-12-15",
            next_followup_date = "2026-12-01T10:30:00+02:00",
            deal_type = "renewal",
            deal_source = "rfp",
            competitors = new[] { "Globex", "Initech" },
            closure_notes = "-",
            primary_contact_id = $"con-{ann}",
            contact_ids = new[] { $"con_{UidText.ToUlid(ben)}", ann.ToString() },
            rfp_record_id = "rfp-1",
            quote_ids = new[] { "q1" },
            proposal_ids = new[] { "p1" },
            attachment_refs = new[] { "crm/msa.pdf" },
            linked_task_ids = new[] { "tsk-1" },
            tags = new[] { "hot", "big" },
        });

        Assert.Equal(($"acc-{account}", $"usr-{owner}", "Fleet", "D-7"),
            (deal.Text("account_id"), deal.Text("owner_id"), deal.Text("name"), deal.Text("deal_number")));
        Assert.Equal(("1234.5", "EUR", "35.5"), (deal.Raw("value"), deal.Text("currency"), deal.Raw("probability")));
        Assert.Equal(("2026-12-15T00:00:00Z", "2026-12-01T08:30:00Z"), (deal.Text("expected_close_date"), deal.Text("next_followup_date")));
        Assert.Equal(("commit", "renewal", "rfp", "rfp-1"),
            (deal.Text("forecast_category"), deal.Text("deal_type"), deal.Text("deal_source"), deal.Text("rfp_record_id")));
        Assert.Equal($"con-{ann}", deal.Text("primary_contact_id"));
        Assert.Equal([$"con-{ann}", $"con-{ben}"], deal.Texts("contact_ids"));
        Assert.Equal(("""["Globex","Initech"]""", """["q1"]""", """["p1"]"""),
            (deal.Raw("competitors"), deal.Raw("quote_ids"), deal.Raw("proposal_ids")));
        Assert.Equal(("""["crm/msa.pdf"]""", """["tsk-1"]""", """["hot","big"]"""),
            (deal.Raw("attachment_refs"), deal.Raw("linked_task_ids"), deal.Raw("tags")));
        Assert.Equal(deal.GetRawText(), (await desk.Get(deal)).GetRawText());
    }

    [Theory, OnBothBackends]
    public async Task An_entity_can_be_sent_back_as_it_was_read(
        Backend backend) // the published create sample passes server-managed members
    {
        var desk = await CPodDesk.Open(backend);
        var first = await desk.Create(new { name = "Whole", contact_ids = new[] { await desk.Person("Ann") }, custom_fields = new { } });

        var (same, _) = await desk.Client.Patch(CPodDesk.Path(first), first.GetRawText());
        var (created, second) = await desk.Client.Post(CPodDesk.Deals, first.GetRawText().Replace("DEAL-2026-00001", "D-2"));

        Assert.Equal((200, 201), (same, created));
        Assert.Equal("1", (await desk.Get(first)).Raw("version"));
        Assert.NotEqual(first.Text("id"), second.Text("id"));
        Assert.Equal(("1", "2026-11-20T09:00:00Z"), (second.Raw("version"), second.Text("created_at")));
    }

    // §4.7 "Closing lost", "actual_close_date", "probability", "audit_log"
    [Theory, OnBothBackends]
    public async Task Closing_and_reopening_are_stages(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);
        var deal = await desk.Create(new { name = "Way", stage = "demo", probability = 40 });

        var (refused, error) = await desk.Client.Patch(CPodDesk.Path(deal), new { stage = "closed_lost", loss_category = " " });
        TestClock.Instance.Advance(TimeSpan.FromMinutes(30));
        var lost = await desk.Patch(deal, new { stage = "closed_lost", loss_reason = "Price", loss_category = "price" });
        var open = await desk.Patch(deal, new { stage = "proposal" });
        var won = await desk.Patch(deal, new { stage = "closed_won", actual_close_date = "2026-11-01", probability = 99 });

        Assert.Equal(422, refused);
        Assert.Equal(["body.loss_reason", "body.loss_category"], CPodDesk.Places(error));
        Assert.Equal(("closed_lost", "2026-11-20T09:30:00Z", "0"),
            (lost.Text("stage"), lost.Text("actual_close_date"), lost.Raw("probability")));
        Assert.Equal(("proposal", true, true, true),
            (open.Text("stage"), open.IsNull("actual_close_date"), open.IsNull("loss_reason"), open.IsNull("loss_category")));
        Assert.Equal(("closed_won", "2026-11-01T00:00:00Z", "99"),
            (won.Text("stage"), won.Text("actual_close_date"), won.Raw("probability")));
        Assert.Equal(
            [("demo", "closed_lost"), ("closed_lost", "proposal"), ("proposal", "closed_won")],
            won.GetProperty("audit_log").EnumerateArray().Select(entry => (entry.Text("from_stage"), entry.Text("to_stage"))));
        var entry = won.GetProperty("audit_log")[0];
        Assert.Equal(["from_stage", "to_stage", "changed_at", "changed_by"], entry.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("2026-11-20T09:30:00Z", won.Text("created_by")), (entry.Text("changed_at"), entry.Text("changed_by")));
    }

    [Theory, OnBothBackends]
    public async Task A_won_deal_is_certain_and_a_loss_made_at_creation_is_explained(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);

        var won = await desk.Create(new { stage = "closed_won" });
        var (refused, error) = await desk.Client.Post(CPodDesk.Deals, new { stage = "closed_lost" });
        var lost = await desk.Create(new { stage = "closed_lost", loss_reason = "Timing", loss_category = "timing" });

        Assert.Equal(("100", "0", "[]"), (won.Raw("probability"), lost.Raw("probability"), lost.Raw("audit_log")));
        Assert.Equal((422, 2), (refused, CPodDesk.Places(error).Count));
    }

    [Theory, OnBothBackends]
    public async Task A_client_that_sends_all_it_read_can_reopen(
        Backend backend) // "leaving closed_* sets null and clears loss_reason/loss_category"
    {
        var desk = await CPodDesk.Open(backend);
        var lost = await desk.Create(new { stage = "closed_lost", loss_reason = "Timing", loss_category = "timing" });

        var open = await desk.Client.Patch(CPodDesk.Path(lost), lost.GetRawText().Replace("\"closed_lost\"", "\"qualified\""));

        Assert.Equal((200, "qualified"), (open.Status, open.Json.Text("stage")));
        Assert.True(open.Json.IsNull("loss_reason") && open.Json.IsNull("actual_close_date"));
    }

    [Theory, OnBothBackends]
    public async Task A_loss_that_another_dialect_left_unexplained_is_explained_at_the_next_change(
        Backend backend) // "when the resulting document has stage closed_lost"
    {
        var desk = await CPodDesk.Open(backend);
        var service = new DealService(desk.Workspace.Db);
        var deal = await service.Create(desk.Workspace.Admin, new() { Title = "Elsewhere", Status = DealStatus.Lost }, Ct);

        var (status, error) = await desk.Client.Patch($"{CPodDesk.Deals}/deal-{deal.Uid}", new { name = "x" });

        Assert.Equal(422, status);
        Assert.Equal(["body.loss_reason", "body.loss_category"], CPodDesk.Places(error));
    }

    // §4.5: open strings, "never reject by default"
    [Theory, OnBothBackends]
    public async Task A_word_that_nobody_used_makes_a_stage(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);

        var first = await desk.Create(new { name = "a", stage = "contract_review" });
        var second = await desk.Create(new { name = "b", stage = "Contract review" });
        var moved = await desk.Patch(first, new { stage = "Überprüfung" });
        var back = await desk.Patch(first, new { stage = "Qualified" });

        Assert.Equal(("contract_review", "contract_review", "uberprufung", "qualified"),
            (first.Text("stage"), second.Text("stage"), moved.Text("stage"), back.Text("stage")));
        var (_, list) = await desk.Client.Get($"{CPodDesk.Deals}?stage=contract_review");
        Assert.Equal(["b"], list.GetProperty("data").EnumerateArray().Select(deal => deal.Text("name")));
    }

    [Theory, OnBothBackends]
    public async Task Stages_made_by_words_are_bounded(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);
        for (var n = 0; n < 47; n++) await desk.Create(new { stage = $"step_{n}" });

        var (status, error) = await desk.Client.Post(CPodDesk.Deals, new { stage = "one_more" });
        var (known, _) = await desk.Client.Post(CPodDesk.Deals, new { stage = "step_3" });

        Assert.Equal((422, 201), (status, known));
        Assert.Equal(["body.stage"], CPodDesk.Places(error));
    }

    [Theory, OnBothBackends]
    public async Task A_pipeline_is_named_by_id_number_or_name(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);
        var shown = (await desk.Create(new { })).Text("pipeline_id");

        foreach (var name in new[] { shown!, desk.Workspace.PipelineId.ToString(System.Globalization.CultureInfo.InvariantCulture), "sales",
            "Sales" })
        {
            Assert.Equal(shown, (await desk.Create(new { pipeline_id = name })).Text("pipeline_id"));
        }
        var (status, error) = await desk.Client.Post(CPodDesk.Deals, new { pipeline_id = "nowhere" });
        Assert.Equal(422, status);
        Assert.Equal(["body.pipeline_id"], CPodDesk.Places(error));
    }

    // §4.7 "version"
    [Theory, OnBothBackends]
    public async Task A_version_that_is_not_current_is_a_conflict(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);
        var deal = await desk.Create(new { name = "One" });
        var second = await desk.Patch(deal, new { name = "Two", version = 1 });

        var (inBody, body) = await desk.Client.Patch(CPodDesk.Path(deal), new { name = "Three", version = 1 });
        var (inHeader, header) = await desk.Client.Patch(CPodDesk.Path(deal), new { name = "Three" }, ("If-Match", "\"1\""));
        var (deleting, _) = await desk.Client.Delete(CPodDesk.Path(deal), ("If-Match", "\"1\""));
        var (right, third) = await desk.Client.Patch(CPodDesk.Path(deal), new { name = "Three" }, ("If-Match", "\"2\""));
        var fourth = await desk.Patch(deal, new { name = "Four" });
        using var answer = await desk.Client.GetAsync(CPodDesk.Path(deal), Ct);

        Assert.Equal((409, 409, 409, 200), (inBody, inHeader, deleting, right));
        Assert.Equal("""{"detail":"Version conflict","current_version":2}""", body.GetRawText());
        Assert.Equal(body.GetRawText(), header.GetRawText());
        Assert.Equal(("2", "3", "4", "\"4\""),
            (second.Raw("version"), third.Raw("version"), fourth.Raw("version"), answer.Headers.ETag!.Tag));
    }

    // §4.7 "Delete"
    [Theory, OnBothBackends]
    public async Task A_deleted_deal_shows_only_when_asked_for(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);
        var deal = await desk.Create(new { name = "Gone" });

        var (deleted, _) = await desk.Client.Delete(CPodDesk.Path(deal));
        var (get, error) = await desk.Client.Get(CPodDesk.Path(deal));
        var (patch, _) = await desk.Client.Patch(CPodDesk.Path(deal), new { name = "Back" });
        var (again, _) = await desk.Client.Delete(CPodDesk.Path(deal));
        var (bin, shown) = await desk.Client.Get($"{CPodDesk.Path(deal)}?include_deleted=true");

        Assert.Equal((204, 404, 404, 404, 200), (deleted, get, patch, again, bin));
        Assert.Equal("""{"detail":"Deal not found"}""", error.GetRawText());
        Assert.Equal(("true", "2026-11-20T09:00:00Z", "2"), (shown.Raw("is_deleted"), shown.Text("deleted_at"), shown.Raw("version")));
        Assert.Equal(shown.Text("created_by"), shown.Text("deleted_by"));
        Assert.Empty(await desk.Names(""));
        Assert.Equal(["Gone"], await desk.Names("include_deleted=true"));
        Assert.Equal(["Gone"], await desk.Names("is_deleted=true"));
        Assert.Equal((409, 201),
            ((await desk.Client.Post(CPodDesk.Deals, new { deal_number = deal.Text("deal_number") })).Status,
                (await desk.Client.Post(CPodDesk.Deals, new { })).Status));
    }

    // §4.7 "json arrays": PATCH replaces; one write is one version.
    [Theory, OnBothBackends]
    public async Task Arrays_are_replaced_and_a_write_is_one_version(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);
        var (ann, ben) = (await desk.Person("Ann"), await desk.Person("Ben"));
        var deal = await desk.Create(new { tags = new[] { "a", "b" }, quote_ids = new[] { "q" }, contact_ids = new[] { $"con-{ann}" } });

        var changed =
            await desk.Patch(deal,
                new
                {
                    tags = new[] { "c" },
                    quote_ids = Array.Empty<string>(),
                    contact_ids = new[] { $"con-{ben}" },
                    competitors = (string[]?)null
                });

        Assert.Equal(("""["c"]""", "[]", "2"), (changed.Raw("tags"), changed.Raw("quote_ids"), changed.Raw("version")));
        Assert.Equal([$"con-{ben}"], changed.Texts("contact_ids"));
    }

    // seed: "Per-tenant schema extension (e.g. risk_score, executive_summary …)"; §4.7: "PATCH = shallow merge, null removes key"
    [Theory, OnBothBackends]
    public async Task Custom_fields_take_any_key_and_are_merged(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);

        var deal =
            await desk.Create(
                new { custom_fields = new { risk_score = 7.5, executive_summary = "Fine", bid_decision = new { go = true } } });
        var merged =
            await desk.Patch(deal, new { custom_fields = new { risk_score = 8, executive_summary = (string?)null, rfp_status = "open" } });

        Assert.Equal(JsonValueKind.Object, deal.GetProperty("custom_fields").GetProperty("bid_decision").ValueKind);
        Assert.Equal(("7.5", "Fine"),
            (deal.GetProperty("custom_fields").Raw("risk_score"), deal.GetProperty("custom_fields").Text("executive_summary")));
        Assert.Equal(["bid_decision", "rfp_status", "risk_score"],
            merged.GetProperty("custom_fields").EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(("8", "2"), (merged.GetProperty("custom_fields").Raw("risk_score"), merged.Raw("version")));
    }

    [Theory, OnBothBackends]
    public async Task Null_clears_and_a_name_goes_back_to_none(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);
        var deal =
            await desk.Create(new
            {
                name = "Named",
                value = 5,
                account_id = $"acc-{await desk.Organization("Acme")}",
                deal_type = "renewal",
                expected_close_date = "2026-12-15T00:00:00Z"
            });

        var cleared =
            await desk.Patch(deal,
                new
                {
                    name = (string?)null,
                    value = (int?)null,
                    account_id = (string?)null,
                    deal_type = (string?)null,
                    expected_close_date = (string?)null
                });
        var (refused, error) = await desk.Client.Patch(CPodDesk.Path(deal), new { stage = (string?)null, currency = (string?)null });

        Assert.All(["name", "value", "account_id", "deal_type", "expected_close_date"], name => Assert.True(cleared.IsNull(name), name));
        Assert.Equal(422, refused);
        Assert.Equal(["body.currency", "body.stage"], CPodDesk.Places(error).Order());
    }

    // §4.7 "Errors", "Unknown body field"; closed schema: "unknown fields rejected"
    [Theory, OnBothBackends]
    public async Task Everything_that_is_wrong_is_listed_as_fastapi_does(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);

        var (status, error) = await desk.Client.Post(CPodDesk.Deals,
            new
            {
                probability = 101,
                value = "many",
                colour = "red",
                owner_id = $"usr-{Guid.Empty}",
                account_id = "acme",
                expected_close_date = "soon"
            });
        var (missing, unknown) = await desk.Client.Post(CPodDesk.Deals,
            new
            {
                account_id = $"acc-{Guid.Empty}",
                primary_contact_id = $"con-{await desk.Organization("Not a person")}",
                contact_ids = new[] { Guid.Empty }
            });
        var (malformed, json) = await desk.Client.Post(CPodDesk.Deals, "{\"name\":");
        var (array, _) = await desk.Client.Post(CPodDesk.Deals, "[]");
        var (method, _) = await desk.Client.Put(CPodDesk.Deals, new { });

        Assert.Equal((422, 422, 422, 422, 405), (status, missing, malformed, array, method));
        Assert.Equal(["body.account_id", "body.colour", "body.expected_close_date", "body.owner_id", "body.probability", "body.value"],
            CPodDesk.Places(error).Order());
        Assert.Equal("extra_forbidden", error.GetProperty("detail").EnumerateArray()
            .Single(one => one.GetProperty("loc")[1].GetString() == "colour").Text("type"));
        Assert.Equal(["body.account_id", "body.contact_ids", "body.primary_contact_id"], CPodDesk.Places(unknown).Order());
        Assert.Equal(("body", "json_invalid"), (Assert.Single(CPodDesk.Places(json)), json.GetProperty("detail")[0].Text("type")));
    }

    [Theory, OnBothBackends]
    public async Task What_another_dialect_wrote_reads_in_cpods_words(Backend backend) // design §2: one record, many spellings
    {
        var desk = await CPodDesk.Open(backend);
        var service = new DealService(desk.Workspace.Db);
        var deal = await service.Create(desk.Workspace.Admin, new() { Title = "Elsewhere" }, Ct);
        await service.Update(desk.Workspace.Admin, deal.Id, new() { StageId = desk.Workspace.Stages[1], Note = "called them" }, Ct);
        await service.Update(desk.Workspace.Admin, deal.Id, new() { Status = DealStatus.Won }, Ct);

        var (_, shown) = await desk.Client.Get($"{CPodDesk.Deals}/{deal.Uid}");

        Assert.Equal(("native", "closed_won", "Elsewhere"), (shown.Text("source"), shown.Text("stage"), shown.Text("name")));
        Assert.True(shown.IsNull("app_id"));
        Assert.Equal([("qualified", "demo"), ("demo", "closed_won")],
            shown.GetProperty("audit_log").EnumerateArray().Select(entry => (entry.Text("from_stage"), entry.Text("to_stage"))));
        Assert.Equal("called them", shown.GetProperty("audit_log")[0].Text("note"));
        Assert.False(shown.GetProperty("audit_log")[1].TryGetProperty("note", out _));
    }
}
