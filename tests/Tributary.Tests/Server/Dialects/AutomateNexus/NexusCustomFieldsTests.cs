using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Fields;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.AutomateNexus;

/// <summary>custom_fields: "Custom field key-value pairs" of the page, free-form (reference §2.4).</summary>
public sealed class NexusCustomFieldsTests
{
    [Theory, OnBothBackends]
    public async Task Values_come_back_under_the_name_and_as_what_they_were_sent(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        const string sent =
            """{"deal_type":"new_business","competitors":"Salesforce, HubSpot","Größe (cm)":12.5,"vip":true,"sizes":[1,"2",null],"nested":{"a":{"b":false}}}""";

        var deal =
            await nexus.Created(Nexus.Deals,
                new JsonObject { ["title"] = "Free", ["pipeline_id"] = nexus.Pipeline, ["custom_fields"] = JsonNode.Parse(sent) });
        var again = await nexus.Get($"{Nexus.Deals}/{deal.GetProperty("id").GetString()}");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(sent), JsonNode.Parse(again.GetProperty("custom_fields").GetRawText())),
            again.GetProperty("custom_fields").GetRawText());
        var catalog = await new CatalogService(nexus.Workspace.Db).Current(nexus.Workspace.Admin, default);
        Assert.Equal(
            [("competitors", FieldType.Text), ("deal_type", FieldType.Text), ("grosse_cm", FieldType.Double), ("nested", FieldType.Text),
                ("sizes", FieldType.Text), ("vip", FieldType.Text)],
            catalog.FieldsOf("deal").Select(field => (field.Slug, field.Type)).OrderBy(field => field.Slug, StringComparer.Ordinal));
    }

    // reference: "shallow merge per key, null removes key".
    [Theory, OnBothBackends]
    public async Task An_update_replaces_the_keys_it_names_and_null_removes_one(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var path = $"{Nexus.Deals}/{await nexus.Deal("Merge", new { custom_fields = new { a = "1", b = new { x = 1, y = 2 }, c = 3 } })}";

        var merged = await nexus.Put(path, """{"custom_fields":{"b":{"z":3},"c":null,"never":null}}""");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"a":"1","b":{"z":3}}"""),
            JsonNode.Parse(merged.GetProperty("custom_fields").GetRawText())));
    }

    [Theory, OnBothBackends]
    public async Task A_field_that_people_defined_is_found_by_slug_and_keeps_its_type(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var field = await new FieldService(nexus.Workspace.Db)
            .Create(nexus.Workspace.Admin, new() { Subject = "deal", Name = "Start day", Type = FieldType.Date }, default);
        var path = $"{Nexus.Deals}/{await nexus.Deal("Typed", new { custom_fields = new { start_day = "2026-12-01" } })}";

        var byKey = await nexus.Put(path, new JsonObject { ["custom_fields"] = new JsonObject { [field.Key] = "2026-12-02" } });
        var (status, refused) = await nexus.Client.Put(path, new { custom_fields = new { start_day = "soon" } });

        Assert.Equal("""{"start_day":"2026-12-02"}""", byKey.GetProperty("custom_fields").GetRawText());
        Assert.Equal((422, "custom_fields.start_day"),
            (status, refused.GetProperty("error").GetProperty("details")[0].GetProperty("field").GetString()));
    }

    [Theory, OnBothBackends]
    public async Task A_refused_request_defines_nothing_and_a_name_has_the_type_of_its_first_value(Backend backend)
    {
        var nexus = await Nexus.Open(backend);

        var (refused, _) = await nexus.Client.Post(Nexus.Deals,
            new { title = "", pipeline_id = nexus.Pipeline, custom_fields = new { stray = "x" } });
        var deal = await nexus.Deal("First", new { custom_fields = new { size = 3 } });
        var (other, _) = await nexus.Client.Put($"{Nexus.Deals}/{deal}", new { custom_fields = new { size = "three" } });

        Assert.Equal((422, 422), (refused, other));
        var catalog = await new CatalogService(nexus.Workspace.Db).Current(nexus.Workspace.Admin, default);
        Assert.Equal(["size"], catalog.FieldsOf("deal").Select(field => field.Slug));
    }

    [Theory, OnBothBackends]
    public async Task A_workspace_gets_a_hundred_fields_this_way(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var hundred = new JsonObject(Enumerable.Range(1, FreeForm.MaxFields).Select(n => KeyValuePair.Create($"k{n}", (JsonNode?)n)));
        var deal = await nexus.Deal("Full", new JsonObject { ["custom_fields"] = hundred });

        var (status, json) = await nexus.Client.Put($"{Nexus.Deals}/{deal}", new { custom_fields = new { one_more = 1 } });
        var known = await nexus.Put($"{Nexus.Deals}/{deal}", new { custom_fields = new { k7 = 8 } });

        Assert.Equal((422, "custom_fields.one_more"),
            (status, json.GetProperty("error").GetProperty("details")[0].GetProperty("field").GetString()));
        Assert.Equal(8, known.GetProperty("custom_fields").GetProperty("k7").GetInt32());
    }

    [Theory, OnBothBackends]
    public async Task Names_and_values_that_cannot_be_kept_are_422(Backend backend)
    {
        var nexus = await Nexus.Open(backend);
        var deal = await nexus.Deal("Bad");

        foreach (var body in (string[])
        [
            """{"custom_fields":{"":1}}""", $$$"""{"custom_fields":{"{{{new string('k', 101)}}}":1}}""",
            """{"custom_fields":{"a":"\u0000"}}""", """{"custom_fields":{"a":"\ud800"}}""",
            """{"custom_fields":{"a":{"b":"\u0000"}}}""", """{"custom_fields":{"a":1e400}}""", """{"custom_fields":{"a":""}}""",
        ])
        {
            var (status, json) = await nexus.Client.Put($"{Nexus.Deals}/{deal}", body);
            Assert.True(status == 422, $"{body} was answered {status}: {json}");
        }
    }

    // Writers that bring the same name at once must not make two fields of it.
    [Theory, OnBothBackends]
    public async Task A_name_brought_by_many_at_once_becomes_one_field(Backend backend)
    {
        var nexus = await Nexus.Open(backend);

        await Task.WhenAll(Enumerable.Range(1, 8)
            .Select(n => nexus.Deal($"Deal {n}", new { custom_fields = new { shared = $"value {n}" } })));

        var catalog = await new CatalogService(nexus.Workspace.Db).Current(nexus.Workspace.Admin, default);
        Assert.Single(catalog.FieldsOf("deal"));
    }
}
