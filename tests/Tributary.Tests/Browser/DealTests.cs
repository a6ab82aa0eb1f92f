using System.Security.Cryptography;
using Microsoft.Playwright;
using Tributary.Core.Deals;
using Tributary.Core.Keys;
using Tributary.Core.Lists;
using Tributary.Core.Pipelines;
using Tributary.Core.Products;
using Tributary.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class DealTests(WebServer server) : IClassFixture<WebServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // §5.2: "a bar shows what changed and by whom/which API (by Pipedrive v2 key n8n)".
    [Fact]
    public async Task What_a_program_changes_in_an_open_deal_is_told_with_the_name_of_its_key()
    {
        var deal = await new DealService(server.Db).Create(server.Admin, new() { Title = "Open here" }, Ct);
        var key = await new KeyService(server.Db, RandomNumberGenerator.Fill)
            .Create(server.Admin, new() { Dialect = "native", Name = "n8n", UserId = server.Admin.UserId, Scopes = ["*"] }, Ct);
        using var client = new HttpClient
        {
            BaseAddress = new(server.Url),
            DefaultRequestHeaders = { Authorization = new("Bearer", key.Token) },
        };
        var page = await server.Open($"/deals/{deal.Id}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Open here" })).ToBeVisibleAsync();

        await client.Patch($"/api/v1/deals/{deal.Id}", new { value = 4_200 });

        var bar = page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Changed elsewhere" });
        await Expect(bar).ToContainTextAsync("key “n8n”");
        await Expect(bar).ToContainTextAsync("4,200");
    }

    [Fact]
    public async Task A_value_is_changed_where_it_stands_and_taken_back()
    {
        var page = await Open(await Some("Edited in place"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Value: edit" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Value" }).FillAsync("4200");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Value: edit" })).ToContainTextAsync("4,200");

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Value: edit" })).ToContainTextAsync("1,000");
    }

    [Fact]
    public async Task The_stepper_moves_the_deal_and_the_timeline_tells_it()
    {
        var page = await Open(await Some("Stepping"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Demo held" }).ClickAsync();

        await Expect(page.Locator("button[aria-current=step]")).ToContainTextAsync("Demo held");
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Stage: Qualified" })).ToContainTextAsync("Demo held");
    }

    [Fact]
    public async Task Notes_are_text_whatever_they_contain()
    {
        var page = await Open(await Some("Noted"));
        await page.GetByRole(AriaRole.Tab, new() { Name = "Note", Exact = true }).ClickAsync();
        await page.GetByLabel("Note", new() { Exact = true }).Last.FillAsync("<img src=x onerror=alert(1)> & more");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the note" }).ClickAsync();

        await Expect(page.GetByText("<img src=x onerror=alert(1)> & more")).ToBeVisibleAsync();
        await Expect(page.Locator("img[src=x]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_product_on_the_deal_becomes_its_value()
    {
        var product = await new ProductService(server.Db).List(server.Admin, new ListQuery { Limit = 1 }, Ct);
        var page = await Open(await Some("Selling"));
        await page.GetByRole(AriaRole.Tab, new() { Name = "Products" }).ClickAsync();
        await page.GetByLabel("Add a product").FillAsync(product.Items[0].Name);
        await page.GetByRole(AriaRole.Option, new() { Name = product.Items[0].Name }).First.ClickAsync();
        await page.GetByRole(AriaRole.Tabpanel).GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Price of {product.Items[0].Name}: edit" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Price" }).FillAsync("250");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Quantity of {product.Items[0].Name}: edit" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Quantity" }).FillAsync("3");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByText("Value €750")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_a_program_changes_meanwhile_is_said_with_its_name()
    {
        var deal = await Some("Watched");
        var page = await Open(deal);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Watched" })).ToBeVisibleAsync();

        await new DealService(server.Db)
            .Update(server.Admin with { Dialect = "switch" }, deal.Id, new() { Title = "Watched and changed" }, Ct);

        await Expect(page.GetByText("through Switch API: Title Watched → Watched and changed")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Watched and changed" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_history_shows_the_deal_as_it_was()
    {
        var deal = await Some("Once cheaper");
        await new DealService(server.Db).Update(server.Admin, deal.Id, new() { Value = 9_000m }, Ct);
        var page = await Open(deal);
        await page.GetByRole(AriaRole.Tab, new() { Name = "History" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Value" }).First).ToContainTextAsync("9,000");
        await page.GetByRole(AriaRole.Slider).FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await Expect(page.GetByText("(now 9,000)")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_file_is_put_on_the_deal_and_looked_at()
    {
        var page = await Open(await Some("With a file"));
        await page.GetByRole(AriaRole.Tab, new() { Name = "Files" }).ClickAsync();
        await page.Locator("input[type=file]")
            .SetInputFilesAsync(new FilePayload { Name = "terms.txt", MimeType = "text/plain", Buffer = "Thirty days net."u8.ToArray() });
        await page.GetByRole(AriaRole.Button, new() { Name = "Look at terms.txt" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Thirty days net.");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_deal_is_usable_by_everyone(bool dark)
    {
        var deal =
            (await new DealService(server.Db)
                .List(server.Admin, new() { Limit = 1, Condition = Condition.Test("products_count", Operator.More, 1) }, Ct)).Items[0];
        var page = await Open(deal, dark);
        foreach (var tab in new[] { "Timeline", "Products", "Participants", "Files", "History", "API" })
        {
            await page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Tabpanel).Last).ToBeVisibleAsync();
            await Expect(page.Locator("[aria-label=Loading]")).ToHaveCountAsync(0);
            await Axe.MustBeUsable(page);
        }
    }

    [Fact]
    public async Task On_a_phone_nothing_of_a_deal_is_cut_off()
    {
        var deal = await Some("On a phone");
        var page = await server.OpenPhone($"/deals/{deal.Id}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "On a phone" })).ToBeVisibleAsync();

        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('main').scrollWidth <= 390"));
    }

    [Fact]
    public async Task On_a_phone_the_stepper_shows_the_stage_that_the_deal_is_in()
    {
        var deal = await Some("Far along");
        var stages = await new PipelineService(server.Db).ListStages(server.Admin, deal.PipelineId, Ct);
        var last = stages.Where(stage => stage.Kind is StageKind.Open).MaxBy(stage => stage.Position)!;
        await new DealService(server.Db).Update(server.Admin, deal.Id, new() { StageId = last.Id }, Ct);

        var page = await server.OpenPhone($"/deals/{deal.Id}");

        await Expect(page.Locator("button[aria-current=step]")).ToBeInViewportAsync(new() { Ratio = 0.9f });
    }

    private Task<Deal> Some(string title) => new DealService(server.Db)
        .Create(server.Admin, new() { Title = title, Value = 1_000m, Currency = "EUR" }, Ct);

    private Task<IPage> Open(Deal deal, bool dark = false) => server.Open($"/deals/{deal.Id}", dark: dark);
}
