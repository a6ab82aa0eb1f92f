using System.Text.Json;
using Tributary.Core.Contacts;
using Tributary.Core.Filters;
using Tributary.Core.Leads;
using Tributary.Core.Lists;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V2;

/// <summary>What surrounds deals in v2: reference §11 and the OpenAPI file of v2 (2026-08-18).</summary>
public sealed class NeighbourTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_person_is_written_and_read_member_by_member(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var org = await pipe.Post(Pipe.V2 + "/organizations",
            new
            {
                name = "Acme",
                address = new { value = "Main St 1", country = "USA" },
                website = "https://acme.test",
                industry = 2,
                annual_revenue = 10.5,
                employee_count = 7
            });
        Assert.Equal("""["Main St 1","USA",null]""",
            $"""["{org.GetProperty("address").Text("value")}","{org.GetProperty("address").Text("country")}",{org.GetProperty("address").Raw("locality")}]""");
        Assert.Equal("[2,10.5,7]", $"[{org.Raw("industry")},{org.Raw("annual_revenue")},{org.Raw("employee_count")}]");

        var person = await pipe.Post(Pipe.V2 + "/persons", new
        {
            name = "Jane Doe",
            org_id = org.GetProperty("id").GetInt64(),
            emails = new object[] { new { value = "jane@acme.test", label = "work", primary = true },
                new { value = "j@home.test", label = "home" } },
            phones = new[] { new { value = "123", primary = true } },
            birthday = "2000-12-31",
            job_title = "Buyer",
            marketing_status = "subscribed",
            postal_address = new { value = "Side St" },
        });

        Assert.Equal(("Jane", "Doe"), (person.Text("first_name"), person.Text("last_name")));
        Assert.Equal(
            """[{"value":"jane@acme.test","primary":true,"label":"work"},{"value":"j@home.test","primary":false,"label":"home"}]""",
            person.Raw("emails"));
        Assert.Equal(("2000-12-31", "Buyer", "null", "false"),
            (person.Text("birthday"), person.Text("job_title"), person.Raw("picture_id"), person.Raw("is_deleted")));
        Assert.False(person.TryGetProperty("marketing_status", out _));

        var id = person.GetProperty("id").GetInt64();
        var changed = await pipe.Patch($"{Pipe.V2}/persons/{id}", new { job_title = (string?)null, name = "Jane Roe" });
        Assert.Equal(("null", "Roe", "jane@acme.test"),
            (changed.Raw("job_title"), changed.Text("last_name"), changed.GetProperty("emails")[0].Text("value")));
        Assert.Equal("subscribed", (await pipe.Get($"{Pipe.V2}/persons/{id}?include_fields=marketing_status")).Text("marketing_status"));

        Assert.Equal($$"""{"id":{{id}}}""", (await pipe.Delete($"{Pipe.V2}/persons/{id}")).GetRawText());
        Assert.Equal((404, "Person not found"), Pipe.Refused(await pipe.Client.Get($"{Pipe.V2}/persons/{id}")));
    }

    [Theory, OnBothBackends]
    public async Task Lists_are_filtered_sorted_and_paged_by_cursor(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var ids = new List<long>();
        for (var n = 0; n < 5; n++)
        {
            ids.Add((await pipe.Post(Pipe.V2 + "/persons", new { name = $"Person {n}" })).GetProperty("id").GetInt64());
        }
        var deal = await pipe.Deal("Theirs", new { person_id = ids[2] });

        var seen = new List<long>();
        for (string? cursor = null; ;)
        {
            var (status, page) =
                await pipe.Client.Get($"{Pipe.V2}/persons?limit=2&sort_direction=desc{(cursor is null ? "" : "&cursor=" + cursor)}");
            Assert.Equal(200, status);
            seen.AddRange(Ids(page.GetProperty("data")));
            cursor = page.GetProperty("additional_data").Text("next_cursor");
            if (cursor is null) break;
        }
        Assert.Equal(ids.AsEnumerable().Reverse(), seen);
        Assert.Equal([ids[2]], Ids(await pipe.Get($"{Pipe.V2}/persons?deal_id={deal}")));
        Assert.Equal([ids[1], ids[3]], Ids(await pipe.Get($"{Pipe.V2}/persons?ids={ids[3]},{ids[1]},999999999")));
        Assert.Empty(Ids(await pipe.Get($"{Pipe.V2}/persons?updated_since=2100-01-01T00:00:00Z")));

        var filter = await new FilterService(pipe.Workspace.Db)
            .Create(pipe.Workspace.Admin, new() { Subject = "person", Name = "4", Condition = Condition.Equal("name", "Person 4") }, Ct);
        // "If filter_id is provided, this is ignored."
        Assert.Equal([ids[4]], Ids(await pipe.Get($"{Pipe.V2}/persons?filter_id={filter.Id}&ids={ids[0]}&deal_id={deal}")));
    }

    [Theory, OnBothBackends]
    public async Task Counts_of_contacts_are_shown_when_include_fields_asks_for_them(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (person, org) = (await pipe.Person("Jane"), await pipe.Organization("Acme"));
        await new PersonService(pipe.Workspace.Db).Update(pipe.Workspace.Admin, person.Id, new() { OrgId = org.Id }, Ct);
        await pipe.Deal("Open", new { person_id = person.Id, org_id = org.Id });
        await pipe.Deal("Won", new { person_id = person.Id, org_id = org.Id, status = "won" });
        var activity = await pipe.Post(Pipe.V2 + "/activities", new { subject = "Call", person_id = person.Id, due_date = "2026-12-01" });

        var shown =
            (await pipe.Get(
                $"{Pipe.V2}/persons?include_fields=open_deals_count,won_deals_count,closed_deals_count,activities_count,undone_activities_count,next_activity_id,followers_count"))[0];
        Assert.Equal($"1 1 1 1 1 {activity.Raw("id")} 0",
            string.Join(' ',
                new[] { "open_deals_count", "won_deals_count", "closed_deals_count", "activities_count", "undone_activities_count",
                    "next_activity_id", "followers_count" }.Select(name => shown.Raw(name))));
        var organization = await pipe.Get($"{Pipe.V2}/organizations/{org.Id}?include_fields=people_count,open_deals_count");
        Assert.Equal("1 1", $"{organization.Raw("people_count")} {organization.Raw("open_deals_count")}");
        Assert.False((await pipe.Get($"{Pipe.V2}/organizations/{org.Id}")).TryGetProperty("people_count", out _));
    }

    [Theory, OnBothBackends]
    public async Task Pipelines_and_stages_live_as_documented(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var pipeline = await pipe.Post(Pipe.V2 + "/pipelines", new { name = "Renewals", is_deal_probability_enabled = true });
        var id = pipeline.GetProperty("id").GetInt64();
        Assert.Equal(["id", "name", "order_nr", "is_deleted", "is_deal_probability_enabled", "add_time", "update_time"],
            pipeline.EnumerateObject().Select(member => member.Name));

        var stage = await pipe.Post(Pipe.V2 + "/stages",
            new { name = "Due", pipeline_id = id, deal_probability = 40, is_deal_rot_enabled = true, days_to_rotten = 5 });
        Assert.Equal("40 true 5 1",
            $"{stage.Raw("deal_probability")} {stage.Raw("is_deal_rot_enabled")} {stage.Raw("days_to_rotten")} {stage.Raw("order_nr")}");
        var stageId = stage.GetProperty("id").GetInt64();
        var calm = await pipe.Patch($"{Pipe.V2}/stages/{stageId}", new { is_deal_rot_enabled = false });
        Assert.Equal("false null 40", $"{calm.Raw("is_deal_rot_enabled")} {calm.Raw("days_to_rotten")} {calm.Raw("deal_probability")}");
        Assert.Equal((400, "Validation failed: days_to_rotten: days_to_rotten is required when is_deal_rot_enabled is true"),
            Pipe.Refused(await pipe.Client.Patch($"{Pipe.V2}/stages/{stageId}", new { is_deal_rot_enabled = true })));

        // Only what holds deals is a stage in Pipedrive.
        Assert.Equal([stageId], Ids(await pipe.Get($"{Pipe.V2}/stages?pipeline_id={id}")));
        Assert.Equal(pipe.Workspace.Stages,
            Ids(await pipe.Get($"{Pipe.V2}/stages?pipeline_id={pipe.Workspace.PipelineId}&sort_by=order_nr")));
        Assert.Equal(404, (await pipe.Client.Get($"{Pipe.V2}/stages/{pipe.Workspace.WonStage}")).Status);

        var second = (await pipe.Post(Pipe.V2 + "/stages", new { name = "Offer", pipeline_id = id })).GetProperty("id").GetInt64();
        await pipe.Delete($"{Pipe.V2}/stages/{second}");
        Assert.Equal([stageId], Ids(await pipe.Get($"{Pipe.V2}/stages?pipeline_id={id}")));
        await pipe.Delete($"{Pipe.V2}/pipelines/{id}");
        Assert.Equal([pipe.Workspace.PipelineId], Ids(await pipe.Get(Pipe.V2 + "/pipelines")));
        var member = await pipe.As(backend, pipe.Workspace.Member);
        Assert.Equal(403, (await member.Post(Pipe.V2 + "/pipelines", new { name = "Mine" })).Status);
    }

    [Theory, OnBothBackends]
    public async Task A_product_gets_a_price_of_0_unless_it_says_otherwise_and_has_variations(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var product = await pipe.Post(Pipe.V2 + "/products", new { name = "Pencil", category = 3 }, 201);
        var id = product.GetProperty("id").GetInt64();
        Assert.Equal($$"""[{"product_id":{{id}},"price":0,"currency":"EUR","cost":0,"direct_cost":null,"notes":""}]""",
            product.Raw("prices"));
        Assert.Equal(("one-time", "3", "null", "0"),
            (product.Text("billing_frequency"), product.Text("category"), product.Raw("billing_frequency_cycles"), product.Raw("tax")));

        var priced = await pipe.Patch($"{Pipe.V2}/products/{id}",
            new
            {
                prices = new object[] { new { currency = "USD", price = 7.5, cost = 2, notes = "list" } },
                billing_frequency = "monthly",
                billing_frequency_cycles = 12
            });
        Assert.Equal($$"""[{"product_id":{{id}},"price":7.5,"currency":"USD","cost":2,"direct_cost":null,"notes":"list"}]""",
            priced.Raw("prices"));

        var variation = await pipe.Post($"{Pipe.V2}/products/{id}/variations",
            new { name = "Blue", prices = new[] { new { currency = "EUR", price = 5 } } }, 201);
        var variationId = variation.GetProperty("id").GetInt64();
        Assert.Equal(
            $$"""{"id":{{variationId}},"name":"Blue","product_id":{{id}},"prices":[{"product_variation_id":{{variationId}},"price":5,"currency":"EUR","cost":0,"direct_cost":null,"notes":""}]}""", variation.GetRawText());
        Assert.Equal("Red", (await pipe.Patch($"{Pipe.V2}/products/{id}/variations/{variationId}", new { name = "Red" })).Text("name"));
        Assert.Equal([variationId], Ids(await pipe.Get($"{Pipe.V2}/products/{id}/variations")));
        Assert.Equal(201, (await pipe.Client.Post($"{Pipe.V2}/products/{id}/duplicate")).Status);
        await pipe.Delete($"{Pipe.V2}/products/{id}/variations/{variationId}");
        await pipe.Delete($"{Pipe.V2}/products/{id}");
        Assert.Equal((404, "Product not found"), Pipe.Refused(await pipe.Client.Get($"{Pipe.V2}/products/{id}")));
    }

    [Theory, OnBothBackends]
    public async Task An_activity_spells_times_and_names_its_lead_by_uuid(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (person, deal) = (await pipe.Person("Jane"), await pipe.Deal("Big"));
        var lead = await new LeadService(pipe.Workspace.Db)
            .Create(pipe.Workspace.Admin, new() { Title = "Warm", PersonId = person.Id }, Ct);

        var activity = await pipe.Post(Pipe.V2 + "/activities", new
        {
            subject = "Meet",
            deal_id = deal,
            due_date = "2026-12-01",
            due_time = "15:00",
            duration = "01:30:00",
            busy = true,
            location = new { value = "Main St", admin_area_level_1 = "CA" },
            participants = new[] { new { person_id = person.Id, primary = true } },
            attendees = new[] { new { email = "x@y.test", is_organizer = true } },
            note = "<p>Bring plans</p>",
            priority = 263,
        });
        Assert.Equal(("15:00:00", "01:30:00", "true", "263"),
            (activity.Text("due_time"), activity.Text("duration"), activity.Raw("busy"), activity.Raw("priority")));
        Assert.Equal(("CA", person.Id),
            (activity.GetProperty("location").Text("admin_area_level_1"), activity.GetProperty("person_id").GetInt64()));
        var id = activity.GetProperty("id").GetInt64();
        Assert.False((await pipe.Get($"{Pipe.V2}/activities/{id}")).TryGetProperty("attendees", out _));
        Assert.Equal("x@y.test", (await pipe.Get($"{Pipe.V2}/activities/{id}?include_fields=attendees"))
            .GetProperty("attendees")[0].Text("email"));

        var done = await pipe.Patch($"{Pipe.V2}/activities/{id}", new { done = true, due_time = (string?)null });
        Assert.Equal((JsonValueKind.String, "null"), (done.GetProperty("marked_as_done_time").ValueKind, done.Raw("due_time")));
        Assert.Equal([id], Ids(await pipe.Get($"{Pipe.V2}/activities?done=true&deal_id={deal}")));

        var ofLead = await pipe.Post(Pipe.V2 + "/activities", new { subject = "Ask", lead_id = lead.Uid });
        Assert.Equal(lead.Uid.ToString(), ofLead.Text("lead_id"));
        Assert.Equal([ofLead.GetProperty("id").GetInt64()], Ids(await pipe.Get($"{Pipe.V2}/activities?lead_id={lead.Uid}")));
        Assert.Equal(400, (await pipe.Client.Post(Pipe.V2 + "/activities", new { subject = "x", duration = "soon" })).Status);
        Assert.Equal((400, "Validation failed: project_id: project_id must be null: there are no projects here"),
            Pipe.Refused(await pipe.Client.Post(Pipe.V2 + "/activities", new { subject = "x", project_id = 1 })));
    }

    private static List<long> Ids(JsonElement data) => [.. data.EnumerateArray().Select(row => row.GetProperty("id").GetInt64())];
}
