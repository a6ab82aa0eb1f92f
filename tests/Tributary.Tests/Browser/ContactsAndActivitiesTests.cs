using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class ContactsAndActivitiesTests(WebServer server) : IClassFixture<WebServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_activity_is_planned_moved_done_and_taken_back()
    {
        var page = await server.Open("/activities");
        await page.GetByRole(AriaRole.Button, new() { Name = "Activity", Exact = true }).ClickAsync();
        await page.GetByLabel("Subject").FillAsync("Call about the fleet");
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan it" }).ClickAsync();

        var today = page.GetByRole(AriaRole.Region, new() { Name = "Today" });
        await Expect(today.GetByText("Call about the fleet")).ToBeVisibleAsync();
        await today.GetByText("Call about the fleet").ClickAsync();
        await page.GetByLabel("Subject").FillAsync("Call about the whole fleet");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByLabel("Done: Call about the whole fleet").ClickAsync();
        await Expect(page.GetByLabel("Done: Call about the whole fleet")).Not.ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).Last.ClickAsync();
        await Expect(page.GetByLabel("Done: Call about the whole fleet")).ToBeVisibleAsync();

        await page.GetByText("Week", new() { Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Call about the whole fleet" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_person_is_added_edited_and_merged_with_their_double()
    {
        var persons = new PersonService(server.Db);
        await persons.Create(server.Admin, new() { Name = "Zora Twice", Emails = new(true, [new("zora@twice.test", "work", true)]) }, Ct);
        var page = await server.Open("/contacts/persons");
        await page.GetByRole(AriaRole.Button, new() { Name = "Person", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("Zora Twice");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "E-mail" }).FillAsync("zora@twice.test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the person" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Zora Twice" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Job title: edit" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Job title" }).FillAsync("Buyer");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Job title: edit" })).ToContainTextAsync("Buyer");

        await page.GotoAsync($"{server.Url}/contacts/duplicates");
        var pair = page.Locator("div").Filter(new() { HasText = "Zora Twice" })
            .GetByRole(AriaRole.Button, new() { Name = "Compare and merge" }).First;
        await pair.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Merge", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Zora Twice" })).ToBeVisibleAsync();
        await page.GotoAsync($"{server.Url}/contacts/persons?q=Zora");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Zora Twice" })).ToHaveCountAsync(1);
    }

    // §5.7: "list as in 5.3": grouped, with the number of each group, and exported as it is shown.
    [Fact]
    public async Task Contacts_stand_in_groups_and_leave_as_a_file()
    {
        var page = await server.Open("/contacts/persons?group=owner&columns=name,organization");
        await Expect(page.GetByText(new Regex("^[0-9]+ persons$")).First).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Export and import" }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Menuitem, new() { Name = "CSV" }).ClickAsync());

        Assert.Equal("persons.csv", download.SuggestedFilename);
        Assert.StartsWith("Name,Organization\r\n", (await File.ReadAllTextAsync(await download.PathAsync(), Ct)).TrimStart('\uFEFF'),
            StringComparison.Ordinal);
    }

    // A dialog that is gone leaves the keyboard where it was.
    [Fact]
    public async Task A_dialog_gives_the_focus_back_to_what_opened_it()
    {
        var page = await server.Open("/contacts/persons");
        var filter = page.GetByRole(AriaRole.Button, new() { Name = "Filter", Exact = true });
        await filter.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Escape");

        await Expect(filter).ToBeFocusedAsync();
    }

    // §5.7: "list as in 5.3": edited in place, kept as views; the star is where one begins.
    [Fact]
    public async Task Persons_are_edited_in_place_and_a_starred_view_is_where_one_begins()
    {
        await new PersonService(server.Db).Create(server.Admin, new() { Name = "Quite Findable", JobTitle = "Clerk" }, Ct);
        var page = await server.Open("/contacts/persons?q=Findable");
        var cell = page.GetByRole(AriaRole.Gridcell, new() { Name = "Clerk" });
        await cell.DblClickAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("Director");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Gridcell, new() { Name = "Director" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Views" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Save as a new view…" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("Findable ones");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Findable ones" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin with Findable ones" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Findable ones is where I begin" })).ToBeVisibleAsync();

        await page.GotoAsync($"{server.Url}/contacts/persons");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Quite Findable" })).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("q=Findable"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Findable ones" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Findable ones is where I begin" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Begin with Findable ones" })).ToBeVisibleAsync();
    }

    // The history of a person reads as a deal's does: what, from, to, who; their new record is one line.
    [Fact]
    public async Task What_happened_to_a_person_is_told_with_the_names_of_fields_and_people()
    {
        var persons = new PersonService(server.Db);
        var person = await persons.Create(server.Admin, new() { Name = "Told Person", JobTitle = "Clerk" }, Ct);
        await persons.Update(server.Admin, person.Id, new() { JobTitle = new(true, "Director") }, Ct);
        await new DealService(server.Db).Create(server.Admin, new() { Title = "Their order", Value = 1200, PersonId = person.Id }, Ct);
        var page = await server.Open($"/contacts/persons/{person.Id}");
        var past = page.GetByRole(AriaRole.Region, new() { Name = "History" }).GetByRole(AriaRole.Listitem);

        await Expect(past).ToHaveCountAsync(3);
        await Expect(past.Filter(new() { HasText = "Job title" })).ToContainTextAsync(new Regex("Clerk.*Director.*Demo Admin"));
        await Expect(past.Filter(new() { HasText = "Created" })).ToContainTextAsync("Demo Admin");
        await Expect(past.Filter(new() { HasText = "New deal: Their order" })).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Totals")).ToContainTextAsync(new Regex("Open.*1,200.*1 deal"));
    }

    // §5.0: several controls a row would be as many stops of the Tab key for each of them.
    [Fact]
    public async Task The_activities_are_one_stop_and_the_arrows_go_through_them()
    {
        var page = await server.Open("/activities?owner=all");
        var list = page.GetByRole(AriaRole.Group, new() { Name = "Activities" });
        var rows = list.Locator("[data-row]");
        await rows.First.GetByRole(AriaRole.Button).FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(rows.Nth(1).GetByRole(AriaRole.Button)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(rows.Nth(1).GetByRole(AriaRole.Checkbox)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("End");
        await Expect(rows.Last.GetByRole(AriaRole.Checkbox)).ToBeFocusedAsync();
        Assert.Equal(1, await list.Locator("[tabindex='0']").CountAsync());
        await page.Keyboard.PressAsync("Tab");
        Assert.False(await list.EvaluateAsync<bool>("list => list.contains(document.activeElement)"));
    }

    [Fact]
    public async Task Contacts_and_activities_fit_a_phone()
    {
        var organization = await new OrganizationService(server.Db)
            .Create(server.Admin, new() { Name = "An organization whose name is far longer than any phone is wide" }, Ct);
        var person = await new PersonService(server.Db).Create(server.Admin, new() { Name = "Someone small", OrgId = organization.Id }, Ct);
        await new DealService(server.Db).Create(server.Admin, new() { Title = "Fits", PersonId = person.Id, OrgId = organization.Id }, Ct);
        var page = await server.OpenPhone("/activities", dark: true);
        foreach (var path in new[]
        {
            "/activities?owner=all", "/contacts/persons", "/contacts/organizations", "/contacts/duplicates",
            $"/contacts/persons/{person.Id}", $"/contacts/organizations/{organization.Id}",
        })
        {
            await page.GotoAsync(server.Url + path);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Status, new() { Name = "Loading" })).ToHaveCountAsync(0);
            await Phone.MustFit(page);
            await Axe.MustBeUsable(page);
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Contacts_and_activities_are_usable_by_everyone(bool dark)
    {
        var person = await new PersonService(server.Db).Create(server.Admin, new() { Name = "Someone known" }, Ct);
        var page = await server.Open("/activities", dark: dark);
        foreach (var (path, shows) in new[]
        {
            ("/activities?owner=all", "Overdue"), ("/activities?view=week&owner=all", "Mon"), ("/contacts/persons", "E-mail"),
            ("/contacts/organizations", "Industry"), ($"/contacts/persons/{person.Id}", "History"), ("/contacts/duplicates", "Persons"),
        })
        {
            await page.GotoAsync(server.Url + path);
            await Expect(page.GetByText(shows).First).ToBeVisibleAsync();
            await Axe.MustBeUsable(page);
        }
    }
}
