using Microsoft.Playwright;
using Tributary.Tests.Core.Import;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

/// <summary>The import wizard (ui.md §5.8), with the real sales data.</summary>
[Collection(BrowserTests.Name)]
public sealed class ImportTests(WebServer server) : IClassFixture<WebServer>
{
    // The file's counts are those of its own description: 8,800 opportunities (shared/data/crm-sales-opportunities).
    [Fact]
    public async Task The_real_pipeline_is_imported_through_the_wizard_and_taken_back()
    {
        var page = await server.Open("/import");
        await page.GetByLabel("File to import").SetInputFilesAsync(SalesData.File("sales_pipeline.csv").FullName);
        await Expect(page.GetByText("These rows are imported as deals.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "account becomes" })).ToHaveValueAsync("Organization");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next", Exact = true }).ClickAsync();

        await Expect(page.GetByText("Deals are found again by opportunity_id.")).ToBeVisibleAsync();
        await page.GetByLabel("Take near names for existing ones").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview", Exact = true }).ClickAsync();
        await Expect(page.GetByText("The first 20 rows can be read")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "First rows" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(21);

        await page.GetByRole(AriaRole.Button, new() { Name = "Import sales_pipeline.csv" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Imported: 8,800 created, 0 updated, 0 refused" }))
            .ToBeVisibleAsync(new() { Timeout = 120_000 });
        await Axe.MustBeUsable(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Show the deals" }).ClickAsync();
        await Expect(page.GetByLabel("Totals")).ToContainTextAsync("deals");
        await page.GoBackAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo: delete" }).ClickAsync();
        await Expect(page.GetByText("Taken back:")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await page.GotoAsync("/deals/list?tab=all&where="
            + Uri.EscapeDataString("""{"field":"provenance","operator":"equals","value":"nothing has this"}"""));
        await Expect(page.GetByText("No deals match")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Rows_that_cannot_be_imported_are_shown_before_and_kept_after()
    {
        var page = await server.Open("/import");
        await page.GetByLabel("File to import").SetInputFilesAsync(new FilePayload
        {
            Name = "products.csv",
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes("product,sku,sales_price\nQuay,Q1,10\nPier,P1,much\n"),
        });
        await Expect(page.GetByText("These rows are imported as products.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview", Exact = true }).ClickAsync();
        await Expect(page.GetByText("1 of the first 2 rows would be refused")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Import products.csv" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Imported: 1 created, 0 updated, 1 refused" }))
            .ToBeVisibleAsync(new() { Timeout = 60_000 });
        var download =
            await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download the refused rows" })
                .ClickAsync());
        Assert.Contains("Pier,P1,much", await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    // §5.0: every step by keyboard alone, from choosing the file to the records.
    [Fact]
    public async Task A_file_is_imported_with_the_keyboard_alone()
    {
        var page = await server.Open("/import");
        // Heard from the beginning: the browser is told of it beside the keys, and not always before them.
        var asked = new TaskCompletionSource<IFileChooser>(TaskCreationOptions.RunContinuationsAsynchronously);
        page.FileChooser += (_, chooser) => asked.TrySetResult(chooser);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Import" })).ToBeVisibleAsync();
        await TabTo(page, page.GetByRole(AriaRole.Radio, new() { Name = "A spreadsheet" }));
        await TabTo(page, page.GetByLabel("Drop a CSV or Excel file here"));
        await page.Keyboard.PressAsync("Enter");
        var chooser = await asked.Task.WaitAsync(TimeSpan.FromMilliseconds(Chromium.Patience), TestContext.Current.CancellationToken);
        await chooser.SetFilesAsync(new FilePayload
        {
            Name = "people.csv",
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes("name,email,town\nKeyboard Karla,karla@keys.test,Bern\nKeyboard Kim,kim@keys.test,Thun\n"),
        });

        await Expect(page.GetByText("These rows are imported as persons.")).ToBeVisibleAsync();
        var town = page.GetByRole(AriaRole.Combobox, new() { Name = "town becomes" });
        await TabTo(page, town);
        await page.Keyboard.TypeAsync("job title");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(town).ToHaveValueAsync("Job title");
        await Press("Next");
        await Expect(page.GetByText("Records are found again by")).ToBeVisibleAsync();
        await Press("Preview");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "First rows" })).ToContainTextAsync("Keyboard Karla");
        await Press("Import people.csv");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Imported: 2 created, 0 updated, 0 refused" }))
            .ToBeVisibleAsync(new() { Timeout = 60_000 });
        await TabTo(page, page.GetByRole(AriaRole.Link, new() { Name = "Show the persons" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Keyboard Karla" })).ToBeVisibleAsync();

        async Task Press(string name)
        {
            await TabTo(page, page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }));
            await page.Keyboard.PressAsync("Enter");
        }
    }

    /// <summary>Presses Tab until it is there, which has to be within the page.</summary>
    private static async Task TabTo(IPage page, ILocator wanted)
    {
        await Expect(wanted).ToBeVisibleAsync();
        for (var presses = 0; presses < 60; presses++)
        {
            if (await wanted.EvaluateAsync<bool>("one => one === document.activeElement")) return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"Tab does not come to {wanted}.");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_wizard_is_usable_by_everyone(bool dark)
    {
        var page = await server.Open("/import", dark: dark);
        await Expect(page.GetByRole(AriaRole.Radiogroup, new() { Name = "Where do the records come from?" })).ToBeVisibleAsync();
        await Axe.MustBeUsable(page);

        await page.GetByLabel("File to import").SetInputFilesAsync(SalesData.File("accounts.csv").FullName);
        await Expect(page.GetByText("These rows are imported as organizations.")).ToBeVisibleAsync();
        await Axe.MustBeUsable(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Next", Exact = true }).ClickAsync();
        await Axe.MustBeUsable(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "First rows" })).ToBeVisibleAsync();
        await Axe.MustBeUsable(page);
    }
}
