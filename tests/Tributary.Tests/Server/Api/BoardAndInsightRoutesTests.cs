using System.Text.Json;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Api;

public sealed class BoardAndInsightRoutesTests
{
    // Design §8: "columns with count, sum, weighted sum and the first cards, one round trip".
    [Theory, OnBothBackends]
    public async Task A_board_shows_counts_sums_and_cards_and_more_cards_on_demand(Backend backend)
    {
        var (client, workspace) = await Begin(backend);
        for (var i = 0; i < 3; i++)
        {
            await client.Post("/api/v1/deals", new { title = $"Deal {i}", value = 1000, tags = new[] { i == 0 ? "first" : "later" } });
        }

        var (status, board) = await client.Get($"/api/v1/pipelines/{workspace.PipelineId}/board?cards=2&order=title&include=owner");
        var column = board.GetProperty("columns")[0];
        var (_, more) =
            await client.Get(
                $"/api/v1/stages/{workspace.Stages[0]}/cards?cards=2&order=title&cursor={Uri.EscapeDataString(column.GetProperty("next_cursor").GetString()!)}");
        var (_, narrowed) = await client.Get($"/api/v1/pipelines/{workspace.PipelineId}/board?tag=first");
        var (wrong, problem) = await client.Get($"/api/v1/pipelines/{workspace.PipelineId}/board?cards=1000&order=luck");
        var (absent, _) = await client.Get("/api/v1/pipelines/999999999/board");

        Assert.Equal((200, 3, 422, 404), (status, board.GetProperty("columns").GetArrayLength(), wrong, absent));
        Assert.Equal((3L, 3000m, 300m),
            (column.GetProperty("totals").GetProperty("deals").GetInt64(), column.GetProperty("totals").GetProperty("value")
                .GetDecimal(), column.GetProperty("totals").GetProperty("weighted_value").GetDecimal()));
        Assert.Equal(["Deal 0", "Deal 1", "Deal 2"], column.GetProperty("cards").EnumerateArray()
            .Concat(more.GetProperty("data").EnumerateArray()).Select(card => card.GetProperty("title").GetString()));
        Assert.Equal("Ada Admin", column.GetProperty("cards")[0].GetProperty("owner").GetProperty("name").GetString());
        Assert.Equal(1, narrowed.GetProperty("totals").GetProperty("deals").GetInt64());
        Assert.Equal(["cards", "order"], Fields(problem).Order());
    }

    // "Activity done/planned by user" and "every bar clickable" (the brief for the web app, §5.6). The clock stands at 2026-11-20.
    [Theory, OnBothBackends]
    public async Task Activities_are_counted_by_user_and_movements_name_their_deals(Backend backend)
    {
        var (client, workspace) = await Begin(backend);
        await client.Post("/api/v1/activities", new { subject = "Call", type = "call", done = true });
        await client.Post("/api/v1/activities", new { subject = "Late", type = "call", due_on = "2026-11-19" });
        await client.Post("/api/v1/activities", new { subject = "Soon", type = "call", due_on = "2026-11-25" });
        await client.Post("/api/v1/activities", new { subject = "Another day", type = "call", due_on = "2026-12-24" });
        await client.Post("/api/v1/activities", new { subject = "Another type", type = "task" });
        TestClock.Instance.Advance(TimeSpan.FromDays(1));
        var since = TestClock.Instance.GetUtcNow().AddHours(-1)
            .ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        var deal = (await client.Post("/api/v1/deals", new { title = "New", value = 70 })).Json.GetProperty("id").GetInt64();

        var (_, counts) = await client.Get("/api/v1/insights/activities?type=call&from=2026-11-01&to=2026-11-30");
        var (wrong, _) = await client.Get("/api/v1/insights/activities?from=2026-12-01&to=2026-11-30");
        var (_, movement) = await client.Get($"/api/v1/insights/movement?since={since}&with_deals=true");
        var (_, silent) = await client.Get($"/api/v1/insights/movement?since={since}");

        Assert.Equal(422, wrong);
        Assert.Equal($$"""[{"owner_id":{{workspace.Admin.UserId}},"done":1,"planned":1,"overdue":1}]""",
            counts.GetProperty("data").GetRawText());
        Assert.Equal($"[{deal}]", movement.GetProperty("lines")[0].GetProperty("deal_ids").GetRawText());
        Assert.Equal("[]", silent.GetProperty("lines")[0].GetProperty("deal_ids").GetRawText());
    }

    // "Compare with 30 days ago" shows slipped, grown, new, lost (the brief for the web app, §5.5).
    [Theory, OnBothBackends]
    public async Task A_forecast_is_compared_and_a_pipeline_stands_as_it_stood(Backend backend)
    {
        var (client, workspace) = await Begin(backend);
        var slips =
            (await client.Post("/api/v1/deals", new { title = "Slips", value = 500, expected_close = "2026-12-24" })).Json.GetProperty("id")
            .GetInt64();
        TestClock.Instance.Advance(TimeSpan.FromDays(10));
        await client.Patch($"/api/v1/deals/{slips}", new { expected_close = "2027-01-10", stage_id = workspace.Stages[1] });
        await client.Post("/api/v1/deals", new { title = "New", value = 70 });

        var (_, comparison) = await client.Get("/api/v1/insights/forecast/comparison?days=5");
        var (_, then) = await client.Get($"/api/v1/insights/standing?pipeline_id={workspace.PipelineId}&as_of=2026-11-25T00:00:00Z");
        var (_, now) = await client.Get($"/api/v1/insights/standing?pipeline_id={workspace.PipelineId}");
        var (wrong, problem) = await client.Get("/api/v1/insights/forecast/comparison?days=0");

        Assert.Equal((1L, 500m),
            (comparison.GetProperty("slipped").GetProperty("deals").GetInt64(), comparison.GetProperty("slipped").GetProperty("value")
                .GetDecimal()));
        Assert.Equal(0, comparison.GetProperty("pulled_in").GetProperty("deals").GetInt64());
        Assert.Equal((500m, 570m),
            (comparison.GetProperty("movement").GetProperty("start").GetProperty("value").GetDecimal(), comparison.GetProperty("movement")
                .GetProperty("end").GetProperty("value").GetDecimal()));
        Assert.Equal([1, 0, 0], Open(then));
        Assert.Equal([1, 1, 0], Open(now));
        Assert.Equal((422, "days"), (wrong, Fields(problem).Single()));

        static IEnumerable<long> Open(JsonElement standing) =>
            standing.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("open").GetProperty("deals").GetInt64());
    }

    [Theory, OnBothBackends]
    public async Task Insights_answer_now_and_as_it_was(Backend backend)
    {
        var (client, workspace) = await Begin(backend);
        var id = (await client.Post("/api/v1/deals", new { title = "Fleet", value = 500, expected_close = "2026-12-24" })).Json.GetProperty(
            "id").GetInt64();
        TestClock.Instance.Advance(TimeSpan.FromDays(2));
        await client.Patch($"/api/v1/deals/{id}", new { status = "lost", lost_reason = "Price" });
        TestClock.Instance.Advance(TimeSpan.FromDays(1));

        var (_, summary) = await client.Get("/api/v1/deals/summary?status=lost");
        var (_, forecast) = await client.Get("/api/v1/insights/forecast?as_of=2026-11-21T00:00:00Z");
        var (_, funnel) = await client.Get($"/api/v1/insights/funnel?pipeline_id={workspace.PipelineId}");
        var (_, losses) = await client.Get("/api/v1/insights/loss-reasons");
        var (_, movement) = await client.Get("/api/v1/insights/movement?since=2026-11-21T00:00:00Z");
        var (_, timeline) = await client.Get("/api/v1/deals/timeline?start_date=2026-12-01&interval=month&amount=1");

        Assert.Equal((1L, 500m), (summary.GetProperty("deals").GetInt64(), summary.GetProperty("value").GetDecimal()));
        Assert.Equal(("month", "2026-12-01", 1L),
            (forecast.GetProperty("data")[0].GetProperty("kind").GetString(), forecast.GetProperty("data")[0].GetProperty("month")
                .GetString(),
            forecast.GetProperty("data")[0].GetProperty("open").GetProperty("deals").GetInt64()));
        Assert.Equal(1, funnel.GetProperty("lost").GetInt64());
        Assert.Equal("Price", losses.GetProperty("data")[0].GetProperty("reason").GetString());
        Assert.Equal((500m, 0m),
            (movement.GetProperty("start").GetProperty("value").GetDecimal(), movement.GetProperty("end").GetProperty("value")
                .GetDecimal()));
        Assert.Equal(0, timeline.GetProperty("data")[0].GetProperty("all").GetProperty("deals").GetInt64());
        foreach (var name in new[] { "velocity", "ageing" })
        {
            Assert.Equal(200, (await client.Get($"/api/v1/insights/{name}?pipeline_id={workspace.PipelineId}")).Status);
        }
        foreach (var name in new[] { "win-rate", "won-over-time" })
        {
            Assert.Equal(200, (await client.Get($"/api/v1/insights/{name}")).Status);
        }
    }

    [Theory, OnBothBackends]
    public async Task Parameters_that_an_insight_needs_or_does_not_know_are_named(Backend backend)
    {
        var (client, _) = await Begin(backend);

        var (funnel, missing) = await client.Get("/api/v1/insights/funnel");
        var (movement, several) = await client.Get("/api/v1/insights/movement?pipeline_id=x&colour=red");
        var (future, later) = await client.Get("/api/v1/insights/movement?since=2030-01-01T00:00:00Z");

        Assert.Equal((422, 422, 422), (funnel, movement, future));
        Assert.Equal(["pipeline_id"], Fields(missing));
        Assert.Equal(["colour", "pipeline_id", "since"], Fields(several).Order());
        Assert.Equal(("since", "query"),
            (later.GetProperty("errors")[0].GetProperty("field").GetString(), later.GetProperty("errors")[0].GetProperty("in")
                .GetString()));
    }

    [Theory, OnBothBackends]
    public async Task What_is_written_anywhere_is_found(Backend backend)
    {
        var (client, _) = await Begin(backend);
        var deal = (await client.Post("/api/v1/deals", new { title = "Fleet renewal" })).Json.GetProperty("id").GetInt64();
        await client.Post("/api/v1/persons", new { name = "Renée Fleetwood" });

        var (status, all) = await client.Get("/api/v1/search?term=FLEET");
        var (_, deals) = await client.Get("/api/v1/search?term=fleet&subjects=deal");
        var (wrong, problem) = await client.Get("/api/v1/search?subjects=planet");

        Assert.Equal((200, 2, 422), (status, all.GetProperty("data").GetArrayLength(), wrong));
        Assert.Equal(deal, deals.GetProperty("data")[0].GetProperty("id").GetInt64());
        Assert.Equal(["term"], Fields(problem));
    }

    [Theory, OnBothBackends]
    public async Task A_deal_is_worth_what_it_sells(Backend backend)
    {
        var (client, _) = await Begin(backend);
        var product =
            (await client.Post("/api/v1/products", new { name = "Tracker", prices = new[] { new { currency = "EUR", price = 10 } } })).Json;
        var (_, variation) = await client.Post($"/api/v1/products/{product.GetProperty("id").GetInt64()}/variations",
            new { name = "Large", prices = new[] { new { currency = "EUR", price = 20 } } });
        var deal = $"/api/v1/deals/{(await client.Post("/api/v1/deals", new { title = "Fleet" })).Json.GetProperty("id").GetInt64()}";

        var (added, line) = await client.Post(deal + "/products",
            new { product_id = product.GetProperty("id").GetInt64(), quantity = 3, tax_method = "none" });
        var (_, discount) = await client.Post(deal + "/discounts", new { description = "Friends", amount = 10, type = "percentage" });
        var (planned, installment) = await client.Post(deal + "/installments",
            new { description = "First", amount = 5, billing_on = "2026-12-01" });
        var (_, worth) = await client.Get(deal);
        var (several, problem) = await client.Post(deal + "/products/batch",
            new
            {
                products = new object[] { new { product_id = product.GetProperty("id").GetInt64(), quantity = 1 },
                new { quantity = 1 } }
            });
        var (_, more) = await client.Patch($"{deal}/products/{line.GetProperty("id").GetInt64()}",
            new { quantity = 4, variation_id = variation.GetProperty("id").GetInt64() });
        foreach (var path in new[] { $"/installments/{installment.GetProperty("id").GetInt64()}",
            $"/discounts/{discount.GetProperty("uid").GetString()}", $"/products/{line.GetProperty("id").GetInt64()}" })
        {
            Assert.Equal(204, (await client.Delete(deal + path)).Status);
        }
        var (_, left) = await client.Get(deal + "/products");

        Assert.Equal((201, 201, 422), (added, planned, several));
        Assert.Equal((10m, 27m, 4m),
            (line.GetProperty("item_price").GetDecimal(), worth.GetProperty("value").GetDecimal(), more.GetProperty("quantity")
                .GetDecimal()));
        Assert.Contains("products[1].product_id", Fields(problem));
        Assert.Equal(0, left.GetProperty("data").GetArrayLength());
    }

    private static async Task<(HttpClient, SomeWorkspace)> Begin(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        return (await TestServers.Native(backend, workspace), workspace);
    }

    private static IEnumerable<string?> Fields(JsonElement problem) =>
        problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString());
}
