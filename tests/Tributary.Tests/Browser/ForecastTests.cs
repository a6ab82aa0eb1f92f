using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tributary.Core.Currencies;
using Tributary.Core.Deals;
using Tributary.Core.Goals;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

/// <summary>When deals come in (the brief for the web app, §5.5).</summary>
[Collection(BrowserTests.Name)]
public sealed class ForecastTests(WebServer server) : IClassFixture<WebServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task A_deal_dragged_to_another_month_is_expected_then_and_the_drag_is_undone()
    {
        var (page, deal) = await WithDeal("Dragged through time");
        var target = Column(page, 2);
        await page.GetByRole(AriaRole.Article, new() { Name = "Dragged through time" })
            .DragToAsync(target, new() { TargetPosition = new() { X = 60, Y = 60 } });

        await Expect(target.GetByText("Dragged through time")).ToBeVisibleAsync();
        await Expect(page.GetByText("is expected on").First).ToBeVisibleAsync();
        Assert.Equal(First(2).Month, (await Now(deal)).ExpectedClose!.Value.Month);

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(Column(page, 1).GetByText("Dragged through time")).ToBeVisibleAsync();
        Assert.Equal(First(1).AddDays(9), (await Now(deal)).ExpectedClose);
    }

    [Fact]
    public async Task A_deal_is_moved_in_time_and_won_by_keys_alone()
    {
        var (page, deal) = await WithDeal("Moved by keys");
        var card = page.GetByRole(AriaRole.Article, new() { Name = "Moved by keys" });
        await card.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Space");
        await Expect(Column(page, 2).GetByText("Moved by keys")).ToBeVisibleAsync();
        await Expect(page.GetByText("is expected on").First).ToBeVisibleAsync();

        // The card is another element in another column; whoever moved it goes on there.
        await Expect(card).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("w");
        await Expect(page.GetByText("“Moved by keys” won.").First).ToBeVisibleAsync();
        Assert.Equal(DealStatus.Won, (await Now(deal)).Status);
    }

    [Fact]
    public async Task All_cards_are_one_stop_of_the_Tab_key_and_the_arrows_go_through_them()
    {
        var page = await server.Open("/forecast");
        await Expect(page.GetByRole(AriaRole.Article).Nth(5)).ToBeVisibleAsync();
        var stops = page.Locator("[data-deal][tabindex='0'], [data-deal] [tabindex='0'], [data-deal] a:not([tabindex='-1'])");
        await Expect(stops).ToHaveCountAsync(1);

        await stops.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(stops).ToHaveCountAsync(1);
        await Expect(stops).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/deals/*");
    }

    [Fact]
    public async Task A_goal_is_what_the_columns_are_measured_by_and_rows_are_cut_by_owner()
    {
        await new GoalService(server.Db).Create(server.Admin, new() { Value = 123_456m, From = First(0) }, Ct);
        var page = await server.Open("/forecast?group=owner&compare=30");

        await Expect(page.GetByText("of €123.5K").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 3 }).First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Compared with 30 days ago" })).ToContainTextAsync("Slipped");
    }

    [Fact]
    public async Task Won_deals_count_at_the_rate_of_their_day_or_at_todays_as_is_picked() // docs/decisions/0022
    {
        var rates = new CurrencyService(server.Db);
        await rates.SetRates(server.Admin, [new("CHF", Today.AddDays(-2), 2m, "manual")], Ct);
        var deals = new DealService(server.Db);
        var deal = await deals.Create(server.Admin, new() { Title = "Won in francs", Value = 1_000_000_000m, Currency = "CHF" }, Ct);
        await deals.Update(server.Admin, deal.Id, new() { Status = DealStatus.Won }, Ct);
        await rates.SetRates(server.Admin, [new("CHF", Today, 3m, "manual")], Ct);
        await rates.SetRates(server.Admin, [new("CHF", Today.AddDays(-2), 5m, "manual")], Ct);

        var page = await server.Open("/forecast?by=won", width: 1900);
        await Expect(page.GetByText(new Regex(@"€3(\.\d+)?B")).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Rates of won deals" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Rates at closing" }).ClickAsync();

        await Expect(page.GetByText(new Regex(@"€2(\.\d+)?B")).First).ToBeVisibleAsync();
        Assert.Contains("rates=locked", page.Url, StringComparison.Ordinal);
        await page.ReloadAsync();
        await Expect(page.GetByText(new Regex(@"€2(\.\d+)?B")).First).ToBeVisibleAsync();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_forecast_is_usable_by_everyone(bool dark)
    {
        var page = await server.Open("/forecast", dark: dark);
        await Expect(page.GetByRole(AriaRole.Article).First).ToBeVisibleAsync();
        await Axe.MustBeUsable(page);

        var phone = await server.OpenPhone("/forecast", dark);
        await Expect(phone.GetByRole(AriaRole.Article).First).ToBeVisibleAsync();
        await Axe.MustBeUsable(phone);
    }

    /// <summary>The first day of the month so many months from now.</summary>
    private static DateOnly First(int months) => new DateOnly(Today.Year, Today.Month, 1).AddMonths(months);

    private static ILocator Column(IPage page, int months) =>
        page.Locator($"[data-column='{First(months).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)}']");

    private async Task<(IPage, long)> WithDeal(string title)
    {
        var deal = await new DealService(server.Db)
            .Create(server.Admin, new() { Title = title, Value = 9_000_000m, ExpectedClose = First(1).AddDays(9) }, Ct);
        var page = await server.Open("/forecast", width: 1900);
        await Expect(Column(page, 1).GetByText(title)).ToBeVisibleAsync();
        return (page, deal.Id);
    }

    private Task<Deal> Now(long id) => new DealService(server.Db).Get(server.Admin, id, Ct);
}
