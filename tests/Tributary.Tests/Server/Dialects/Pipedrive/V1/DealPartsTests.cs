using System.Text.Json;
using Tributary.Core.Activities;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Mail;
using Tributary.Core.Notes;
using Tributary.Core.Products;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V1;

/// <summary>What hangs on a deal, and its past, in v1 (reference §9, appendix A10 to A19, §12).</summary>
public sealed class DealPartsTests
{
    private const string Deals = Pipe.V1 + "/deals";

    // reference §9.6: texts or null, newest first, "cursor paged".
    [Theory, OnBothBackends]
    public async Task The_changelog_tells_values_as_texts(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var id = await pipe.Deal("My Deel");
        await pipe.Put($"{Deals}/{id}", new { title = "My Deal", value = 100 });

        var (_, first) = await pipe.Client.Get($"{Deals}/{id}/changelog?limit=2");
        var (_, second) =
            await pipe.Client.Get(
                $"{Deals}/{id}/changelog?limit=100&cursor={Uri.EscapeDataString(first.GetProperty("additional_data").GetProperty("next_cursor").GetString()!)}");

        var changes = first.GetProperty("data").EnumerateArray().ToDictionary(change => change.GetProperty("field_key").GetString()!);
        Assert.Equal(["title", "value"], changes.Keys.Order());
        Assert.Equal(("My Deel", "My Deal"),
            (changes["title"].GetProperty("old_value").GetString(), changes["title"].GetProperty("new_value").GetString()));
        Assert.Equal(("0", "100"),
            (changes["value"].GetProperty("old_value").GetString(), changes["value"].GetProperty("new_value").GetString()));
        Assert.Equal((pipe.Workspace.Admin.UserId, "api", false),
            (changes["title"].GetProperty("actor_user_id").GetInt64(), changes["title"].GetProperty("change_source")
                .GetString(), changes["title"].GetProperty("is_bulk_update_flag").GetBoolean()));
        Assert.All(second.GetProperty("data").EnumerateArray(),
            change => Assert.Equal(JsonValueKind.Null, change.GetProperty("old_value").ValueKind));
    }

    // reference §9.6: a creation is a dealChange of add_time from nothing; custom fields only with all_changes=1; items keeps kinds.
    [Theory, OnBothBackends]
    public async Task The_flow_mixes_changes_with_what_hangs_on_the_deal(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var field = await pipe.Field(FieldType.Varchar, "Colour");
        var id = await pipe.Deal("x", new { stage_id = pipe.Workspace.Stages[0] });
        await pipe.Put($"{Deals}/{id}", new { stage_id = pipe.Workspace.Stages[1] });
        await pipe.Put($"{Deals}/{id}", new Dictionary<string, object> { [field.Key] = "blue" });
        await new NoteService(pipe.Workspace.Db).Create(pipe.Workspace.Admin, new() { Content = "called", DealId = id }, default);
        await new ActivityService(pipe.Workspace.Db)
            .Create(pipe.Workspace.Admin, new() { Type = "call", Subject = "Call", DealId = id }, default);
        await new MailService(pipe.Workspace.Db).Create(pipe.Workspace.Admin, Message(id), default);

        var flow = await Flow(pipe, id, "");
        var stage = flow.Single(item => item.GetProperty("data").TryGetProperty("field_key", out var key) && key.GetString() == "stage_id")
            .GetProperty("data");
        var creation = flow.Single(item => item.GetProperty("data").TryGetProperty("field_key", out var key)
            && key.GetString() == "add_time").GetProperty("data");

        Assert.Equal((pipe.Workspace.Stages[0], pipe.Workspace.Stages[1]),
            (stage.GetProperty("old_value").GetInt64(), stage.GetProperty("new_value").GetInt64()));
        Assert.Equal("Demo", stage.GetProperty("additional_data").GetProperty("new_value_formatted").GetString());
        Assert.Equal(JsonValueKind.Null, creation.GetProperty("old_value").ValueKind);
        Assert.Equal(["dealChange", "dealFollower", "mailMessage", "note", "plannedActivity"], flow.Select(Object).Distinct().Order());
        Assert.DoesNotContain(flow, item => item.GetProperty("data").TryGetProperty("field_key", out var key)
            && key.GetString() == field.Key);
        Assert.Contains(await Flow(pipe, id, "all_changes=1"),
            item => item.GetProperty("data").TryGetProperty("field_key", out var key) && key.GetString() == field.Key);
        Assert.Equal(["note"], (await Flow(pipe, id, "items=note,call")).Select(Object));
        Assert.Empty(await Flow(pipe, id, "items=mailMessageWithAttachment"));
        Assert.Equal(400, (await pipe.Client.Get($"{Deals}/{id}/flow?items=nonsense")).Status);
    }

    // appendix A17, A29, A42; §9.5: POST answers 200, DELETE takes the participant's id, the primary person is one of them.
    [Theory, OnBothBackends]
    public async Task Participants_are_added_by_person_and_removed_by_participant(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (own, other) = (await pipe.Person("Own"), await pipe.Person("Other"));
        var id = await pipe.Deal("Neverland deal", new { person_id = own.Id });

        var added = await pipe.Post($"{Deals}/{id}/participants", new { person_id = other.Id });
        var listed = (await pipe.Get($"{Deals}/{id}/participants")).EnumerateArray().ToList();
        var participant = added.GetProperty("id").GetInt64();
        await pipe.Delete($"{Deals}/{id}/participants/{participant}");
        var changes = (await pipe.Get($"{Deals}/{id}/participantsChangelog")).EnumerateArray().ToList();

        Assert.Equal((other.Id, "Other"),
            (added.GetProperty("person_id").GetProperty("value").GetInt64(), added.GetProperty("person").GetProperty("name").GetString()));
        Assert.Equal("Neverland deal", added.GetProperty("related_item_data").GetProperty("title").GetString());
        Assert.Equal([own.Id, other.Id], listed.Select(one => one.GetProperty("person_id").GetProperty("value").GetInt64()));
        Assert.Single((await pipe.Get($"{Deals}/{id}/participants")).EnumerateArray());
        Assert.Equal([("removed", other.Id), ("added", other.Id), ("added", own.Id)],
            changes.Select(change => (change.GetProperty("action").GetString()!, change.GetProperty("person_id").GetInt64())));
        Assert.Equal(404, (await pipe.Client.Delete($"{Deals}/{id}/participants/{participant}")).Status);
    }

    // reference §9.4 and §11: v1 followers are {id, user_id, deal_id, add_time}; permitted users are a flat list of ids.
    [Theory, OnBothBackends]
    public async Task Followers_and_permitted_users_are_users(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var id = await pipe.Deal("x", new { visible_to = 1 });
        var member = pipe.Workspace.Member.UserId!.Value;

        Assert.DoesNotContain(member, Ids(await pipe.Get($"{Deals}/{id}/permittedUsers")));
        var follower = await pipe.Post($"{Deals}/{id}/followers", new { user_id = member });

        Assert.Equal((member, id), (follower.GetProperty("user_id").GetInt64(), follower.GetProperty("deal_id").GetInt64()));
        Assert.Contains(member, Ids(await pipe.Get($"{Deals}/{id}/permittedUsers")));
        Assert.Contains(member, (await pipe.Get($"{Deals}/{id}/followers")).EnumerateArray()
            .Select(one => one.GetProperty("user_id").GetInt64()));
        await pipe.Delete($"{Deals}/{id}/followers/{follower.GetProperty("id")}");
        Assert.DoesNotContain(member, Ids(await pipe.Get($"{Deals}/{id}/permittedUsers")));
    }

    // reference §12: enabled_flag, sum_formatted, sums beside the pagination. 10 × 30 − 55 % is 135 (recorded, §9.1).
    [Theory, OnBothBackends]
    public async Task Products_of_a_deal_have_their_sums_beside_the_page(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var id = await pipe.Deal("x");
        var product = await new ProductService(pipe.Workspace.Db)
            .Create(pipe.Workspace.Admin, new() { Name = "Pencil", Prices = (Seq<ProductPrice>)[new() { Currency = "EUR", Price = 30 }] },
                default);

        var line = await pipe.Post($"{Deals}/{id}/products",
            new { product_id = product.Id, item_price = "30", quantity = 10, discount = 55, enabled_flag = 1 });
        var (_, listed) = await pipe.Client.Get($"{Deals}/{id}/products?include_product_data=1");
        var changed = await pipe.Put($"{Deals}/{id}/products/{line.GetProperty("id")}", new { quantity = 1, enabled_flag = "0" });

        Assert.Equal((135m, true, "€135"),
            (line.GetProperty("sum").GetDecimal(), line.GetProperty("enabled_flag").GetBoolean(), line.GetProperty("sum_formatted")
                .GetString()));
        Assert.Equal("Pencil", listed.GetProperty("data")[0].GetProperty("product").GetProperty("name").GetString());
        Assert.Equal((10m, 135m, "€135"), (listed.GetProperty("additional_data").GetProperty("products_quantity_total").GetDecimal(),
            listed.GetProperty("additional_data").GetProperty("products_sum_total").GetDecimal(), listed.GetProperty("additional_data")
                .GetProperty("products_sum_total_formatted").GetString()));
        Assert.False(changed.GetProperty("enabled_flag").GetBoolean());
        Assert.Equal(line.GetProperty("id").GetInt64(),
            (await pipe.Delete($"{Deals}/{id}/products/{line.GetProperty("id")}")).GetProperty("id").GetInt64());
    }

    // seed page: done, exclude; files at most 100 a page; mail with include_body (reference A16).
    [Theory, OnBothBackends]
    public async Task Activities_mail_and_persons_of_a_deal_are_listed(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var person = await pipe.Person("Peter Pan");
        var id = await pipe.Deal("x", new { person_id = person.Id });
        var activities = new ActivityService(pipe.Workspace.Db);
        var done = await activities.Create(pipe.Workspace.Admin,
            new() { Type = "call", Subject = "Done", DealId = id, Done = true, DurationMinutes = 90 }, default);
        var open = await activities.Create(pipe.Workspace.Admin, new() { Type = "meeting", Subject = "Open", DealId = id }, default);
        await new MailService(pipe.Workspace.Db).Create(pipe.Workspace.Admin, Message(id), default);

        var (_, all) = await pipe.Client.Get($"{Deals}/{id}/activities");
        var mail = (await pipe.Get($"{Deals}/{id}/mailMessages?include_body=1"))[0];

        Assert.Equal([done.Id, open.Id], all.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetInt64()));
        Assert.Equal("01:30", all.GetProperty("data")[0].GetProperty("duration").GetString());
        Assert.Equal(2, all.GetProperty("additional_data").GetProperty("activity_distribution")
            .GetProperty($"{pipe.Workspace.Admin.UserId}").GetProperty("activity_count").GetInt32());
        Assert.Equal("Open", (await pipe.Get($"{Deals}/{id}/activities?done=0"))[0].GetProperty("subject").GetString());
        Assert.Equal(open.Id, (await pipe.Get($"{Deals}/{id}/activities?exclude={done.Id}"))[0].GetProperty("id").GetInt64());
        Assert.Equal(("mailMessage", "Hello", "<p>Hello</p>"),
            (mail.GetProperty("object").GetString(), mail.GetProperty("data").GetProperty("subject").GetString(), mail.GetProperty("data")
                .GetProperty("body").GetString()));
        Assert.False((await pipe.Get($"{Deals}/{id}/mailMessages"))[0].GetProperty("data").TryGetProperty("body", out _));
        Assert.Equal("Peter Pan", (await pipe.Get($"{Deals}/{id}/persons"))[0].GetProperty("name").GetString());
        Assert.Equal(0, (await pipe.Get($"{Deals}/{id}/files")).GetArrayLength());
    }

    private static MailPatch Message(long dealId) => new()
    {
        DealId = dealId,
        Subject = "Hello",
        Body = "<p>Hello</p>",
        Direction = MailDirection.Incoming,
        Parties = new MailParties { From = [new("peter@pan.test", "Peter")], To = [new("ada@some.test")] },
    };

    private static string? Object(JsonElement item) => item.GetProperty("object").GetString();

    private static IEnumerable<long> Ids(JsonElement ids) => [.. ids.EnumerateArray().Select(id => id.GetInt64())];

    private static async Task<List<JsonElement>> Flow(Pipe pipe, long id, string query) =>
        [.. (await pipe.Get($"{Deals}/{id}/flow?{query}")).EnumerateArray()];
}
