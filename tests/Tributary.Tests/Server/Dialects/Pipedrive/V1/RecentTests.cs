using Tributary.Core.Mail;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V1;

/// <summary>
/// What v1 tells of changes and of many records at once: recents, collections, activity types, note fields, a mail message (OpenAPI files
/// of v1).
/// </summary>
public sealed class RecentTests
{
    private const string V1 = Pipe.V1;

    // "all recent changes occurred after the given timestamp"; items: {"item","id","data"}; the moments beside the pagination.
    [Theory, OnBothBackends]
    public async Task Recents_tell_what_was_changed_since_a_moment_deleted_records_too(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        TestClock.Instance.Advance(TimeSpan.FromHours(1));
        var kept = await pipe.Deal("Kept");
        TestClock.Instance.Advance(TimeSpan.FromMinutes(1));
        var person = (await pipe.Post(V1 + "/persons", new { name = "Jane" }, 201)).Whole("id");
        TestClock.Instance.Advance(TimeSpan.FromMinutes(1));
        var gone = await pipe.Deal("Gone");
        await pipe.Delete($"{Pipe.Deals}/{gone}");
        var since = Uri.EscapeDataString(TestClock.Instance.GetUtcNow().AddMinutes(-3).ToString("yyyy-MM-dd HH:mm:ss", null));

        var all = (await pipe.Client.Get($"{V1}/recents?since_timestamp={since}")).Json;
        var second = (await pipe.Client.Get($"{V1}/recents?since_timestamp={since}&items=deal,note&start=1&limit=1")).Json;

        Assert.Equal([("deal", kept), ("person", person), ("deal", gone)],
            all.GetProperty("data").EnumerateArray().Select(one => (one.Text("item"), one.Whole("id"))));
        Assert.Equal("deleted", all.GetProperty("data")[2].GetProperty("data").Text("status"));
        Assert.Equal(pipe.Workspace.Admin.UserId, all.GetProperty("data")[1].GetProperty("data").Whole("owner_id"));
        Assert.Equal([gone], second.GetProperty("data").Ids());
        Assert.Equal(all.GetProperty("data")[2].GetProperty("data").Text("update_time"),
            second.GetProperty("additional_data").Text("last_timestamp_on_page"));
        Assert.False(second.GetProperty("additional_data").GetProperty("pagination").Flag("more_items_in_collection"));
        Assert.Equal(400, (await pipe.Client.Get(V1 + "/recents")).Status);
    }

    [Theory, OnBothBackends]
    public async Task Recents_leave_out_what_the_key_may_not_read(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        await pipe.Deal("Not seen");
        var client = await pipe.As(backend, null, "persons:read");
        await pipe.Person("Seen");

        var told = Pipe.Data(await client.Get(V1 + "/recents?since_timestamp=2020-01-01%2000:00:00&items=deal,person"));

        Assert.Equal(["person"], told.EnumerateArray().Select(one => one.Text("item")));
    }

    // "only global admins … can access this endpoint"; first_char "case-insensitive"; ids are plain; a cursor goes on.
    [Theory, OnBothBackends]
    public async Task Collections_are_for_admins_and_go_on_by_cursor(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        foreach (var name in new[] { "Anna", "adam", "Bert" }) await pipe.Person(name);
        await pipe.Organization("Acme");
        await pipe.Post(V1 + "/activities", new { subject = "Call", type = "call", done = 1 }, 201);
        await pipe.Post(V1 + "/activities", new { subject = "Meet", type = "meeting" }, 201);

        var first = (await pipe.Client.Get(V1 + "/persons/collection?first_char=a&limit=1")).Json;
        var next =
            await pipe.Get(
                $"{V1}/persons/collection?first_char=a&limit=1&cursor={first.GetProperty("additional_data").Text("next_cursor")}");
        var done = await pipe.Get(V1 + "/activities/collection?done=true");
        var meetings = await pipe.Get(V1 + "/activities/collection?type=meeting,lunch");
        var organizations = await pipe.Get(V1 + "/organizations/collection?until=2020-01-01%2000:00:00");

        Assert.Equal(("Anna", "adam"), (first.GetProperty("data")[0].Text("name"), next[0].Text("name")));
        Assert.Equal(pipe.Workspace.Admin.UserId, next[0].Whole("owner_id"));
        Assert.Equal(("Call", "Meet"),
            (Assert.Single(done.EnumerateArray()).Text("subject"), Assert.Single(meetings.EnumerateArray()).Text("subject")));
        Assert.Empty(organizations.EnumerateArray());
        var member = await pipe.As(backend, pipe.Workspace.Member);
        foreach (var noun in new[] { "deals", "activities", "persons", "organizations" })
        {
            Assert.Equal((403, "You do not have permissions to do this."), Pipe.Refused(await member.Get($"{V1}/{noun}/collection")));
        }
    }

    // The example of deleting: active_flag false, and the key stays.
    [Theory, OnBothBackends]
    public async Task Activity_types_are_added_changed_and_hidden(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var made = await pipe.Post(V1 + "/activityTypes", new { name = "Video call", icon_key = "camera", color = "aeb31b" });
        var at = $"{V1}/activityTypes/{made.Whole("id")}";

        var changed = await pipe.Put(at, new { name = "Meeting online", order_nr = 1 });
        var hidden = await pipe.Delete(at);
        var bulk = await pipe.Delete($"{V1}/activityTypes?ids={made.Whole("id")}");

        Assert.Equal(("video_call", "camera", true, true),
            (made.Text("key_string"), made.Text("icon_key"), made.Flag("active_flag"), made.Flag("is_custom_flag")));
        Assert.Equal(("Meeting online", "video_call", 1), (changed.Text("name"), changed.Text("key_string"), changed.Whole("order_nr")));
        Assert.False(hidden.Flag("active_flag"));
        Assert.Equal("[]", bulk.Raw("id"));
        Assert.Equal(400, (await pipe.Client.Post(V1 + "/activityTypes", new { name = "x", icon_key = "anvil" })).Status);
    }

    [Theory, OnBothBackends]
    public async Task Fields_of_notes_are_listed_with_whether_they_are_pinned(Backend backend)
    {
        var pipe = await Pipe.Open(backend);

        var fields = (await pipe.Get(V1 + "/noteFields")).EnumerateArray().ToDictionary(field => field.Text("key")!);

        Assert.True(fields["content"].Flag("mandatory_flag"));
        Assert.Equal("""[{"id":1,"label":"Yes"},{"id":0,"label":"No"}]""", fields["pinned_to_deal_flag"].Raw("options"));
    }

    // "include_body: 0 = Don't include, 1 = Include".
    [Theory, OnBothBackends]
    public async Task A_mail_message_is_shown_with_its_body_when_asked(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var mail = await new MailService(pipe.Workspace.Db).Create(pipe.Workspace.Admin, new()
        {
            Subject = "Offer",
            Body = "Dear Jane",
            DealId = await pipe.Deal("Mailed"),
            Parties = new MailParties { From = [new("ann@acme.test")] },
            MessageAt = TestClock.Start,
        }, TestContext.Current.CancellationToken);

        var plain = await pipe.Get($"{V1}/mailbox/mailMessages/{mail.Id}");
        var whole = await pipe.Get($"{V1}/mailbox/mailMessages/{mail.Id}?include_body=1");

        Assert.Equal(("Offer", false), (plain.Text("subject"), plain.TryGetProperty("body", out _)));
        Assert.Equal("Dear Jane", whole.Text("body"));
        Assert.Equal((404, "Mail message not found"), Pipe.Refused(await pipe.Client.Get(V1 + "/mailbox/mailMessages/999999999")));
    }

    // [{"123":{"deal":{…},"product":{…}}}]; deals that the person takes part in count too.
    [Theory, OnBothBackends]
    public async Task What_a_persons_deals_sell_is_listed_line_by_line(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var person = (await pipe.Person("Jane")).Id;
        var product = (await pipe.Post(V1 + "/products", new { name = "Pencil", code = "P1" }, 201)).Whole("id");
        var (own, joined, other) =
            (await pipe.Deal("own", new { person_id = person }), await pipe.Deal("joined"), await pipe.Deal("other"));
        await pipe.Post($"{V1}/deals/{joined}/participants", new { person_id = person });
        foreach (var deal in new[] { own, joined, other })
        {
            await pipe.Post($"{V1}/deals/{deal}/products", new { product_id = product, item_price = 5, quantity = 1 });
        }

        var sold = await pipe.Get($"{V1}/persons/{person}/products");

        Assert.Equal([$"{own}", $"{joined}"], sold.EnumerateArray().Select(line => line.EnumerateObject().Single().Name));
        var first = sold[0].GetProperty($"{own}");
        Assert.Equal((own, "P1", pipe.Workspace.Admin.UserId),
            (first.GetProperty("deal").Whole("id"), first.GetProperty("product").Text("code"), first.GetProperty("product")
                .Whole("owner_id")));
        Assert.True((await pipe.Client.Get($"{V1}/persons/{person}/products?limit=1")).Json.GetProperty("additional_data")
            .GetProperty("pagination").Flag("more_items_in_collection"));
        Assert.Equal(404, (await pipe.Client.Get(V1 + "/persons/999999999/products")).Status);
    }
}
