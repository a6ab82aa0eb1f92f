using System.Text.Json;
using Tributary.Core.Contacts;
using Tributary.Core.Fields;
using Tributary.Core.Leads;
using Tributary.Core.Notes;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V2;

/// <summary>Searches and dealFields of v2: reference §11 and the OpenAPI file of v2 (2026-08-18).</summary>
public sealed class SearchAndFieldTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task Contacts_products_and_leads_are_found_where_the_fields_say(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var org = await pipe.Post(Pipe.V2 + "/organizations", new { name = "Zephyr Works", address = new { value = "Kite Road 5" } });
        var person = await pipe.Post(Pipe.V2 + "/persons",
            new
            {
                name = "Zoe Kite",
                org_id = org.GetProperty("id").GetInt64(),
                emails = new[] { new { value = "zoe@zephyr.test" } },
                phones = new[] { new { value = "555 77" } }
            });
        var personId = person.GetProperty("id").GetInt64();
        await new NoteService(pipe.Workspace.Db)
            .Create(pipe.Workspace.Admin, new() { Content = "<b>Likes</b> zephyrs", PersonId = personId }, Ct);
        await pipe.Post(Pipe.V2 + "/products", new { name = "Zephyr fan", code = "ZF-9" }, 201);
        var lead = await new LeadService(pipe.Workspace.Db)
            .Create(pipe.Workspace.Admin, new() { Title = "Zephyr lead", PersonId = personId }, Ct);

        var found = (await pipe.Get(Pipe.V2 + "/persons/search?term=zephyr")).GetProperty("items")[0].GetProperty("item");
        Assert.Equal(["id", "type", "name", "phones", "emails", "visible_to", "owner", "organization", "custom_fields", "notes"],
            found.EnumerateObject().Select(member => member.Name));
        Assert.Equal("""["person","Zoe Kite",["555 77"],["zoe@zephyr.test"],"Kite Road 5",["<b>Likes</b> zephyrs"]]""",
            $"""["{found.Text("type")}","{found.Text("name")}",{found.Raw("phones")},{found.Raw("emails")},"{found.GetProperty("organization").Text("address")}",{found.Raw("notes")}]""");
        Assert.Empty((await pipe.Get(Pipe.V2 + "/persons/search?term=zephyr&fields=name,phone")).GetProperty("items").EnumerateArray());
        Assert.Single((await pipe.Get(Pipe.V2 + "/organizations/search?term=kite%20road&fields=address")).GetProperty("items")
            .EnumerateArray());
        var product = (await pipe.Get(Pipe.V2 + "/products/search?term=zf-9&exact_match=true&include_fields=product.price"))
            .GetProperty("items")[0].GetProperty("item");
        Assert.Equal(("ZF-9", """[{"currency":"EUR","price":0}]"""), (product.Text("code"), product.Raw("prices")));
        Assert.Equal(lead.Uid.ToString(), (await pipe.Get($"{Pipe.V2}/leads/search?term=zephyr&person_id={personId}"))
            .GetProperty("items")[0].GetProperty("item").Text("id"));
        Assert.Equal((400, "Validation failed: term: term must have at least 2 characters"),
            Pipe.Refused(await pipe.Client.Get(Pipe.V2 + "/persons/search?term=z")));
    }

    [Theory, OnBothBackends]
    public async Task ItemSearch_finds_all_kinds_best_first_and_what_is_related_beside(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var org = await pipe.Organization("Quasar");
        var person = await new PersonService(pipe.Workspace.Db).Create(pipe.Workspace.Admin, new() { Name = "Ann", OrgId = org.Id }, Ct);
        var related = await pipe.Deal("Big order", new { org_id = org.Id });
        var deal = await pipe.Deal("Quasar deal");

        var all = await pipe.Get(Pipe.V2 + "/itemSearch?term=quasar&search_for_related_items=true");
        Assert.Equal(["organization", "deal"], all.GetProperty("items").EnumerateArray()
            .Select(hit => hit.GetProperty("item").Text("type")));
        Assert.Equal([related, person.Id], all.GetProperty("related_items").EnumerateArray()
            .Select(hit => hit.GetProperty("item").GetProperty("id").GetInt64()));
        Assert.All(all.GetProperty("related_items").EnumerateArray(), hit => Assert.Equal("0", hit.Raw("result_score")));

        var deals = await pipe.Get(Pipe.V2 + "/itemSearch?term=quasar&item_types=deal,file");
        Assert.Equal([deal], deals.GetProperty("items").EnumerateArray()
            .Select(hit => hit.GetProperty("item").GetProperty("id").GetInt64()));
        Assert.Empty((await pipe.Get(Pipe.V2 + "/itemSearch?term=quasar&item_types=project")).GetProperty("items").EnumerateArray());
        // A key that reads no organizations finds none.
        var narrow = await pipe.As(backend, null, "products:read");
        Assert.Empty(Pipe.Data(await narrow.Get(Pipe.V2 + "/itemSearch?term=quasar")).GetProperty("items").EnumerateArray());
    }

    [Theory, OnBothBackends]
    public async Task DealFields_lists_every_member_of_a_deal_and_custom_fields_by_their_key(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var address = await pipe.Field(FieldType.Address, "Delivery");
        var deal = await pipe.Deal("x");

        var fields = (await pipe.Get(Pipe.V2 + "/dealFields?limit=500")).EnumerateArray().ToDictionary(field => field.Text("field_code")!);
        // What a deal shows is described, "currency" within "value".
        var shown = (await pipe.Get($"{Pipe.Deals}/{deal}")).EnumerateObject().Select(member => member.Name)
            .Where(name => name is not ("custom_fields" or "currency"));
        Assert.All(shown, name => Assert.True(fields.ContainsKey(name), name));
        Assert.Equal(("true", "address"), (fields[address.Key].Raw("is_custom_field"), fields[address.Key].Text("field_type")));
        Assert.Equal(["value", "country", "admin_area_level_1", "admin_area_level_2", "locality", "sublocality", "route", "street_number",
            "subpremise", "postal_code"],
            fields[address.Key].GetProperty("subfields").EnumerateArray().Select(part => part.Text("field_code")));
        Assert.Equal("true", fields["notes_count"].Raw("is_optional_response_field"));
        Assert.Equal(JsonValueKind.Null, fields["title"].GetProperty("options").ValueKind);
        Assert.False(fields["title"].TryGetProperty("ui_visibility", out _));
    }

    [Theory, OnBothBackends]
    public async Task A_custom_field_and_its_options_live_as_documented_and_the_others_do_not_change(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var field = await pipe.Post(Pipe.V2 + "/dealFields",
            new
            {
                field_name = "Size",
                field_type = "set",
                options = new[] { new { label = "S" }, new { label = "M" } },
                important_fields = new { enabled = true, stage_ids = new[] { 1 } }
            });
        var path = $"{Pipe.V2}/dealFields/{field.Text("field_code")}";
        Assert.Equal(40, field.Text("field_code")!.Length);
        Assert.Equal("""{"enabled":true,"stage_ids":[1]}""",
            (await pipe.Get(path + "?include_fields=important_fields")).Raw("important_fields"));

        // "Returns only the newly added options", "only the updated", "only the deleted".
        var added = await pipe.Post(path + "/options", new[] { new { label = "L" } });
        var id = added[0].GetProperty("id").GetInt64();
        Assert.Equal($$"""[{"id":{{id}},"label":"L"}]""", added.GetRawText());
        Assert.Equal($$"""[{"id":{{id}},"label":"XL"}]""",
            (await pipe.Patch(path + "/options", new[] { new { id, label = "XL" } })).GetRawText());
        Assert.Equal((400, "Validation failed: options: options has no entry with id 999999999"),
            Pipe.Refused(await pipe.Client.Patch(path + "/options", new[] { new { id = 999999999, label = "?" } })));
        foreach (var wrong in new[] { "{}", "[]", "[1]", "[{\"label\":7}]", "" })
        {
            Assert.Equal(400, (await pipe.Client.Post(path + "/options", wrong)).Status);
        }
        Assert.Equal($$"""[{"id":{{id}},"label":"XL"}]""",
            Pipe.Data(await pipe.Client.Ask(HttpMethod.Delete, path + "/options", new[] { new { id } })).GetRawText());

        Assert.Equal("Fit", (await pipe.Patch(path, new { field_name = "Fit" })).Text("field_name"));
        await pipe.Delete(path);
        Assert.Equal((404, "Field not found"), Pipe.Refused(await pipe.Client.Get(path)));
        Assert.Equal(400, (await pipe.Client.Patch(Pipe.V2 + "/dealFields/title", new { field_name = "Name" })).Status);
    }
}
