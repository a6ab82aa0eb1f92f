using Microsoft.Playwright;
using Tributary.Core.Products;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

/// <summary>Products (ui.md §5.7): "list, prices per currency, variations, tax, deals using it; archived kept".</summary>
[Collection(BrowserTests.Name)]
public sealed class ProductTests(WebServer server) : IClassFixture<WebServer>
{
    [Fact]
    public async Task A_product_is_added_priced_varied_archived_and_sold_again()
    {
        var page = await server.Open("/products");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Product", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("Mooring buoy");
        await dialog.GetByLabel("Price in EUR", new() { Exact = true }).FillAsync("120");
        await dialog.GetByLabel("Cost in EUR", new() { Exact = true }).FillAsync("90");
        await dialog.GetByLabel("Tax").FillAsync("19");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Mooring buoy" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "€120" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "25%" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Variation" }).ClickAsync();
        await dialog.GetByLabel("Name").FillAsync("Red");
        await dialog.GetByLabel("Price in EUR", new() { Exact = true }).FillAsync("130");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Red €130" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Archive" }).ClickAsync();
        await Expect(page.GetByText("Archived", new() { Exact = true })).ToBeVisibleAsync();
        Assert.False((await Find("Mooring buoy")).IsLinkable);
        await page.GotoAsync("/products?tab=archived");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Mooring buoy" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Mooring buoy" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sell again" }).ClickAsync();
        await Expect(page.GetByText("Archived", new() { Exact = true })).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_product_shows_the_deals_that_sell_it()
    {
        var products = new ProductService(server.Db);
        var page = await server.Open("/products");
        var sold = (await products.List(server.Admin, new() { Limit = 100 }, TestContext.Current.CancellationToken)).Items;
        foreach (var product in sold)
        {
            await page.GotoAsync($"/products/{product.Id}");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Deals", Exact = true })).ToBeVisibleAsync();
            await Expect(page.GetByText("No deal sells it yet.")
                .Or(page.GetByText(new System.Text.RegularExpressions.Regex("^All [0-9]"))).First).ToBeVisibleAsync();
            if (await page.GetByText("No deal sells it yet.").IsVisibleAsync()) continue;
            await page.GetByText(new System.Text.RegularExpressions.Regex("^All [0-9]")).ClickAsync();
            await Expect(page.GetByLabel("Totals")).ToContainTextAsync("deal");
            return;
        }
        Assert.Fail("The demo's deals sell no product.");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Products_are_usable_by_everyone(bool dark)
    {
        var page = await server.Open("/products", dark: dark);
        await Expect(page.GetByRole(AriaRole.Row).Nth(2)).ToBeVisibleAsync();
        await Axe.MustBeUsable(page);
        await page.GetByRole(AriaRole.Grid).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Prices" })).ToBeVisibleAsync();
        await Axe.MustBeUsable(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByLabel("Name")).ToBeVisibleAsync();
        await Axe.MustBeUsable(page);
    }

    private async Task<Product> Find(string name) =>
        (await new ProductService(server.Db).List(server.Admin, new() { Limit = 200 }, TestContext.Current.CancellationToken)).Items.Single(
            product => product.Name == name);
}
