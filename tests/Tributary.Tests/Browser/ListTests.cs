using Microsoft.Playwright;
using Tributary.Core.Deals;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

/// <summary>The list of deals (ui.md §5.3).</summary>
[Collection(BrowserTests.Name)]
public sealed class ListTests(WebServer server) : IClassFixture<WebServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_filter_is_built_shown_as_chips_kept_in_the_address_and_taken_away()
    {
        await Make("Quayside crane", 90_000);
        var page = await server.Open("/deals/list");
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Condition" }).ClickAsync();
        await dialog.GetByLabel("Value").FillAsync("quayside");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();

        await Expect(page.GetByText("Title contains quayside")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Quayside crane" })).ToBeVisibleAsync();
        await Expect(Footer(page)).ToContainTextAsync("1 deal");
        await page.ReloadAsync();
        await Expect(Footer(page)).ToContainTextAsync("1 deal");

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove: Title contains quayside" }).ClickAsync();
        await Expect(page.GetByText("Title contains quayside")).ToBeHiddenAsync();
        await Expect(Footer(page)).Not.ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^1 deal"));
    }

    [Fact]
    public async Task A_cell_is_edited_by_keyboard_and_the_change_taken_back()
    {
        var deal = await Make("Harbour lights", 1_000);
        var page = await server.Open("/deals/list?q=harbour+lights");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Harbour lights" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Grid).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Title", Exact = true })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("Harbour lights east");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Value" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("2500");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Gridcell, new() { Name = "2,500" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Value of “Harbour lights east” changed.", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(("Harbour lights east", 2_500m), await Stored(deal.Id));

        await page.Keyboard.PressAsync("Control+Z");
        await Expect(page.GetByRole(AriaRole.Gridcell, new() { Name = "1,000" })).ToBeVisibleAsync();
        Assert.Equal(("Harbour lights east", 1_000m), await Stored(deal.Id));
    }

    [Fact]
    public async Task A_bulk_edit_says_first_what_will_change_and_can_be_undone()
    {
        var deals = new List<Deal>();
        for (var n = 1; n <= 3; n++) deals.Add(await Make($"Tugboat {n}", 100 * n));
        var page = await server.Open("/deals/list?q=tugboat");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select the loaded rows" }).CheckAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "Selected deals" }).GetByRole(AriaRole.Button, new() { Name = "Change…" })
            .ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = "What to change" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Value", Exact = true }).ClickAsync();
        await dialog.GetByLabel("New value").FillAsync("300");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(dialog.GetByText("2 will change, 1 are so already")).ToBeVisibleAsync();
        Assert.Equal(100m, (await Stored(deals[0].Id)).Value);

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change 2" }).ClickAsync();
        await Expect(Footer(page)).ToContainTextAsync("900");
        Assert.Equal(300m, (await Stored(deals[0].Id)).Value);

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.GetByText("Undone.").First).ToBeVisibleAsync();
        await Expect(Footer(page)).ToContainTextAsync("600");
        Assert.Equal((100m, 200m, 300m),
            ((await Stored(deals[0].Id)).Value, (await Stored(deals[1].Id)).Value, (await Stored(deals[2].Id)).Value));
    }

    [Fact]
    public async Task A_view_is_saved_starred_and_begun_with()
    {
        await Make("Lighthouse lamp", 700);
        var page = await server.Open("/deals/list?q=lighthouse&group=stage");
        await page.GetByRole(AriaRole.Button, new() { Name = "Views" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Save as a new view…" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("Lamps");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Lamps" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin with Lamps" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Lamps is where I begin: stop that" })).ToBeVisibleAsync();

        // Views may be there before pipelines are.
        var views = page.WaitForResponseAsync("**/api/v1/filters?*");
        await page.RouteAsync("**/api/v1/pipelines?*", async route =>
        {
            await views;
            await route.ContinueAsync();
        });
        await page.GotoAsync("/deals/list");

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Lamps" })).ToBeVisibleAsync();
        await Expect(Footer(page)).ToContainTextAsync("1 deal");
        Assert.Contains("group=stage", page.Url, StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "Lamps" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Lamps is where I begin: stop that" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Begin with Lamps" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_was_deleted_waits_in_its_tab_and_is_restored()
    {
        var deal = await Make("Old anchor", 10);
        await new DealService(server.Db).Delete(server.Admin, deal.Id, Ct);
        var page = await server.Open("/deals/list?tab=deleted&q=old+anchor");
        await Expect(page.GetByRole(AriaRole.Gridcell, new() { Name = "30 days" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select Old anchor" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Restore 1" }).ClickAsync();

        await page.GetByRole(AriaRole.Tab, new() { Name = "Open" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Old anchor" })).ToBeVisibleAsync();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_list_is_usable_by_everyone(bool dark)
    {
        var page = await server.Open("/deals/list?group=owner", dark: dark);
        await Expect(page.GetByRole(AriaRole.Row).Nth(3)).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Checkbox).Nth(3)).ToBeVisibleAsync();
        await Axe.MustBeUsable(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Columns" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByLabel("Find a column")).ToBeVisibleAsync();
        await Axe.MustBeUsable(page);
    }

    private static ILocator Footer(IPage page) => page.GetByLabel("Totals");

    private Task<Deal> Make(string title, decimal value) =>
        new DealService(server.Db).Create(server.Admin, new() { Title = title, Value = value }, Ct);

    private async Task<(string Title, decimal? Value)> Stored(long id)
    {
        var deal = await new DealService(server.Db).Get(server.Admin, id, Ct);
        return (deal.Title, deal.Value);
    }
}
