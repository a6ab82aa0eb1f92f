using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.AutomateNexus;

/// <summary>The vendor's page "Contacts &amp; Leads API", as far as a public copy shows it.</summary>
public sealed class NexusContactsTests
{
    private const string Contacts = Nexus.Base + "/contacts";

    // docs: the example response of "List Contacts".
    [Theory, OnBothBackends]
    public async Task A_contact_is_the_documented_object(Backend backend)
    {
        var nexus = await Nexus.Open(backend);

        var contact = await nexus.Created(Contacts, new
        {
            first_name = "Jane",
            last_name = "Smith",
            email = "jane@example.com",
            phone = "+1-555-0123",
            company = "Acme Corp",
            job_title = "VP of Marketing",
            status = "active",
            source = "website",
            tags = new[] { "enterprise", "marketing" },
            custom_fields = new { industry = "Technology" },
        });

        Assert.Equal(
            ["id", "first_name", "last_name", "email", "phone", "company", "job_title", "status", "source", "tags", "assigned_to",
                "engagement_score", "custom_fields", "created_at", "updated_at"],
            contact.EnumerateObject().Select(member => member.Name));
        Assert.StartsWith("con_", contact.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal(("Jane", "Smith", "jane@example.com", "+1-555-0123"),
            (Text(contact, "first_name"), Text(contact, "last_name"), Text(contact, "email"), Text(contact, "phone")));
        Assert.Equal(("Acme Corp", "VP of Marketing", "active", "website"),
            (Text(contact, "company"), Text(contact, "job_title"), Text(contact, "status"), Text(contact, "source")));
        Assert.Equal("""["enterprise","marketing"]""", contact.GetProperty("tags").GetRawText());
        Assert.Equal("""{"industry":"Technology"}""", contact.GetProperty("custom_fields").GetRawText());
        Assert.Equal(nexus.Admin, Text(contact, "assigned_to"));
        Assert.Equal(contact.GetRawText(), (await nexus.Get($"{Contacts}/{Text(contact, "id")}")).GetRawText());

        string? Text(System.Text.Json.JsonElement json, string name) => json.GetProperty(name).GetString();
    }

    // docs: status, source, assigned_to, tags, created_after, created_before, updated_after, company "(partial match)", sort with "-",
    // fields.
    [Theory, OnBothBackends]
    public async Task Every_filter_narrows_and_fields_selects(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        await nexus.Created(Contacts,
            new { first_name = "Ann", last_name = "Zed", status = "lead", source = "api", company = "Acme Corp", tags = new[] { "a" } });
        TestClock.Instance.Advance(TimeSpan.FromDays(1));
        await nexus.Created(Contacts,
            new
            {
                first_name = "Ben",
                last_name = "Young",
                status = "customer",
                company = "Beta",
                tags = new[] { "b", "c" },
                assigned_to = (string?)null
            });

        async Task Finds(string query, params string[] expected)
        {
            var (status, json) = await nexus.Client.Get($"{Contacts}?{query}");
            Assert.True(status == 200, $"{query}: {json}");
            Assert.Equal(expected, json.GetProperty("data").EnumerateArray()
                .Select(contact => contact.GetProperty("first_name").GetString()));
        }

        await Finds("", "Ben", "Ann");
        await Finds("sort=last_name", "Ben", "Ann");
        await Finds("sort=-first_name", "Ben", "Ann");
        await Finds("sort=created_at", "Ann", "Ben");
        await Finds("status=lead", "Ann");
        await Finds("source=api", "Ann");
        await Finds($"assigned_to={nexus.Admin}", "Ann");
        await Finds("tags=a,c", "Ben", "Ann");
        await Finds("tags=c", "Ben");
        await Finds("company=acme", "Ann");
        await Finds("created_after=2026-11-21", "Ben");
        await Finds("created_before=2026-11-20", "Ann");
        await Finds("updated_after=2026-11-20T10:00:00Z", "Ben");
        await Finds("limit=1&fields=first_name", "Ben");
        var (_, only) = await nexus.Client.Get($"{Contacts}?fields=id,first_name&limit=1");
        Assert.Equal(["id", "first_name"], only.GetProperty("data")[0].EnumerateObject().Select(member => member.Name));
        var (_, meta) = await nexus.Client.Get($"{Contacts}?limit=1");
        Assert.Equal((2, true),
            (meta.GetProperty("meta").GetProperty("total").GetInt32(), meta.GetProperty("meta").GetProperty("has_more").GetBoolean()));
    }

    [Theory, OnBothBackends]
    public async Task An_update_is_partial_and_one_company_name_is_one_organization(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var one = await nexus.Created(Contacts, new { first_name = "Ann", company = "Acme" });
        var path = $"{Contacts}/{one.GetProperty("id").GetString()}";
        await nexus.Created(Contacts, new { first_name = "Ben", company = "Acme" });

        var updated = await nexus.Put(path, new { last_name = "Zed", email = "ann@example.com" });
        var cleared = await nexus.Put(path, """{"company":null,"email":null}""");

        Assert.Equal(("Ann", "Zed", "Acme"),
            (updated.GetProperty("first_name").GetString(), updated.GetProperty("last_name").GetString(), updated.GetProperty("company")
                .GetString()));
        Assert.Null(cleared.GetProperty("company").GetString());
        Assert.Null(cleared.GetProperty("email").GetString());
        var organizations = await new Tributary.Core.Contacts.OrganizationService(nexus.Workspace.Db)
            .List(nexus.Workspace.Admin, new() { Limit = 10 }, default);
        Assert.Equal("Acme", Assert.Single(organizations.Items).Name);
    }

    [Theory, OnBothBackends]
    public async Task A_deleted_contact_is_gone_and_others_workspaces_contacts_are_not_there(Backend backend)
    {
        var (nexus, other) = (await Nexus.Open(backend), await Nexus.Open(backend));
        var (_, id) = await nexus.Contact("Gone");

        Assert.Equal(404, (await other.Client.Get($"{Contacts}/{id}")).Status);
        Assert.Equal(404, (await other.Client.Delete($"{Contacts}/{id}")).Status);
        var (status, json) = await nexus.Client.Delete($"{Contacts}/{id}");
        Assert.Equal((200, true), (status, json.GetProperty("data").GetProperty("deleted").GetBoolean()));
        Assert.Equal(404, (await nexus.Client.Get($"{Contacts}/{id}")).Status);
        Assert.Equal(404, (await nexus.Client.Put($"{Contacts}/{id}", new { first_name = "x" })).Status);
        var (deal, _) = await nexus.Client.Post(Nexus.Deals, new { title = "x", pipeline_id = nexus.Pipeline, contact_id = id });
        Assert.Equal(422, deal);
    }

    [Theory, OnBothBackends]
    public async Task What_is_wrong_is_422_and_named(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        (string Field, string Body)[] cases =
        [
            ("first_name", "{}"), ("first_name", """{"first_name":" "}"""), ("first_name", """{"first_name":7}"""),
            ("email", """{"first_name":"x","email":"nobody"}"""),
            ("status", """{"first_name":"x","status":"vip"}"""), ("source", """{"first_name":"x","source":"moon"}"""),
            ("tags", """{"first_name":"x","tags":{}}"""),
            ("assigned_to", """{"first_name":"x","assigned_to":"usr_1"}"""), ("custom_fields", """{"first_name":"x","custom_fields":7}"""),
        ];
        foreach (var (field, body) in cases)
        {
            var (status, json) = await nexus.Client.Post(Contacts, body);
            Assert.True(status == 422, $"{body} was answered {status}");
            Assert.Equal(field, json.GetProperty("error").GetProperty("details")[0].GetProperty("field").GetString());
        }
        foreach (var query in (string[])["status=vip", "source=moon", "assigned_to=1", "created_after=x", "sort=email", "fields=secret",
            "limit=0"])
        {
            Assert.Equal(422, (await nexus.Client.Get($"{Contacts}?{query}")).Status);
        }
    }
}
