using System.Text.Json;
using Tributary.Core.Fields;
using Tributary.Server.Dialects.Pipedrive;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V1;

/// <summary>The deal of v1, one by one (reference §6.2, §8 and §12; the seed page for duplicate, merge and bulk deletion).</summary>
public sealed class DealTests
{
    private const string Deals = Pipe.V1 + "/deals";

    // reference §6.2: user_id, creator_user_id, person_id and org_id "are objects with value"; label is "2,3", visible_to a text.
    [Theory, OnBothBackends]
    public async Task What_a_deal_names_stands_in_it_as_objects(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (person, organization) = (await pipe.Person("Peter Pan"), await pipe.Organization("Neverland"));

        var (status, reply) = await pipe.Client.Post(Deals,
            new
            {
                title = "Deal One",
                value = "5000",
                currency = "EUR",
                person_id = person.Id,
                org_id = organization.Id.ToString(Invariant),
                visible_to = "3"
            });
        var deal = Pipe.Data((status, reply), 201);

        Assert.Equal(person.Id, deal.GetProperty("person_id").GetProperty("value").GetInt64());
        Assert.Equal("Peter Pan", deal.GetProperty("person_name").GetString());
        Assert.Equal(organization.Id, deal.GetProperty("org_id").GetProperty("value").GetInt64());
        Assert.Equal(pipe.Workspace.Admin.UserId, deal.GetProperty("user_id").GetProperty("value").GetInt64());
        Assert.Equal("3", deal.GetProperty("visible_to").GetString());
        Assert.Equal((5000m, "€5,000"), (deal.GetProperty("value").GetDecimal(), deal.GetProperty("formatted_value").GetString()));
        Assert.Equal("open", deal.GetProperty("status").GetString());
        Assert.True(deal.GetProperty("active").GetBoolean());
        Assert.Equal(JsonValueKind.Null, deal.GetProperty("label").ValueKind);
        Assert.Equal("Peter Pan", reply.GetProperty("related_objects").GetProperty("person").GetProperty(person.Id.ToString(Invariant))
            .GetProperty("name").GetString());
    }

    // reference §6.2: weighted_value = value × the deal's own probability, else its stage's.
    [Theory, OnBothBackends]
    public async Task Weighted_value_takes_the_deals_probability_or_its_stages(Backend backend)
    {
        var pipe = await Pipe.Open(backend);

        var asStage = await pipe.Post(Deals, new { title = "x", value = 1000 }, 201);
        var own = await pipe.Put($"{Deals}/{asStage.GetProperty("id")}", new { probability = "30" });

        Assert.Equal(100m, asStage.GetProperty("weighted_value").GetDecimal());
        Assert.Equal((300m, "EUR"),
            (own.GetProperty("weighted_value").GetDecimal(), own.GetProperty("weighted_value_currency").GetString()));
    }

    // reference §3: "v1 date-times YYYY-MM-DD HH:MM:SS, UTC"; §12: won_time only on won deals, status "deleted" deletes.
    [Theory, OnBothBackends]
    public async Task Status_and_its_times_are_written_and_read_in_v1s_spelling(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var id = await pipe.Deal("x");

        var won = await pipe.Put($"{Deals}/{id}", new { status = "won", won_time = "2026-01-02 03:04:05" });
        var (status, refused) = await pipe.Client.Put($"{Deals}/{id}", new { status = "open", won_time = "2026-01-02 03:04:05" });
        var deleted = await pipe.Put($"{Deals}/{id}", new { status = "deleted" });

        Assert.Equal("2026-01-02 03:04:05", won.GetProperty("won_time").GetString());
        Assert.Equal("2026-01-02 03:04:05", won.GetProperty("close_time").GetString());
        Assert.False(won.GetProperty("active").GetBoolean());
        Assert.Equal(400, status);
        Assert.Contains("won_time", refused.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(("deleted", true), (deleted.GetProperty("status").GetString(), deleted.GetProperty("deleted").GetBoolean()));
    }

    // reference §2 and issue: v1 is lenient; forms, numeric texts, 0 and 1, unknown members.
    [Theory, OnBothBackends]
    public async Task Forms_and_unknown_members_are_taken(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var form =
            new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["title"] = "From a form",
                ["value"] = "12.5",
                ["is_archived"] = "1",
                ["nobody_knows"] = "x",
                ["person_id"] = ""
            });

        using var response = await pipe.Client.PostAsync(new Uri(Deals, UriKind.Relative), form);
        var deal = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("data");

        Assert.Equal(201, (int)response.StatusCode);
        Assert.Equal(12.5m, deal.GetProperty("value").GetDecimal());
        Assert.True(deal.GetProperty("is_archived").GetBoolean());
        Assert.Equal(JsonValueKind.Null, deal.GetProperty("person_id").ValueKind);
    }

    // reference §4: the message is recorded from the live API.
    [Theory, OnBothBackends]
    public async Task A_deal_without_a_title_is_refused_in_v1s_words(Backend backend)
    {
        var pipe = await Pipe.Open(backend);

        var (status, json) = await pipe.Client.Post(Deals, new { value = 5 });

        Assert.Equal(400, status);
        Assert.Equal(["success", "error", "error_info", "data", "additional_data"], json.EnumerateObject().Select(member => member.Name));
        Assert.Contains("title", json.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Empty((await pipe.Get(Deals)).EnumerateArray());
    }

    // reference §7: custom values at the top, with companions.
    [Theory, OnBothBackends]
    public async Task Custom_values_stand_at_the_top_with_their_companions(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (budget, kind, buyer) =
            (await pipe.Field(FieldType.Monetary, "Budget"), await pipe.Field(FieldType.Enum, "Kind", "New",
                "Old"), await pipe.Field(FieldType.People, "Buyer"));
        var person = await pipe.Person("Wendy");

        var deal = await pipe.Post(Deals, new Dictionary<string, object?>
        {
            ["title"] = "x",
            [budget.Key] = "12.5",
            [budget.Key + "_currency"] = "EUR",
            [kind.Key] = kind.Options[0].Id.ToString(Invariant),
            [buyer.Key] = person.Id,
        }, 201);

        Assert.Equal((12.5m, "EUR"), (deal.GetProperty(budget.Key).GetDecimal(), deal.GetProperty(budget.Key + "_currency").GetString()));
        Assert.Equal(kind.Options[0].Id.ToString(Invariant), deal.GetProperty(kind.Key).GetString());
        Assert.Equal(("Wendy", person.Id),
            (deal.GetProperty(buyer.Key).GetProperty("name").GetString(), deal.GetProperty(buyer.Key).GetProperty("value").GetInt64()));
    }

    // reference §7: companions are members of their own; one that is sent alone changes only itself, and so does the value.
    [Theory, OnBothBackends]
    public async Task A_companion_alone_keeps_the_rest_of_the_value(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (budget, span, slot) =
            (await pipe.Field(FieldType.Monetary, "Budget"), await pipe.Field(FieldType.DateRange,
                "Span"), await pipe.Field(FieldType.TimeRange, "Slot"));
        var (site, zone) = (await pipe.Field(FieldType.Address, "Site"), TimeZones.Id("Europe/Tallinn"));
        var deal = await pipe.Post(Deals, new Dictionary<string, object?>
        {
            ["title"] = "x",
            [budget.Key] = 10,
            [budget.Key + "_currency"] = "USD",
            [span.Key] = "2026-01-01",
            [span.Key + "_until"] = "2026-01-31",
            [slot.Key] = "09:00:00",
            [slot.Key + "_until"] = "10:00:00",
            [site.Key] = "Main Street 1, Sunnyvale",
            [site.Key + "_locality"] = "Sunnyvale",
        }, 201);
        var path = $"{Deals}/{deal.Whole("id")}";

        var parts =
            await pipe.Put(path,
                new Dictionary<string, object?>
                {
                    [budget.Key + "_currency"] = "EUR",
                    [span.Key + "_until"] = "2026-02-15",
                    [slot.Key + "_timezone_id"] = zone,
                    [site.Key + "_country"] = "USA",
                });
        var values =
            await pipe.Put(path,
                new Dictionary<string, object?> { [budget.Key] = "12.5", [span.Key] = "2026-01-05", [site.Key] = "Elsewhere 2" });
        var cleared =
            await pipe.Put(path,
                new Dictionary<string, object?>
                {
                    [budget.Key] = null,
                    [budget.Key + "_currency"] = null,
                    [slot.Key + "_timezone_id"] = null,
                });
        var refused = Pipe.Refused(await pipe.Client.Put(path, new Dictionary<string, object?> { [span.Key + "_until"] = "2020-01-01" }));

        Assert.Equal((10m, "EUR"), (parts.Number(budget.Key), parts.Text(budget.Key + "_currency")));
        Assert.Equal(("2026-01-01", "2026-02-15"), (parts.Text(span.Key), parts.Text(span.Key + "_until")));
        Assert.Equal(("09:00:00", "10:00:00", zone),
            (parts.Text(slot.Key), parts.Text(slot.Key + "_until"), parts.Whole(slot.Key + "_timezone_id")));
        Assert.Equal(("Main Street 1, Sunnyvale", "Sunnyvale", "USA"),
            (parts.Text(site.Key), parts.Text(site.Key + "_locality"), parts.Text(site.Key + "_country")));
        Assert.Equal((12.5m, "EUR"), (values.Number(budget.Key), values.Text(budget.Key + "_currency")));
        Assert.Equal(("2026-01-05", "2026-02-15"), (values.Text(span.Key), values.Text(span.Key + "_until")));
        Assert.Equal(("Elsewhere 2", null), (values.Text(site.Key), values.Text(site.Key + "_locality")));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null),
            (cleared.GetProperty(budget.Key).ValueKind, cleared.GetProperty(budget.Key + "_currency").ValueKind));
        Assert.Equal(("09:00:00", JsonValueKind.Null), (cleared.Text(slot.Key), cleared.GetProperty(slot.Key + "_timezone_id").ValueKind));
        Assert.Equal(400, refused.Status);
        Assert.Contains(span.Key, refused.Error, StringComparison.Ordinal);
    }

    // specification of v1, "Get details of a deal": "the average time to win the deal", "the average of the deal stage progression".
    [Theory, OnBothBackends]
    public async Task One_deal_alone_shows_how_its_pipelines_deals_are_won(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var stages = pipe.Workspace.Stages;
        var open = await pipe.Deal("open");
        var before = await pipe.Get($"{Deals}/{open}");
        foreach (var (stage, won) in new[] { (stages[0], "2026-01-01 01:00:00"), (stages[1], "2026-01-01 03:00:30"),
            (stages[1], "2026-01-01 05:00:00") })
        {
            await pipe.Post(Deals,
                new { title = "won", stage_id = stage, status = "won", add_time = "2026-01-01 00:00:00", won_time = won }, 201);
        }
        var last = (await pipe.Get($"{Deals}?sort=id DESC&limit=1"))[0].Whole("id");

        var three = await pipe.Get($"{Deals}/{open}");
        await pipe.Delete($"{Deals}/{last}");
        var two = await pipe.Get($"{Deals}/{open}");

        Assert.Equal((0, 0m), (before.GetProperty("average_time_to_won").Whole("total_seconds"), before.Number("average_stage_progress")));
        Assert.Equal((3 * 3600 + 10, 1.67m),
            (three.GetProperty("average_time_to_won").Whole("total_seconds"), three.Number("average_stage_progress")));
        Assert.Equal((3, 0, 10),
            (three.GetProperty("average_time_to_won").Whole("h"), three.GetProperty("average_time_to_won")
                .Whole("i"), three.GetProperty("average_time_to_won").Whole("s")));
        Assert.Equal((2 * 3600 + 15, 1.5m),
            (two.GetProperty("average_time_to_won").Whole("total_seconds"), two.Number("average_stage_progress")));
    }

    // reference §8.6: 200, plain ids, update_time null.
    [Theory, OnBothBackends]
    public async Task A_duplicate_is_answered_with_plain_ids(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var person = await pipe.Person("Peter Pan");
        var id = await pipe.Deal("Original", new { person_id = person.Id, value = 7 });

        var copy = await pipe.Post($"{Deals}/{id}/duplicate", new { });

        Assert.NotEqual(id, copy.GetProperty("id").GetInt64());
        Assert.Equal((person.Id, 7m), (copy.GetProperty("person_id").GetInt64(), copy.GetProperty("value").GetDecimal()));
        Assert.Equal(JsonValueKind.Null, copy.GetProperty("update_time").ValueKind);
    }

    // reference §8.5: {id} disappears, merge_with_id survives, the reply names the removed one; the same id → 400.
    [Theory, OnBothBackends]
    public async Task Merging_answers_the_survivor_and_the_id_that_went(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (gone, stays) = (await pipe.Deal("Gone", new { value = 5 }), await pipe.Deal("Stays"));

        var merged = await pipe.Put($"{Deals}/{gone}/merge", new { merge_with_id = stays });
        var (same, refused) = await pipe.Client.Put($"{Deals}/{stays}/merge", new { merge_with_id = stays });

        Assert.Equal((stays, "Stays", gone),
            (merged.GetProperty("id").GetInt64(), merged.GetProperty("title").GetString(), merged.GetProperty("merge_what_id").GetInt64()));
        Assert.Equal("deleted", (await pipe.Get($"{Deals}/{gone}")).GetProperty("status").GetString());
        Assert.Equal(400, same);
        Assert.Contains("merge_with_id", refused.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    // seed page, "Delete multiple deals in bulk"; what is not there is left out (reference A39).
    [Theory, OnBothBackends]
    public async Task Bulk_deletion_answers_the_ids_it_deleted(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (first, second) = (await pipe.Deal("a"), await pipe.Deal("b"));

        var deleted = await pipe.Delete($"{Deals}?ids={first},999999999,{second}");
        var (status, refused) = await pipe.Client.Delete(Deals);

        Assert.Equal([first, second], deleted.GetProperty("id").EnumerateArray().Select(id => id.GetInt64()));
        Assert.Equal((400, true), (status, refused.GetProperty("error").GetString()!.Contains("ids", StringComparison.Ordinal)));
        Assert.Equal(2, (await pipe.Get($"{Deals}?status=deleted")).GetArrayLength());
    }

    [Theory, OnBothBackends]
    public async Task One_deal_alone_shows_its_way_through_the_stages(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var id = await pipe.Deal("x", new { stage_id = pipe.Workspace.Stages[0] });
        await pipe.Put($"{Deals}/{id}", new { stage_id = pipe.Workspace.Stages[1] });

        var deal = await pipe.Get($"{Deals}/{id}");

        Assert.Equal(pipe.Workspace.Stages.Take(2), deal.GetProperty("stay_in_pipeline_stages").GetProperty("order_of_stages")
            .EnumerateArray().Select(stage => stage.GetInt64()));
        Assert.True(deal.GetProperty("age").GetProperty("total_seconds").GetInt64() >= 0);
    }

    private static IFormatProvider Invariant => System.Globalization.CultureInfo.InvariantCulture;
}
