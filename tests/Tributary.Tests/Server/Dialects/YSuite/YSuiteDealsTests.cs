using System.Text.Json;
using Tributary.Core.Contacts;
using Tributary.Core.Labels;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.YSuite;

/// <summary>What the vendor's page "Deals" states, and where it is silent the decisions of the reference, section 1.4.</summary>
public sealed class YSuiteDealsTests
{
    // docs: POST → 200, "Deal created successfully!", deal_id and deal_name only.
    [Theory, OnBothBackends]
    public async Task Creating_answers_the_documented_sentence(Backend backend)
    {
        var ysuite = await YSuite.Open(backend);

        var (status, json) = await ysuite.Client.Post(YSuite.Deals, ysuite.Body("Acme Corp — Enterprise License"));

        var id = json.GetProperty("data").GetProperty("deal_id").GetInt64();
        Assert.Equal(
            (200, $$$"""{"success":true,"message":"Deal created successfully!","data":{"deal_id":{{{id}}},"deal_name":"Acme Corp — Enterprise License"}}"""), (status, json.GetRawText()));
    }

    // docs: the body table; reference §1.4 "GET one": every field plus ids and names.
    [Theory, OnBothBackends]
    public async Task One_deal_shows_every_field_that_was_sent(Backend backend)
    {
        var ysuite = await YSuite.Open(backend);
        var (db, admin) = (ysuite.Workspace.Db, ysuite.Workspace.Admin);
        var person = await new PersonService(db).Create(admin, new() { Name = "Ina Inside", OrgId = ysuite.Company }, default);
        var tag = await new TagService(db).Create(admin, "hot", default);
        var catalog = await new Tributary.Core.Catalog.CatalogService(db).Current(admin, default);
        var currency = catalog.Currencies.First(one => one.Code == "EUR").Id;
        var id = await ysuite.Deal("Full", ("deal_amount", 15000), ("deal_amount_currency", currency),
            ("deal_owner_id", ysuite.Workspace.Member.UserId), ("deal_contact_id", person.Id),
            ("deal_expected_close_date", "2026-09-30"), ("deal_source", "Referral"), ("deal_description", "Long story"),
            ("deal_assignedto", ysuite.Workspace.Manager.UserId), ("tag_ids", new[] { tag.Id }));

        var deal = await ysuite.Get($"{YSuite.Deals}/{id}");

        Assert.Equal("15000.00", deal.GetProperty("deal_amount").GetRawText());
        Assert.Equal(currency, deal.GetProperty("deal_amount_currency").GetInt64());
        Assert.Equal((ysuite.Company, ysuite.Pipeline, person.Id),
            (deal.GetProperty("cstid").GetInt64(), deal.GetProperty("pipeline_id").GetInt64(), deal.GetProperty("deal_contact_id")
                .GetInt64()));
        Assert.Equal(("2026-09-30", "Referral", "Long story"),
            (Text("deal_expected_close_date"), Text("deal_source"), Text("deal_description")));
        Assert.Equal(("Sam Seller", "Mia Manager"), (Text("owner"), Text("assigned_to")));
        Assert.Equal((ysuite.Workspace.Stages[0], "Qualified", "Open"),
            (deal.GetProperty("deal_current_stage").GetInt64(), Text("stage_name"), Text("stage_type")));
        Assert.Equal($"[{tag.Id}]", deal.GetProperty("tag_ids").GetRawText());
        Assert.Equal(("2026-11-20T09:00:00Z", "2026-11-20T09:00:00Z"), (Text("created_on"), Text("updated_on")));

        string? Text(string name) => deal.GetProperty(name).GetString();
    }

    // docs: the example response of "List deals"; pageSize 10, pageIndex from 0, current_page from 1.
    [Theory, OnBothBackends]
    public async Task A_list_has_the_documented_members_and_counts_its_pages(Backend backend)
    {
        var ysuite = await YSuite.Open(backend);
        for (var n = 1; n <= 12; n++) await ysuite.Deal($"Deal {n}");

        var first = await ysuite.Get(YSuite.Deals);
        var second = await ysuite.Get($"{YSuite.Deals}?pageIndex=1");
        var beyond = await ysuite.Get($"{YSuite.Deals}?pageIndex=7&pageSize=5");
        var clamped = await ysuite.Get($"{YSuite.Deals}?pageSize=500");
        var least = await ysuite.Get($"{YSuite.Deals}?pageSize=0");

        Assert.Equal(["data", "current_page", "total_records", "total_pages"], first.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["deal_id", "deal_name", "deal_amount", "deal_source", "deal_expected_close_date", "pipeline_id", "cstid", "owner"],
            first.GetProperty("data")[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal("Deal 12", first.GetProperty("data")[0].GetProperty("deal_name").GetString());
        Assert.Equal((10, 1, 12, 2), Counts(first));
        Assert.Equal((2, 2, 12, 2), Counts(second));
        Assert.Equal((0, 8, 12, 3), Counts(beyond));
        Assert.Equal((12, 1, 12, 1), Counts(clamped));
        Assert.Equal((1, 1, 12, 12), Counts(least));
    }

    // docs: search (name or description), pipeline_id, deal_current_stage, cstid, deal_owner_id, sortBy, sortOrder.
    [Theory, OnBothBackends]
    public async Task Every_parameter_of_the_list_works(Backend backend)
    {
        var ysuite = await YSuite.Open(backend);
        var other = await new OrganizationService(ysuite.Workspace.Db).Create(ysuite.Workspace.Admin, new() { Name = "Beta" }, default);
        await ysuite.Deal("Alpha", ("deal_amount", 2), ("deal_description", "needs a CRANE"));
        await ysuite.Deal("Crane rental", ("deal_amount", 1), ("cstid", other.Id), ("deal_owner_id", ysuite.Workspace.Member.UserId));
        await ysuite.Deal("Gamma", ("deal_amount", 3), ("deal_current_stage", ysuite.Workspace.Stages[1]));
        await ysuite.Deal("Sold", ("deal_current_stage", ysuite.Workspace.WonStage));

        async Task Finds(string query, params string[] expected) =>
            Assert.Equal(expected, (await ysuite.Get($"{YSuite.Deals}?{query}")).GetProperty("data").EnumerateArray()
                .Select(deal => deal.GetProperty("deal_name").GetString()));

        await Finds("search=crane", "Crane rental", "Alpha");
        await Finds($"pipeline_id={ysuite.Pipeline}", "Sold", "Gamma", "Crane rental", "Alpha");
        await Finds("pipeline_id=999999");
        await Finds($"deal_current_stage={ysuite.Workspace.Stages[1]}", "Gamma");
        await Finds($"deal_current_stage={ysuite.Workspace.WonStage}", "Sold");
        await Finds($"cstid={other.Id}", "Crane rental");
        await Finds($"deal_owner_id={ysuite.Workspace.Member.UserId}", "Crane rental");
        await Finds("sortBy=deal_name", "Alpha", "Crane rental", "Gamma", "Sold");
        await Finds("sortBy=deal_amount&sortOrder=desc", "Gamma", "Alpha", "Crane rental", "Sold");
        await Finds("sortOrder=asc", "Alpha", "Crane rental", "Gamma", "Sold");
    }

    // docs: PUT needs deal_name, pipeline_id, cstid each time and answers without data; reference: the rest is left, null clears, tag_ids
    // replaces.
    [Theory, OnBothBackends]
    public async Task An_update_needs_three_members_leaves_the_rest_and_null_clears(Backend backend)
    {
        var ysuite = await YSuite.Open(backend);
        var id = await ysuite.Deal("Before", ("deal_amount", "12.5"), ("deal_source", "Cold call"));
        var path = $"{YSuite.Deals}/{id}";

        var said = await ysuite.Put(path, ysuite.Body("After"));
        var kept = await ysuite.Get(path);
        await ysuite.Put(path, ysuite.Body("After", ("deal_amount", null), ("deal_source", null), ("deal_owner_id", null)));
        var cleared = await ysuite.Get(path);
        var (missing, errors) = await ysuite.Client.Put(path, new { deal_amount = 1 });

        Assert.Equal("""{"success":true,"message":"Deal updated successfully!"}""", said);
        Assert.Equal(("After", "12.50", "Cold call"),
            (kept.GetProperty("deal_name").GetString(), kept.GetProperty("deal_amount").GetRawText(), kept.GetProperty("deal_source")
                .GetString()));
        Assert.All((string[])["deal_amount", "deal_source", "deal_owner_id"],
            name => Assert.Equal(JsonValueKind.Null, cleared.GetProperty(name).ValueKind));
        Assert.Equal(422, missing);
        Assert.Equal(["deal_name", "pipeline_id", "cstid"], errors.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    // reference: Won/Lost follow from the stage's type and stamp deal_closed_on; an open stage reopens.
    [Theory, OnBothBackends]
    public async Task A_stage_of_type_won_or_lost_closes_and_an_open_one_reopens(Backend backend)
    {
        var ysuite = await YSuite.Open(backend);
        var path = $"{YSuite.Deals}/{await ysuite.Deal("Closing")}";

        await ysuite.Put(path, ysuite.Body("Closing", ("deal_current_stage", ysuite.Workspace.WonStage)));
        var won = await ysuite.Get(path);
        await ysuite.Put(path, ysuite.Body("Closing", ("deal_current_stage", ysuite.Workspace.LostStage)));
        var lost = await ysuite.Get(path);
        await ysuite.Put(path, ysuite.Body("Closing", ("deal_current_stage", ysuite.Workspace.Stages[1])));
        var open = await ysuite.Get(path);

        Assert.Equal(("Won", ysuite.Workspace.WonStage, "2026-11-20T09:00:00Z"), Place(won));
        Assert.Equal(("Lost", ysuite.Workspace.LostStage, "2026-11-20T09:00:00Z"), Place(lost));
        Assert.Equal(("Open", ysuite.Workspace.Stages[1], null), Place(open));
    }

    // docs: DELETE → 200 "Deal deleted successfully" without an exclamation mark; reference: gone from every read, a second delete is 400.
    [Theory, OnBothBackends]
    public async Task A_deleted_deal_is_gone_and_not_found_is_400(Backend backend)
    {
        var (ysuite, other) = (await YSuite.Open(backend), await YSuite.Open(backend));
        var path = $"{YSuite.Deals}/{await ysuite.Deal("Gone")}";

        Assert.Equal(400, (await other.Client.Get(path)).Status);
        Assert.Equal(400, (await other.Client.Put(path, other.Body("Stolen"))).Status);
        Assert.Equal(400, (await other.Client.Delete(path)).Status);
        var (status, said) = await ysuite.Client.Delete(path);
        Assert.Equal((200, """{"success":true,"message":"Deal deleted successfully"}"""), (status, said.GetRawText()));
        foreach (var (gone, json) in new[] { await ysuite.Client.Get(path), await ysuite.Client.Delete(path),
            await ysuite.Client.Get($"{YSuite.Deals}/abc"), await ysuite.Client.Put(path, ysuite.Body("Back")) })
        {
            Assert.Equal((400, """{"success":false,"message":"Deal not found"}"""), (gone, json.GetRawText()));
        }
        Assert.Equal(0, (await ysuite.Get(YSuite.Deals)).GetProperty("total_records").GetInt32());
    }

    // docs, "Errors": 422 with errors{}; the documented sentence "The deal_name field is required."; reference §1.4: wrong references are
    // 422 under their field.
    [Theory, OnBothBackends]
    public async Task What_is_wrong_is_422_under_its_field(Backend backend)
    {
        var (ysuite, other) = (await YSuite.Open(backend), await YSuite.Open(backend));
        var person = await new PersonService(ysuite.Workspace.Db).Create(ysuite.Workspace.Admin, new() { Name = "Individual" }, default);
        (string Field, object? Value)[] cases =
        [
            ("deal_name", null), ("deal_name", ""), ("deal_name", new string('x', 256)), ("pipeline_id", other.Pipeline),
            ("pipeline_id", "x"), ("cstid", other.Company), ("cstid", person.Id), ("cstid", null),
            ("deal_amount", "much"), ("deal_amount_currency", 999999), ("deal_owner_id", 999999), ("deal_contact_id", 999999),
            ("deal_contact_id", ysuite.Company), ("deal_assignedto", 999999),
            ("deal_expected_close_date", "30.09.2026"), ("tag_ids", new[] { 999999 }), ("tag_ids", "hot"),
            ("deal_current_stage", other.Workspace.Stages[0]), ("deal_source", new string('x', 256)),
        ];
        foreach (var (field, value) in cases)
        {
            var (status, json) = await ysuite.Client.Post(YSuite.Deals, ysuite.Body("x", (field, value)));
            Assert.True(status == 422, $"{field} {value} was answered {status}");
            Assert.True(json.GetProperty("errors").TryGetProperty(field, out _), $"{field} {value}: {json}");
        }
        var (_, required) = await ysuite.Client.Post(YSuite.Deals, new { });
        Assert.Equal("The deal_name field is required.", required.GetProperty("message").GetString());
        Assert.Equal("""["The cstid field is required."]""", required.GetProperty("errors").GetProperty("cstid").GetRawText());
        foreach (var query in (string[])["pageSize=x", "pageIndex=-1", "sortOrder=up", "sortBy=colour", "pipeline_id=x", "cstid=0"])
        {
            Assert.True((await ysuite.Client.Get($"{YSuite.Deals}?{query}")).Status == 422, query);
        }
        Assert.Equal(400, (await ysuite.Client.Post(YSuite.Deals, "{")).Status);
    }

    // docs, "Authentication": {"success":false,"message":"Invalid API credentials."} for a missing, wrong or revoked pair.
    [Theory, OnBothBackends]
    public async Task Both_keys_of_one_pair_are_needed(Backend backend)
    {
        var ysuite = await YSuite.Open(backend);
        var (one, two) = (await YSuite.Pair(ysuite.Workspace), await YSuite.Pair(ysuite.Workspace));
        var client = await TestServers.Anonymous(backend);

        foreach (var headers in ((string, string)[][])[
            [], [("x-ysuite-access-key", one.Token)], [("x-ysuite-secret-key", one.Secret!)],
            [("x-ysuite-access-key", one.Token), ("x-ysuite-secret-key", two.Secret!)]])
        {
            var (status, json) = await client.Get(YSuite.Deals, headers);
            Assert.Equal((401, """{"success":false,"message":"Invalid API credentials."}"""), (status, json.GetRawText()));
        }
        Assert.Equal(200,
            (await client.Get(YSuite.Deals, ("x-ysuite-access-key", one.Token), ("x-ysuite-secret-key", one.Secret!))).Status);
    }

    // reference §1.1: an optional Idempotency-Key on POST is honoured.
    [Theory, OnBothBackends]
    public async Task A_repeated_request_makes_one_deal(Backend backend)
    {
        var ysuite = await YSuite.Open(backend);

        var first = await ysuite.Client.Post(YSuite.Deals, ysuite.Body("Once"), ("Idempotency-Key", "k1"));
        var again = await ysuite.Client.Post(YSuite.Deals, ysuite.Body("Once"), ("Idempotency-Key", "k1"));

        Assert.Equal(first.Json.GetRawText(), again.Json.GetRawText());
        Assert.Equal(1, (await ysuite.Get(YSuite.Deals)).GetProperty("total_records").GetInt32());
    }

    private static (int, int, int, int) Counts(JsonElement page) =>
        (page.GetProperty("data").GetArrayLength(), page.GetProperty("current_page").GetInt32(),
        page.GetProperty("total_records").GetInt32(), page.GetProperty("total_pages").GetInt32());

    private static (string?, long, string?) Place(JsonElement deal) =>
        (deal.GetProperty("stage_type").GetString(), deal.GetProperty("deal_current_stage").GetInt64(), deal.GetProperty("deal_closed_on")
            .GetString());
}
