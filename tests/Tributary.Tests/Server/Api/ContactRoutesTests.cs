using System.Text.Json;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Api;

public sealed class ContactRoutesTests
{
    [Theory, OnBothBackends]
    public async Task Everything_a_person_has_is_kept_and_null_clears_it(Backend backend)
    {
        var (client, workspace) = await Begin(backend);
        var whole = new
        {
            name = "Ann Lee",
            emails = new[] { new { value = "ann@acme.test", label = "work", primary = true },
                new { value = "ann@home.test", label = "home", primary = false } },
            phones = new[] { new { value = "+40 21 555 0101" } },
            im = new[] { new { value = "ann", label = "telegram" } },
            address = new { value = "1 Main Street, Cluj", locality = "Cluj", admin_area_level_1 = "Cluj" },
            birthday = "1990-02-28",
            job_title = "Buyer",
            notes = "Prefers mail",
            status = "active",
            source = "fair",
            tax_number = "RO1",
            marketing_status = "subscribed",
            engagement_score = 42,
            decision_role = "champion",
            tags = new[] { "vip" },
            visible_to = 3,
            owner_id = workspace.Member.UserId,
        };

        var (created, person) = await client.Post("/api/v1/persons", whole);
        var (_, cleared) = await client.Patch($"/api/v1/persons/{person.GetProperty("id").GetInt64()}",
            new
            {
                emails = (object?)null,
                address = (object?)null,
                birthday = (object?)null,
                owner_id = (object?)null,
                tags = (object?)null
            });

        Assert.Equal(201, created);
        foreach (var member in JsonSerializer.SerializeToElement(whole).EnumerateObject()
            .Where(member => member.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object)))
        {
            Assert.Equal(member.Value.ToString(), person.GetProperty(member.Name).ToString());
        }
        Assert.Equal(("ann@acme.test", "Cluj", "vip"),
            (person.GetProperty("email").GetString(), person.GetProperty("address").GetProperty("locality")
                .GetString(), person.GetProperty("tags")[0].GetString()));
        Assert.Equal((0, JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.Null, 0),
            (cleared.GetProperty("emails")
                .GetArrayLength(), cleared.GetProperty("address").ValueKind, cleared.GetProperty("birthday").ValueKind,
            cleared.GetProperty("owner_id").ValueKind, cleared.GetProperty("tags").GetArrayLength()));
        Assert.Equal("Buyer", cleared.GetProperty("job_title").GetString());
    }

    [Theory, OnBothBackends]
    public async Task Everything_an_organization_has_is_kept(Backend backend)
    {
        var (client, _) = await Begin(backend);
        var whole = new
        {
            name = "Acme",
            email = "hi@acme.test",
            phone = "1",
            website = "https://acme.test",
            linkedin = "acme",
            industry = "Fleet",
            annual_revenue = 1000000.25,
            employee_count = 12,
            tax_number = "RO1",
            notes = "n",
            visible_to = 5
        };

        var (_, organization) = await client.Post("/api/v1/organizations", whole);

        foreach (var member in JsonSerializer.SerializeToElement(whole).EnumerateObject())
        {
            Assert.Equal(member.Value.ToString(), organization.GetProperty(member.Name).ToString());
        }
    }

    [Theory, OnBothBackends]
    public async Task Contacts_are_counted_found_twice_and_merged(Backend backend)
    {
        var (client, _) = await Begin(backend);
        var (one, two) =
            (await Id(client.Post("/api/v1/persons", new { name = "Ann Lee", emails = new[] { new { value = "ann@acme.test" } } })),
                await Id(client.Post("/api/v1/persons", new { name = "ann LEE", emails = new[] { new { value = "ann@acme.test" } } })));
        var deal = await Id(client.Post("/api/v1/deals", new { title = "Fleet", person_id = one }));

        var (_, pairs) = await client.Get("/api/v1/persons/duplicates");
        var (merged, survivor) = await client.Post($"/api/v1/persons/{one}/merge", new { survivor_id = two });
        var (_, counts) = await client.Get($"/api/v1/persons/{two}/counts");
        var (_, deals) = await client.Get($"/api/v1/persons/{two}/deals?fields=id");
        var (itself, problem) = await client.Post($"/api/v1/persons/{two}/merge", new { survivor_id = two });
        var (wrong, _) = await client.Get("/api/v1/persons/duplicates?cursor=x");

        Assert.Equal((one, two),
            (pairs.GetProperty("data")[0].GetProperty("first").GetProperty("id")
                .GetInt64(), pairs.GetProperty("data")[0].GetProperty("second").GetProperty("id").GetInt64()));
        Assert.Equal((200, two, 1L, deal),
            (merged, survivor.GetProperty("id").GetInt64(), counts.GetProperty("open_deals")
                .GetInt64(), deals.GetProperty("data")[0].GetProperty("id").GetInt64()));
        Assert.Equal((422, "survivor_id", 422), (itself, problem.GetProperty("errors")[0].GetProperty("field").GetString(), wrong));
    }

    // Pipedrive's followers of persons, organizations and products, in our own words: the same rows, one line of the log per change.
    [Theory, OnBothBackends]
    public async Task Who_follows_contacts_and_products_comes_and_goes_and_is_logged(Backend backend)
    {
        var (client, workspace) = await Begin(backend);
        var user = workspace.Member.UserId;
        foreach (var subject in new[] { "person", "organization", "product" })
        {
            var id = await Id(client.Post($"/api/v1/{subject}s", new { name = "Followed" }));
            var at = $"/api/v1/{subject}s/{id}/followers";

            var (followed, follower) = await client.Post(at, new { user_id = user });
            await client.Post(at, new { user_id = user });
            var (_, all) = await client.Get(at);
            var (left, _) = await client.Delete($"{at}/{user}");
            var (twice, _) = await client.Delete($"{at}/{user}");
            var (wrong, problem) = await client.Post(at, new { user_id = 999_999_999_999 });
            await Settled.Log(workspace);
            var (_, log) = await client.Get($"/api/v1/events?subject={subject}&subject_id={id}");

            Assert.Equal((201, 204, 404, 422), (followed, left, twice, wrong));
            Assert.Equal((user, workspace.Admin.UserId),
                ((long?)follower.GetProperty("user_id").GetInt64(), (long?)follower.GetProperty("added_by").GetInt64()));
            Assert.Equal([user], all.GetProperty("data").EnumerateArray().Select(one => (long?)one.GetProperty("user_id").GetInt64()));
            Assert.Equal("user_id", problem.GetProperty("errors")[0].GetProperty("field").GetString());
            Assert.Equal(2, log.GetProperty("data").EnumerateArray().SelectMany(line => line.GetProperty("changes").EnumerateArray())
                .Count(change => change.GetProperty("field").GetString() == "follower"));
        }
    }

    [Theory, OnBothBackends]
    public async Task A_lead_is_turned_into_a_deal_in_the_background(Backend backend)
    {
        var (client, _) = await Begin(backend);
        var person = await Id(client.Post("/api/v1/persons", new { name = "Ann" }));
        var lead =
            await Id(
                client.Post("/api/v1/leads",
                    new { title = "Interest", person_id = person, value = 5, expected_close = "2026-12-24", was_seen = true }));

        var (asked, conversion) = await client.Post($"/api/v1/leads/{lead}/convert");
        var (seen, state) = await client.Get($"/api/v1/leads/{lead}/conversions/{conversion.GetProperty("uid").GetString()}");
        var (wrong, problem) = await client.Post($"/api/v1/leads/{lead}/convert", new { stage_id = 999999999 });

        Assert.Equal((202, 200, 422), (asked, seen, wrong));
        Assert.Equal("waiting", state.GetProperty("state").GetString());
        Assert.Equal("stage_id", problem.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    private static async Task<(HttpClient, SomeWorkspace)> Begin(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        return (await TestServers.Native(backend, workspace), workspace);
    }

    private static async Task<long> Id(Task<(int Status, JsonElement Json)> created) => (await created).Json.GetProperty("id").GetInt64();
}
