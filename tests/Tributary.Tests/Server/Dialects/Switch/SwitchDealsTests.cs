using System.Text.Json;
using Tributary.Core.Contacts;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Switch;

/// <summary>
/// What the vendor's page "Deals API" states, and where it is silent the decisions of the reference, section 3.4.
/// </summary>
public sealed class SwitchDealsTests
{
    private const string Deals = "/switch/api/v1/deals";

    // docs: "Deal Object", "Create Deal … Returns 201", priority default "medium"; embedded summaries.
    [Theory, OnBothBackends]
    public async Task A_created_deal_is_the_documented_object(Backend backend)
    {
        var (client, workspace, ids) = await Client(backend);
        var person = await new PersonService(workspace.Db)
            .Create(workspace.Admin, new() { Name = "Ops", Emails = new(true, [new("ops@acme.test", "work", true)]) }, default);

        var (status, json) = await client.Post(Deals,
            new
            {
                pipeline_id = ids.Pipeline,
                stage_id = ids.Stage,
                name = "Acme — fleet pilot",
                amount = 12000,
                customer_id = person.Uid
            });

        var deal = json.GetProperty("data");
        Assert.Equal(201, status);
        Assert.Equal(
            ["id", "organization_id", "pipeline_id", "stage_id", "name", "amount", "currency", "status", "priority", "customer_id",
                "owner_id", "expected_close_date", "notes", "tags", "position",
             "won_at", "lost_at", "created_at", "customer", "owner", "stage"],
            deal.EnumerateObject().Select(member => member.Name));
        Assert.Equal("Acme — fleet pilot", deal.GetProperty("name").GetString());
        Assert.Equal("12000", deal.GetProperty("amount").GetRawText());
        Assert.Equal("medium", deal.GetProperty("priority").GetString());
        Assert.Equal("USD", deal.GetProperty("currency").GetString());
        Assert.Equal("open", deal.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, deal.GetProperty("owner_id").ValueKind);
        Assert.Equal("2026-11-20T09:00:00Z", deal.GetProperty("created_at").GetString());
        Assert.Equal(person.Uid, deal.GetProperty("customer").GetProperty("id").GetGuid());
        Assert.Equal("ops@acme.test", deal.GetProperty("customer").GetProperty("email").GetString());
        Assert.Equal("Qualified", deal.GetProperty("stage").GetProperty("name").GetString());
    }

    // docs: "If stage_id doesn't belong to pipeline_id in your org, returns 400."
    [Theory, OnBothBackends]
    public async Task A_stage_of_another_pipeline_or_organization_is_400(Backend backend)
    {
        var (client, workspace, ids) = await Client(backend);
        var (_, _, foreign) = await Client(backend);

        var (stage, error) = await client.Post(Deals, new { pipeline_id = ids.Pipeline, stage_id = foreign.Stage, name = "x" });
        var (pipeline, _) = await client.Post(Deals, new { pipeline_id = foreign.Pipeline, stage_id = ids.Stage, name = "x" });

        Assert.Equal((400, 400), (stage, pipeline));
        Assert.Equal("invalid_request", error.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("stage_id", error.GetProperty("error").GetProperty("details")[0].GetProperty("path").GetString());
    }

    // docs: "Setting status to won or lost stamps won_at / lost_at"; reference: same status again keeps the first stamp, open clears both.
    [Theory, OnBothBackends]
    public async Task Winning_losing_and_reopening_stamp_and_clear(Backend backend)
    {
        var (client, _, ids) = await Client(backend);
        var deal = await Create(client, ids, "Stamps");

        var won = await Patch(client, deal, new { status = "won" });
        TestClock.Instance.Advance(TimeSpan.FromHours(1));
        var again = await Patch(client, deal, new { status = "won", notes = "signed" });
        var lost = await Patch(client, deal, new { status = "lost" });
        var open = await Patch(client, deal, new { status = "open" });

        Assert.Equal("2026-11-20T09:00:00Z", won.GetProperty("won_at").GetString());
        Assert.Equal("2026-11-20T09:00:00Z", again.GetProperty("won_at").GetString());
        Assert.Equal(JsonValueKind.Null, lost.GetProperty("won_at").ValueKind);
        Assert.Equal("2026-11-20T10:00:00Z", lost.GetProperty("lost_at").GetString());
        Assert.Equal(JsonValueKind.Null, open.GetProperty("lost_at").ValueKind);
    }

    // docs: "status (open|won|lost|all, default open)"; siblings' lists: meta, limit 50, next_offset.
    [Theory, OnBothBackends]
    public async Task The_list_shows_open_deals_newest_first_and_says_where_to_go_on(Backend backend)
    {
        var (client, _, ids) = await Client(backend);
        for (var n = 1; n <= 3; n++)
        {
            TestClock.Instance.Advance(TimeSpan.FromMinutes(1));
            await Create(client, ids, $"Deal {n}");
        }
        var (_, all) = await client.Get($"{Deals}?status=all");
        await Patch(client, all.GetProperty("data")[1].GetProperty("id").GetString()!, new { status = "won" });

        var (_, first) = await client.Get($"{Deals}?limit=1");
        var (_, second) = await client.Get($"{Deals}?limit=1&offset=1");
        var (_, won) = await client.Get($"{Deals}?status=won&pipeline_id={ids.Pipeline}&stage_id={ids.Stage}");

        Assert.Equal("Deal 3", first.GetProperty("data")[0].GetProperty("name").GetString());
        Assert.Equal("""{"total":2,"limit":1,"offset":0,"next_offset":1}""", first.GetProperty("meta").GetRawText());
        Assert.Equal("Deal 1", second.GetProperty("data")[0].GetProperty("name").GetString());
        Assert.Equal("""{"total":2,"limit":1,"offset":1,"next_offset":null}""", second.GetProperty("meta").GetRawText());
        Assert.Equal("Deal 2", Assert.Single(won.GetProperty("data").EnumerateArray()).GetProperty("name").GetString());
    }

    // docs: "search (matches name)"; reference: case-insensitive substring.
    [Theory, OnBothBackends]
    public async Task Search_finds_part_of_a_name_in_any_case(Backend backend)
    {
        var (client, _, ids) = await Client(backend);
        await Create(client, ids, "Ärzte GmbH — Renewal 50% off_now");
        await Create(client, ids, "Something else");

        var (_, found) = await client.Get($"{Deals}?search=ÄRZTE");
        var (_, literal) = await client.Get($"{Deals}?search={Uri.EscapeDataString("50% off_")}");
        var (_, none) = await client.Get($"{Deals}?search={Uri.EscapeDataString("5_% off")}");

        Assert.Single(found.GetProperty("data").EnumerateArray());
        Assert.Single(literal.GetProperty("data").EnumerateArray());
        Assert.Empty(none.GetProperty("data").EnumerateArray());
    }

    // docs: "DELETE … soft-delete. Returns 204"; reference: afterwards 404, absent from every list.
    [Theory, OnBothBackends]
    public async Task A_deleted_deal_is_gone_from_every_read(Backend backend)
    {
        var (client, _, ids) = await Client(backend);
        var deal = await Create(client, ids, "Gone");

        var (deleted, _) = await client.Delete($"{Deals}/{deal}");
        var (get, _) = await client.Get($"{Deals}/{deal}");
        var (patch, _) = await client.Patch($"{Deals}/{deal}", new { name = "Back" });
        var (again, _) = await client.Delete($"{Deals}/{deal}");
        var (_, list) = await client.Get($"{Deals}?status=all");

        Assert.Equal((204, 404, 404, 404), (deleted, get, patch, again));
        Assert.Empty(list.GetProperty("data").EnumerateArray());
    }

    // docs: required scopes deals:read, deals:write; siblings: writing implies reading.
    [Theory, OnBothBackends]
    public async Task A_reading_key_may_not_write(Backend backend)
    {
        var (client, workspace, ids) = await Client(backend);
        var deal = await Create(client, ids, "Mine");
        client.DefaultRequestHeaders.Authorization = new("Bearer", await TestServers.Token(workspace, "switch", null, "deals:read"));

        var (list, _) = await client.Get(Deals);
        var (create, error) = await client.Post(Deals, new { });
        var (delete, _) = await client.Delete($"{Deals}/{deal}");

        Assert.Equal((200, 403, 403), (list, create, delete));
        Assert.Equal("forbidden", error.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("deals:write", error.GetProperty("error").GetProperty("details")[0].GetProperty("message").GetString());
    }

    // reference §3.4, row by row
    [Theory, OnBothBackends]
    public async Task What_is_wrong_is_400_and_named(Backend backend)
    {
        var (client, workspace, ids) = await Client(backend);
        var deal = await Create(client, ids, "Refusals");
        (string Field, string Body)[] cases =
        [
            ("name", """{"name":null}"""), ("name", """{"name":""}"""), ("name", $$"""{"name":"{{new string('x', 201)}}"}"""),
            ("name", """{"name":7}"""),
            ("amount", """{"amount":-1}"""), ("amount", """{"amount":"12"}"""), ("amount", """{"amount":1e30}"""),
            ("currency", """{"currency":null}"""), ("currency", """{"currency":"EURO"}"""), ("currency", """{"currency":"E1"}"""),
            ("priority", """{"priority":"huge"}"""), ("priority", """{"priority":null}"""), ("tags", """{"tags":null}"""),
            ("tags", """{"tags":[1]}"""),
            ("status", """{"status":"closed"}"""), ("expected_close_date", """{"expected_close_date":"soon"}"""),
            ("expected_close_date", """{"expected_close_date":"2026-02-30"}"""),
            ("owner_id", $$"""{"owner_id":"{{workspace.Workspace.Uid}}"}"""),
            ("customer_id", $$"""{"customer_id":"{{workspace.Workspace.Uid}}"}"""),
            ("stage_id", """{"stage_id":"nope"}"""), ("pipeline_id", $$"""{"pipeline_id":"{{workspace.Workspace.Uid}}"}"""),
        ];

        foreach (var (field, body) in cases)
        {
            var (status, json) = await client.Patch($"{Deals}/{deal}", body);
            Assert.True(status == 400, $"{body} was answered {status}");
            Assert.Equal(field, json.GetProperty("error").GetProperty("details")[0].GetProperty("path").GetString());
        }
        var (_, kept) = await client.Get($"{Deals}/{deal}");
        Assert.Equal("Refusals", kept.GetProperty("data").GetProperty("name").GetString());
    }

    [Theory, OnBothBackends]
    public async Task Wrong_parameters_are_400_and_a_path_that_is_no_uuid_is_404(Backend backend)
    {
        var (client, _, _) = await Client(backend);

        foreach (var query in (string[])["limit=0", "limit=101", "limit=x", "offset=-1", "status=closed", "pipeline_id=1", "owner_id=x"])
        {
            var (status, _) = await client.Get($"{Deals}?{query}");
            Assert.True(status == 400, $"{query} was answered {status}");
        }
        Assert.Equal(404, (await client.Get($"{Deals}/17")).Status);
        Assert.Equal(404, (await client.Get($"{Deals}/{Guid.Empty}")).Status);
    }

    [Theory, OnBothBackends]
    public async Task Null_clears_and_an_empty_patch_changes_nothing(Backend backend)
    {
        var (client, _, ids) = await Client(backend);
        var (_, created) =
            await client.Post(Deals,
                new
                {
                    pipeline_id = ids.Pipeline,
                    stage_id = ids.Stage,
                    name = "Full",
                    amount = 5,
                    notes = "n",
                    expected_close_date = "2026-12-15T10:00:00Z"
                });
        var deal = created.GetProperty("data").GetProperty("id").GetString()!;

        var same = await Patch(client, deal, new { });
        var cleared = await Patch(client, deal, """{"amount":null,"notes":null,"expected_close_date":null,"unknown":1}""");

        Assert.Equal("2026-12-15", same.GetProperty("expected_close_date").GetString());
        Assert.Equal(created.GetProperty("data").GetRawText(), same.GetRawText());
        Assert.All((string[])["amount", "notes", "expected_close_date"],
            name => Assert.Equal(JsonValueKind.Null, cleared.GetProperty(name).ValueKind));
    }

    [Theory, OnBothBackends]
    public async Task A_deal_of_another_organization_is_not_found(Backend backend)
    {
        var (client, _, ids) = await Client(backend);
        var (other, _, _) = await Client(backend);
        var deal = await Create(client, ids, "Secret");

        Assert.Equal(404, (await other.Get($"{Deals}/{deal}")).Status);
        Assert.Equal(404, (await other.Patch($"{Deals}/{deal}", new { name = "Stolen" })).Status);
        Assert.Equal(404, (await other.Delete($"{Deals}/{deal}")).Status);
    }

    [Theory, OnBothBackends]
    public async Task A_customer_may_be_an_organization_and_filters_by_it(Backend backend)
    {
        var (client, workspace, ids) = await Client(backend);
        var acme = await new OrganizationService(workspace.Db).Create(workspace.Admin, new() { Name = "Acme" }, default);
        await client.Post(Deals, new { pipeline_id = ids.Pipeline, stage_id = ids.Stage, name = "With", customer_id = acme.Uid });
        await Create(client, ids, "Without");

        var (_, list) = await client.Get($"{Deals}?customer_id={acme.Uid}");

        var deal = Assert.Single(list.GetProperty("data").EnumerateArray());
        Assert.Equal(acme.Uid, deal.GetProperty("customer_id").GetGuid());
        Assert.Equal("Acme", deal.GetProperty("customer").GetProperty("company").GetString());
    }

    private static async Task<(HttpClient Client, SomeWorkspace Workspace, (Guid Pipeline, Guid Stage) Ids)> Client(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Anonymous(backend);
        client.DefaultRequestHeaders.Authorization = new("Bearer", await TestServers.Token(workspace, "switch"));
        var catalog = await new Tributary.Core.Catalog.CatalogService(workspace.Db).Current(workspace.Admin, default);
        return (client, workspace, (catalog.Pipeline(workspace.PipelineId)!.Uid, catalog.Stage(workspace.Stages[0])!.Uid));
    }

    private static async Task<string> Create(HttpClient client, (Guid Pipeline, Guid Stage) ids, string name)
    {
        var (_, json) = await client.Post(Deals, new { pipeline_id = ids.Pipeline, stage_id = ids.Stage, name });
        return json.GetProperty("data").GetProperty("id").GetString()!;
    }

    private static async Task<JsonElement> Patch(HttpClient client, string deal, object body)
    {
        var (status, json) = await client.Patch($"{Deals}/{deal}", body);
        Assert.True(status == 200, json.GetRawText());
        return json.GetProperty("data");
    }
}
