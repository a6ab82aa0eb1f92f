using Microsoft.Playwright;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Products;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

/// <summary>
/// What is written down about contacts, as it is about deals (§5.4 of whom one sells to), and edits that show before they are saved (§5.0).
/// </summary>
[Collection(BrowserTests.Name)]
public sealed class ContactWritingTests(WebServer server) : IClassFixture<WebServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_note_a_call_a_message_and_a_file_of_a_person_stand_in_their_history()
    {
        var person = await new PersonService(server.Db).Create(server.Admin,
            new() { Name = "Wanda Written", Emails = new(true, [new("wanda@written.test", "work", true)]) }, Ct);
        await new DealService(server.Db).Create(server.Admin, new() { Title = "Wanda's order" }, Ct);
        var page = await server.Open($"/contacts/persons/{person.Id}");
        var history = page.GetByRole(AriaRole.Region, new() { Name = "History" });
        Task Write(string tab) => history.GetByRole(AriaRole.Tab, new() { Name = tab, Exact = true }).ClickAsync();

        await Expect(history.GetByRole(AriaRole.Tab, new() { Name = "Note", Exact = true })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("m");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Note" }).FillAsync("Prefers letters");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the note" }).ClickAsync();
        await Expect(history.GetByText("Prefers letters")).ToBeVisibleAsync();
        await Write("Call");
        await page.GetByLabel("What was said").FillAsync("Wants a call back");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log the call" }).ClickAsync();
        await Expect(history.GetByText("Wants a call back")).ToBeVisibleAsync();
        await Write("E-mail log");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "To", Exact = true })).ToHaveValueAsync("wanda@written.test");
        await page.GetByLabel("Subject").FillAsync("Our offer");
        // A message belongs to a deal.
        await page.GetByLabel("Deal it belongs to").FillAsync("Wanda's");
        await page.GetByRole(AriaRole.Option, new() { Name = "Wanda's order" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Log the message" }).ClickAsync();
        await Expect(history.GetByText("Our offer")).ToBeVisibleAsync();
        await Write("File");
        await history.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "order.txt",
            MimeType = "text/plain",
            Buffer = "ten"u8.ToArray()
        });
        await Expect(history.GetByText("order.txt")).ToBeVisibleAsync();

        await Write("Activity");
        await page.GetByLabel("Subject").FillAsync("Visit Wanda");
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Focus" }).GetByText("Visit Wanda")).ToBeVisibleAsync();
        await Axe.MustBeUsable(page);
    }

    [Fact]
    public async Task Who_follows_an_organization_is_shown_and_changed()
    {
        var organization = await new OrganizationService(server.Db).Create(server.Admin, new() { Name = "Followed House" }, Ct);
        var page = await server.Open($"/contacts/organizations/{organization.Id}");
        var bell = page.GetByRole(AriaRole.Button, new() { Name = "Follow", Exact = true });
        await Expect(bell).ToHaveAttributeAsync("aria-pressed", "false");

        await bell.ClickAsync();
        await Expect(bell).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Demo Admin stops following" })).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(bell).ToHaveAttributeAsync("aria-pressed", "true");
        await page.GetByRole(AriaRole.Button, new() { Name = "Demo Admin stops following" }).ClickAsync();

        await Expect(bell).ToHaveAttributeAsync("aria-pressed", "false");
        // No message could be found again by the address of a company.
        await Expect(page.GetByRole(AriaRole.Tab, new() { Name = "E-mail log" })).ToHaveCountAsync(0);
    }

    // §5.0: "move at once; on refusal put the card back and say why in one sentence": so with every value.
    [Fact]
    public async Task An_edit_shows_before_it_is_saved_and_goes_back_when_refused()
    {
        var person = await new PersonService(server.Db).Create(server.Admin, new() { Name = "Edith Early", JobTitle = "Clerk" }, Ct);
        var product = await new ProductService(server.Db).Create(server.Admin, new() { Name = "Early product", Unit = "piece" }, Ct);
        foreach (var (path, label, before) in new[]
            { ($"/contacts/persons/{person.Id}", "Job title", "Clerk"), ($"/products/{product.Id}", "Unit", "piece") })
        {
            var page = await server.Open(path);
            var answered = new TaskCompletionSource();
            await page.RouteAsync("**/api/v1/**", async route =>
            {
                if (route.Request.Method != "PATCH")
                {
                    await route.ContinueAsync();
                    return;
                }
                await answered.Task;
                await route.FulfillAsync(new()
                {
                    Status = 422,
                    ContentType = "application/problem+json",
                    Body = """{"detail":"That is nothing we sell to.","code":"invalid"}"""
                });
            });
            var value = page.GetByRole(AriaRole.Button, new() { Name = $"{label}: edit" });
            await Expect(value).ToContainTextAsync(before);

            await value.ClickAsync();
            await page.GetByRole(AriaRole.Textbox, new() { Name = label }).FillAsync("Something else");
            await page.Keyboard.PressAsync("Enter");
            await Expect(value).ToContainTextAsync("Something else");
            answered.SetResult();

            await Expect(value).ToContainTextAsync(before);
            await Expect(page.GetByText("That is nothing we sell to.").First).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task A_value_of_a_product_is_changed_where_it_stands_and_taken_back()
    {
        var product = await new ProductService(server.Db).Create(server.Admin, new() { Name = "Bolt", Category = "Hardware" }, Ct);
        var page = await server.Open($"/products/{product.Id}");
        var category = page.GetByRole(AriaRole.Button, new() { Name = "Category: edit" });
        await category.ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Category" }).FillAsync("Fasteners");
        await page.Keyboard.PressAsync("Enter");
        await Expect(category).ToContainTextAsync("Fasteners");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "History" })).ToContainTextAsync("Fasteners");

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).Last.ClickAsync();

        await Expect(category).ToContainTextAsync("Hardware");
    }
}
