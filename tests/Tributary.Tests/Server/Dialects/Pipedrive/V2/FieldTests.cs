using Tributary.Core.Fields;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V2;

/// <summary>
/// personFields, organizationFields, productFields and activityFields of v2, and the search of one field: the OpenAPI file of v2
/// (2026-08-18).
/// </summary>
public sealed class FieldTests
{
    // The files' examples: name of persons; address of organizations with its parts; what ui_visibility of each kind holds.
    [Theory, OnBothBackends]
    public async Task Every_kind_lists_its_own_fields_and_options(Backend backend)
    {
        var pipe = await Pipe.Open(backend);

        var person = await pipe.Get(Pipe.V2 + "/personFields/name?include_fields=ui_visibility,required_fields");
        var address = await pipe.Get(Pipe.V2 + "/organizationFields/address");
        var product = await pipe.Get(Pipe.V2 + "/productFields/billing_frequency?include_fields=ui_visibility");
        var type = await pipe.Get(Pipe.V2 + "/activityFields/type");
        var counts = (await pipe.Get(Pipe.V2 + "/organizationFields?limit=500")).EnumerateArray()
            .Where(field => field.Flag("is_optional_response_field"));

        Assert.Equal(("Name", "varchar", false, """{"enabled":false}"""),
            (person.Text("field_name"), person.Text("field_type"), person.Flag("is_custom_field"), person.Raw("required_fields")));
        Assert.Equal("""{"show":false,"order":null}""", person.GetProperty("ui_visibility").Raw("show_in_add_deal_dialog"));
        Assert.Contains("street_number", address.GetProperty("subfields").EnumerateArray().Select(part => part.Text("field_code")));
        Assert.Equal("one-time", product.GetProperty("options")[0].Text("id"));
        Assert.Equal("""{"add_visible_flag":false,"details_visible_flag":true}""", product.Raw("ui_visibility"));
        Assert.Contains("call", type.GetProperty("options").EnumerateArray().Select(option => option.Text("id")));
        Assert.Contains("people_count", counts.Select(field => field.Text("field_code")));
        Assert.Equal((404, "Field not found"), Pipe.Refused(await pipe.Client.Get(Pipe.V2 + "/productFields/title")));
    }

    [Theory, OnBothBackends]
    public async Task A_field_of_persons_is_made_changed_and_used(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var made = await pipe.Post(Pipe.V2 + "/personFields",
            new { field_name = "Lead Source", field_type = "enum", options = new[] { new { label = "Inbound" } } });
        var at = $"{Pipe.V2}/personFields/{made.Text("field_code")}";

        var added = await pipe.Post(at + "/options", new[] { new { label = "Referral" } });
        var renamed = await pipe.Patch(at + "/options", new[] { new { id = added[0].Whole("id"), label = "Friend" } });
        var changed = await pipe.Patch(at, new { field_name = "Source", required_fields = new { enabled = true } });
        var person = await pipe.Post(Pipe.V2 + "/persons",
            new { name = "Jane", custom_fields = new Dictionary<string, object> { [made.Text("field_code")!] = added[0].Whole("id") } });

        Assert.Equal(("Friend", "Source", """{"enabled":true}"""),
            (renamed[0].Text("label"), changed.Text("field_name"), changed.Raw("required_fields")));
        Assert.Equal(added[0].Whole("id"), person.GetProperty("custom_fields").Whole(made.Text("field_code")!));
        Assert.True((await pipe.Delete(at)).Flag("is_custom_field"));
        Assert.Equal(404, (await pipe.Client.Get(at)).Status);
    }

    // "At least one field must be provided in the request body"; only deal fields take a description, product fields have no
    // required_fields.
    [Theory, OnBothBackends]
    public async Task Bodies_take_what_the_kind_has(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var made = await pipe.Post(Pipe.V2 + "/organizationFields", new { field_name = "Industry code", field_type = "varchar" });
        var at = $"{Pipe.V2}/organizationFields/{made.Text("field_code")}";

        Assert.Equal((400, "Validation failed: body: The request body must have at least one field"),
            Pipe.Refused(await pipe.Client.Patch(at, new { })));
        Assert.Equal((400, "Validation failed: description: Parameter 'description' is not allowed for this request"),
            Pipe.Refused(await pipe.Client.Patch(at, new { description = "x" })));
        Assert.Equal((400, "Validation failed: required_fields: Parameter 'required_fields' is not allowed for this request"),
            Pipe.Refused(await pipe.Client.Post(Pipe.V2 + "/productFields",
                new { field_name = "x", field_type = "text", required_fields = new { enabled = true } })));
        Assert.Equal(405, (await pipe.Client.Post(Pipe.V2 + "/activityFields", new { field_name = "x", field_type = "text" })).Status);
    }

    // "The search is case sensitive"; exact when match is left out; "Minimum 2 characters (or 1 if `match` is `exact`)".
    [Theory, OnBothBackends]
    public async Task One_field_is_searched_by_its_whole_value_its_beginning_or_any_part(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var deal = await pipe.Deal("Monkey business");
        var field = await pipe.Field(FieldType.Varchar, "Reference");
        await pipe.Patch($"{Pipe.Deals}/{deal}", new { custom_fields = new Dictionary<string, string> { [field.Key] = "REF-77" } });
        await pipe.Post(Pipe.V2 + "/persons", new { name = "Jane", emails = new[] { new { value = "jane@kite.test" } } });
        var search = Pipe.V2 + "/itemSearch/field?entity_type=deal&field=";

        Assert.Equal($$"""[{"id":{{deal}},"title":"Monkey business"}]""",
            (await pipe.Get(search + "title&term=Monkey%20business")).GetRawText());
        Assert.Equal($$"""[{"id":{{deal}},"title":"Monkey business"}]""",
            (await pipe.Get(search + "title&term=Monk&match=beginning")).GetRawText());
        Assert.Equal("[]", (await pipe.Get(search + "title&term=monk&match=beginning")).GetRawText());
        Assert.Equal("[]", (await pipe.Get(search + "title&term=Monk")).GetRawText());
        Assert.Equal($$"""[{"id":{{deal}},"{{field.Key}}":"REF-77"}]""",
            (await pipe.Get(search + field.Key + "&term=F-7&match=middle")).GetRawText());
        Assert.Equal("jane@kite.test",
            (await pipe.Get(Pipe.V2 + "/itemSearch/field?entity_type=person&field=email&term=kite&match=middle"))[0].Text("email"));
        Assert.Equal((400, "Validation failed: field: field must be a searchable field of a deal"),
            Pipe.Refused(await pipe.Client.Get(search + "status&term=open")));
        Assert.Equal((400, "Validation failed: term: term must have at least 2 characters"),
            Pipe.Refused(await pipe.Client.Get(search + "title&term=M&match=middle")));
    }

    // January 2026: distinct values, or with return_item_ids those of each record.
    [Theory, OnBothBackends]
    public async Task The_search_of_v1_gives_distinct_values_unless_ids_are_wanted(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (one, two) = (await pipe.Deal("Twice"), await pipe.Deal("Twice"));
        var search = Pipe.V1 + "/itemSearch/field?field_type=dealField&field_key=title&term=Twice&exact_match=1";

        Assert.Equal("""[{"title":"Twice"}]""", (await pipe.Get(search)).GetRawText());
        Assert.Equal([two, one], (await pipe.Get(search + "&return_item_ids=1")).Ids());
        var page = (await pipe.Client.Get(search + "&return_item_ids=1&limit=1")).Json.GetProperty("additional_data")
            .GetProperty("pagination");
        Assert.Equal((true, 1), (page.Flag("more_items_in_collection"), page.Whole("next_start")));
    }

    [Theory, OnBothBackends]
    public async Task Nobody_follows_a_user_and_a_user_must_be_there(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var user = pipe.Workspace.Member.UserId;

        Assert.Equal("[]", (await pipe.Get($"{Pipe.V2}/users/{user}/followers")).GetRawText());
        Assert.Equal("[]", (await pipe.Get($"{Pipe.V1}/users/{user}/followers")).GetRawText());
        Assert.Equal((404, "User not found"), Pipe.Refused(await pipe.Client.Get(Pipe.V2 + "/users/999999999/followers")));
    }
}
