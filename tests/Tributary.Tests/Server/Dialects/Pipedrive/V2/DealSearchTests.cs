using System.Text.Json;
using Tributary.Core.Contacts;
using Tributary.Core.Fields;
using Tributary.Core.Notes;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V2;

/// <summary>"Search deals": reference §9.8.</summary>
public sealed class DealSearchTests
{
    // specification: the example; recorded: pipeline and organization.address.
    [Theory, OnBothBackends]
    public async Task A_hit_is_the_documented_object(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var person = await pipe.Person("Jane Doe");
        var organization = await new OrganizationService(pipe.Workspace.Db)
            .Create(pipe.Workspace.Admin, new() { Name = "Acme", Address = new(true, new() { Value = "Main St 1" }) }, default);
        var id = await pipe.Deal("Jane Doe deal", new { value = 100, person_id = person.Id, org_id = organization.Id, visible_to = 3 });

        var (_, json) = await pipe.Client.Get($"{Pipe.Deals}/search?term=jane");

        var hit = json.GetProperty("data").GetProperty("items")[0];
        Assert.True(hit.Number("result_score") > 0);
        Assert.Equal(
            $$"""
            {"id":{{id}},"type":"deal","title":"Jane Doe deal","value":100,"currency":"EUR","status":"open","visible_to":3,"owner":{"id":{{pipe.Workspace.Admin.UserId}}},"stage":{"id":{{pipe.Workspace.Stages[0]}},"name":"Qualified"},"pipeline":{"id":{{pipe.Workspace.PipelineId}}},"person":{"id":{{person.Id}},"name":"Jane Doe"},"organization":{"id":{{organization.Id}},"name":"Acme","address":"Main St 1"},"custom_fields":[],"notes":[],"is_archived":false}
            """, hit.GetProperty("item").GetRawText());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("additional_data").GetProperty("next_cursor").ValueKind);
    }

    // page: fields title, notes and custom_fields, all of them by default.
    [Theory, OnBothBackends]
    public async Task Titles_notes_and_custom_fields_are_searched(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (words, budget, plan) = (await pipe.Field(FieldType.Varchar, "Words"), await pipe.Field(FieldType.Monetary, "Budget"),
            await pipe.Field(FieldType.Enum, "Plan", "needle"));
        var titled = await pipe.Deal("a needle in it");
        var noted = await pipe.Deal("noted");
        await new NoteService(pipe.Workspace.Db)
            .Create(pipe.Workspace.Admin, new() { Content = "<b>the needle</b> of it", DealId = noted }, default);
        var custom = await pipe.Deal("custom", new
        {
            custom_fields = new Dictionary<string, object>
            {
                [words.Key] = "needles",
                [budget.Key] = new { value = 7654321, currency = "EUR" },
                [plan.Key] = plan.Options[0].Id
            }
        });

        async Task<IReadOnlyList<JsonElement>> Items(string query) =>
            [.. (await pipe.Get($"{Pipe.Deals}/search?{query}")).GetProperty("items").EnumerateArray()
                .Select(hit => hit.GetProperty("item"))];
        async Task Finds(string query, params long[] expected) =>
            Assert.Equal(expected.Order(), (await Items(query)).Select(item => item.Whole("id")).Order());

        await Finds("term=needle", titled, noted, custom);
        await Finds("term=needle&fields=title", titled);
        await Finds("term=needle&fields=notes", noted);
        await Finds("term=needle&fields=custom_fields", custom);
        await Finds("term=needle&fields=title,notes", titled, noted);
        await Finds("term=7654321", custom);
        Assert.Equal("""["<b>the needle</b> of it"]""", (await Items("term=needle&fields=notes"))[0].GetProperty("notes").GetRawText());
        Assert.Equal("""["needles"]""", (await Items("term=needle&fields=custom_fields"))[0].GetProperty("custom_fields").GetRawText());
        Assert.Equal(titled, (await Items("term=needle"))[0].Whole("id")); // best first: a title counts more
    }

    // page: person_id, organization_id, status, exact_match ("It is not case sensitive"), include_fields.
    [Theory, OnBothBackends]
    public async Task Every_parameter_narrows(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (person, organization) = (await pipe.Person("Pat"), await pipe.Organization("Acme"));
        var whole = await pipe.Deal("Needle");
        var of = await pipe.Deal("needle of Pat", new { person_id = person.Id, org_id = organization.Id });
        var won = await pipe.Deal("needle won", new { status = "won" });
        var archived = await pipe.Deal("needle archived", new { is_archived = true });
        await pipe.Delete($"{Pipe.Deals}/{await pipe.Deal("needle gone")}");

        async Task Finds(string query, params long[] expected) =>
            Assert.Equal(expected.Order(), (await pipe.Get($"{Pipe.Deals}/search?{query}")).GetProperty("items").EnumerateArray()
                .Select(hit => hit.GetProperty("item").Whole("id")).Order());

        await Finds("term=needle", whole, of, won, archived);
        await Finds("term=needle&exact_match=true", whole);
        await Finds($"term=needle&person_id={person.Id}", of);
        await Finds($"term=needle&organization_id={organization.Id}", of);
        await Finds("term=needle&status=won", won);
        var item = (await pipe.Get($"{Pipe.Deals}/search?term=needle&exact_match=true&include_fields=deal.cc_email"))
            .GetProperty("items")[0].GetProperty("item");
        Assert.Equal($"some-company+deal{whole}@mail.invalid", item.Text("cc_email"));
    }

    // page: "Minimum 2 characters (or 1 if using exact_match)".
    [Theory, OnBothBackends]
    public async Task Short_terms_and_unknown_words_are_refused(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        await pipe.Deal("x");

        Assert.Equal((400, "Validation failed: term: term must have at least 2 characters"),
            Pipe.Refused(await pipe.Client.Get($"{Pipe.Deals}/search?term=x")));
        Assert.Single((await pipe.Get($"{Pipe.Deals}/search?term=x&exact_match=true")).GetProperty("items").EnumerateArray());
        foreach (var query in new[] { "term=", "fields=title", "term=xx&fields=name", "term=xx&exact_match=perhaps",
            "term=xx&status=deleted", "term=xx&include_fields=all", "term=xx&limit=501", "term=xx&start=0" })
        {
            Assert.True((await pipe.Client.Get($"{Pipe.Deals}/search?{query}")).Status == 400, query);
        }
    }

    [Theory, OnBothBackends]
    public async Task A_cursor_leads_through_all_pages(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        for (var i = 0; i < 5; i++) await pipe.Deal($"needle {i}");

        var (_, first) = await pipe.Client.Get($"{Pipe.Deals}/search?term=needle&limit=3");
        var (_, rest) =
            await pipe.Client.Get(
                $"{Pipe.Deals}/search?term=needle&limit=3&cursor={first.GetProperty("additional_data").Text("next_cursor")}");

        var ids = new[] { first, rest }.SelectMany(page => page.GetProperty("data").GetProperty("items").EnumerateArray())
            .Select(hit => hit.GetProperty("item").Whole("id")).ToList();
        Assert.Equal((3, 5, 5), (first.GetProperty("data").GetProperty("items").GetArrayLength(), ids.Count, ids.Distinct().Count()));
        Assert.Equal(400,
            (await pipe.Client.Get(
                $"{Pipe.Deals}/search?term=another&cursor={first.GetProperty("additional_data").Text("next_cursor")}")).Status);
    }
}
