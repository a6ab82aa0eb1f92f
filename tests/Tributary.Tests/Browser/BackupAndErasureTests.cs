using Microsoft.Playwright;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Storage;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

/// <summary>Bringing everything to safety, and making forget (the brief for the web app, §5.8; docs/backup.md).</summary>
[Collection(BrowserTests.Name)]
public sealed class BackupAndErasureTests(WebServer server) : IClassFixture<WebServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_is_made_and_downloaded_and_is_sound()
    {
        var page = await server.Open("/settings/data");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a backup now" }).ClickAsync();
        await Expect(page.GetByText("The backup is made and checked.").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        var row = page.GetByRole(AriaRole.Row, new() { Name = "Sound" }).First;
        await Expect(row).ToContainTextAsync("deals");
        await row.GetByRole(AriaRole.Button).ClickAsync();

        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Menuitem, new() { Name = "Download" }).ClickAsync());

        Assert.Matches(@"^tributary-\d{4}-\d\d-\d\d-\d{4}\.db$", download.SuggestedFilename);
        Assert.Equal(1, Backup.Verify(await download.PathAsync()).Workspaces);
        await Axe.MustBeUsable(page);
    }

    [Fact]
    public async Task A_person_is_erased_after_their_name_is_typed_and_who_else_names_them_is_told()
    {
        var persons = new PersonService(server.Db);
        var person = await persons.Create(server.Admin, new() { Name = "Quirin Zander" }, Ct);
        var deal = await new DealService(server.Db)
            .Create(server.Admin, new() { Title = "Order of Quirin Zander", PersonId = person.Id }, Ct);
        var page = await server.Open($"/contacts/persons/{person.Id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase…" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Link, new() { Name = "Order of Quirin Zander" })).ToBeVisibleAsync();
        await Axe.MustBeUsable(page);
        var erase = dialog.GetByRole(AriaRole.Button, new() { Name = "Erase for good" });
        await dialog.GetByLabel("Type the name to confirm").FillAsync("Quirin");
        await Expect(erase).ToBeDisabledAsync();

        await dialog.GetByLabel("Type the name to confirm").FillAsync("Quirin Zander");
        await erase.ClickAsync();
        await page.WaitForURLAsync("**/contacts/persons");

        Assert.Empty(await persons.FindMany(server.Admin, [person.Id], Ct));
        Assert.Null((await new DealService(server.Db).Get(server.Admin, deal.Id, Ct)).PersonId);
    }

    [Fact]
    public async Task A_field_is_indexed_and_the_list_says_since_when()
    {
        await new FieldService(server.Db)
            .Create(server.Admin, new() { Subject = "deal", Name = "Often asked", Type = FieldType.Varchar }, Ct);
        var page = await server.Open("/settings/fields");
        await page.GetByRole(AriaRole.Button, new() { Name = "More for Often asked" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Change…" }).ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Fast filters by this field" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Often asked" }))
            .ToContainTextAsync("Indexed since", new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task A_field_that_cannot_be_indexed_says_why()
    {
        var page = await server.Open("/settings/fields?of=product");
        await page.GetByRole(AriaRole.Button, new() { Name = "Field", Exact = true }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "Fast filters by this field" })).ToBeDisabledAsync();
        await Expect(page.GetByText("Only fields of deals, persons and organizations.")).ToBeVisibleAsync();
    }
}
