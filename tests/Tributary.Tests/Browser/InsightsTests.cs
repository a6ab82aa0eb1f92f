using System.Web;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

/// <summary>What deals tell together (the brief for the web app, §5.6).</summary>
[Collection(BrowserTests.Name)]
public sealed class InsightsTests(WebServer server) : IClassFixture<WebServer>
{
    [Fact]
    public async Task A_bar_opens_its_deals_as_a_list()
    {
        var page = await server.Open("/insights?period=all");
        var funnel = Card(page, "Funnel");
        await funnel.Locator(".recharts-bar-rectangle").Last.ClickAsync();

        await page.WaitForURLAsync("**/deals/list?*");
        var query = HttpUtility.ParseQueryString(new Uri(page.Url).Query);
        Assert.Equal("all", query["tab"]);
        Assert.Contains("""{"field":"status","operator":"equals","value":"won"}""", query["where"], StringComparison.Ordinal);
    }

    // §5.6: "Funnel (…; deals or value)", "Win rate over time (count/value…)", "Loss reasons (stage × reason)".
    [Fact]
    public async Task Numbers_can_be_values_and_losses_a_matrix_whose_cells_open_their_deals()
    {
        var page = await server.Open("/insights?period=all");
        await Card(page, "Funnel").GetByText("Value", new() { Exact = true }).ClickAsync();
        await Expect(Card(page, "Funnel").GetByText("€").First).ToBeVisibleAsync();
        await Card(page, "Loss reasons").GetByText("Stage × reason").ClickAsync();
        await Card(page, "Loss reasons").GetByRole(AriaRole.Table).GetByRole(AriaRole.Link).First.ClickAsync();

        await page.WaitForURLAsync("**/deals/list?*");
        Assert.Contains("lost_reason", HttpUtility.UrlDecode(page.Url), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bar_of_activities_opens_them()
    {
        var page = await server.Open("/insights?period=all");
        await Card(page, "Activity").GetByRole(AriaRole.Button, new() { Name = "show as a table" }).ClickAsync();
        await Card(page, "Activity").GetByRole(AriaRole.Link, new() { Name = "Overdue" }).First.ClickAsync();

        await page.WaitForURLAsync("**/activities?*");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Overdue" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Upcoming" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Each_report_says_its_rule_and_has_a_table_a_file_and_a_call()
    {
        var page = await server.Open("/insights");
        var won = Card(page, "Won over time");
        await Expect(won).ToContainTextAsync("The value of deals won in each month");

        await won.GetByRole(AriaRole.Button, new() { Name = "show as a table" }).ClickAsync();
        await Expect(won.GetByRole(AriaRole.Link).First)
            .ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("^/deals/list\\?"));
        var download = await page.RunAndWaitForDownloadAsync(() => won.GetByRole(AriaRole.Button, new() { Name = "download as CSV" })
            .ClickAsync());
        Assert.StartsWith("Month,Won,", await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        await won.GetByRole(AriaRole.Button, new() { Name = "show the API call" }).ClickAsync();
        await Expect(page.GetByText("GET /api/v1/insights/won-over-time?from=")).ToBeVisibleAsync();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Insights_are_usable_by_everyone(bool dark)
    {
        var page = await server.Open("/insights", dark: dark);
        foreach (var title in new[] { "Funnel", "Velocity", "Won over time", "Win rate", "Pipeline movement", "Loss reasons", "Ageing",
            "Activity" })
        {
            await Expect(Card(page, title).Locator(".recharts-surface").First).ToBeVisibleAsync(new() { Timeout = 20_000 });
        }
        await Axe.MustBeUsable(page);

        var phone = await server.OpenPhone("/insights", dark);
        await Expect(Card(phone, "Funnel").Locator(".recharts-surface").First).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Axe.MustBeUsable(phone);
    }

    private static ILocator Card(IPage page, string title) => page.GetByRole(AriaRole.Region, new() { Name = title, Exact = true });
}
