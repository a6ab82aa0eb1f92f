using System.Text.Json;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V1;

/// <summary>Persons, organizations, products and activities of v1 (the specification of January 2026).</summary>
public sealed class RecordTests
{
    // "email: an email address as a string or an array of email objects"; org_id and owner_id stand as objects.
    [Theory, OnBothBackends]
    public async Task A_person_has_emails_in_either_spelling_and_an_organization(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var organization = await pipe.Post($"{Pipe.V1}/organizations", new { name = "Neverland", address = "Second star to the right" },
            201);

        var person = await pipe.Post($"{Pipe.V1}/persons",
            new
            {
                name = "Will Smith",
                email = "will@smith.test",
                phone = new object[] { new { value = "12345", primary = "true", label = "home" } },
                org_id = organization.GetProperty("id").GetInt64()
            }, 201);
        var path = $"{Pipe.V1}/persons/{person.GetProperty("id")}";
        var changed = await pipe.Put(path, new { email = new[] { "a@b.test", "c@d.test" }, name = "Willard Smith" });

        Assert.Equal(("Will", "Smith", "w"),
            (person.GetProperty("first_name").GetString(), person.GetProperty("last_name").GetString(), person.GetProperty("first_char")
                .GetString()));
        Assert.Equal(("will@smith.test", "12345", "home"),
            (person.GetProperty("primary_email").GetString(), person.GetProperty("phone")[0].GetProperty("value")
                .GetString(), person.GetProperty("phone")[0].GetProperty("label").GetString()));
        Assert.Equal(("Neverland", "Second star to the right"),
            (person.GetProperty("org_id").GetProperty("name").GetString(), person.GetProperty("org_id").GetProperty("address")
                .GetString()));
        Assert.Equal(2, changed.GetProperty("email").GetArrayLength());
        Assert.Equal(1, (await pipe.Get($"{Pipe.V1}/organizations/{organization.GetProperty("id")}")).GetProperty("people_count")
            .GetInt32());
        Assert.Single((await pipe.Get($"{Pipe.V1}/persons?first_char=w&user_id={pipe.Workspace.Admin.UserId}")).EnumerateArray());
        Assert.Equal(person.GetProperty("id").GetInt64(), (await pipe.Delete(path)).GetProperty("id").GetInt64());
        Assert.Equal(404, (await pipe.Client.Get(path)).Status);
    }

    [Theory, OnBothBackends]
    public async Task A_product_is_sold_in_prices_and_can_be_taken_off(Backend backend)
    {
        var pipe = await Pipe.Open(backend);

        var product = await pipe.Post($"{Pipe.V1}/products",
            new
            {
                name = "Pencil",
                code = "MPENCIL",
                prices = new[] { new { currency = "EUR", price = "5", cost = 2, overhead_cost = 3 } },
                billing_frequency = "weekly",
                billing_frequency_cycles = 52
            }, 201);
        var path = $"{Pipe.V1}/products/{product.GetProperty("id")}";
        var off = await pipe.Put(path, new { selectable = 0 });

        var price = product.GetProperty("prices")[0];
        Assert.Equal((5m, 2m, 3m, "EUR"),
            (price.GetProperty("price").GetDecimal(), price.GetProperty("cost").GetDecimal(), price.GetProperty("overhead_cost")
                .GetDecimal(), price.GetProperty("currency").GetString()));
        Assert.Equal(("weekly", 52, true),
            (product.GetProperty("billing_frequency").GetString(), product.GetProperty("billing_frequency_cycles")
                .GetInt32(), product.GetProperty("selectable").GetBoolean()));
        Assert.False(off.GetProperty("selectable").GetBoolean());
        Assert.Single((await pipe.Get($"{Pipe.V1}/products?ids={product.GetProperty("id")}")).EnumerateArray());
        await pipe.Post($"{Pipe.V1}/products", new { name = "Rubber" }, 201);
        var summed = (await pipe.Client.Get($"{Pipe.V1}/products?get_summary=1&limit=1")).Json;
        Assert.Equal((2, 1),
            (summed.GetProperty("additional_data").GetProperty("summary").Whole("total_count"), summed.GetProperty("data")
                .GetArrayLength()));
        await pipe.Delete(path);
        Assert.Single((await pipe.Get($"{Pipe.V1}/products")).EnumerateArray());
    }

    // user_id left out: the caller's activities; 0: everyone's. Times are HH:MM, done is 0 or 1.
    [Theory, OnBothBackends]
    public async Task Activities_are_the_callers_until_everyones_are_asked_for(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var deal = await pipe.Deal("Deal");

        var mine = await pipe.Post($"{Pipe.V1}/activities",
            new
            {
                subject = "Deadline",
                type = "deadline",
                due_date = "2026-12-09",
                due_time = "10:00",
                duration = "01:30",
                deal_id = deal,
                done = 0
            }, 201);
        await pipe.Post($"{Pipe.V1}/activities", new { subject = "Theirs", type = "call", user_id = pipe.Workspace.Member.UserId }, 201);
        var done = await pipe.Put($"{Pipe.V1}/activities/{mine.GetProperty("id")}", new { done = 1 });

        Assert.Equal(("10:00", "01:30", "Deal", false),
            (mine.GetProperty("due_time").GetString(), mine.GetProperty("duration").GetString(), mine.GetProperty("deal_title")
                .GetString(), mine.GetProperty("done").GetBoolean()));
        Assert.True(done.GetProperty("done").GetBoolean());
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$", done.GetProperty("marked_as_done_time").GetString()!);
        Assert.Equal(["Deadline"], Subjects(await pipe.Get($"{Pipe.V1}/activities")));
        Assert.Equal(["Deadline", "Theirs"], Subjects(await pipe.Get($"{Pipe.V1}/activities?user_id=0&sort=id")));
        Assert.Equal(["Deadline"],
            Subjects(
                await pipe.Get($"{Pipe.V1}/activities?user_id=0&type=deadline,meeting&done=1&start_date=2026-12-01&end_date=2026-12-31")));
        Assert.Equal(400, (await pipe.Client.Post($"{Pipe.V1}/activities", new { subject = "x", due_time = "noon" })).Status);
    }

    private static IEnumerable<string?> Subjects(JsonElement activities) =>
        [.. activities.EnumerateArray().Select(one => one.GetProperty("subject").GetString())];
}
