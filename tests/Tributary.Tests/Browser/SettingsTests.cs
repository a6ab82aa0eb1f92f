using System.Net;
using System.Net.Http.Headers;
using Microsoft.Playwright;
using Tributary.Core.Deals;
using Tributary.Core.Pipelines;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

/// <summary>What is set up once (the brief for the web app, §5.8).</summary>
[Collection(BrowserTests.Name)]
public sealed class SettingsTests(WebServer server) : IClassFixture<WebServer>
{
    private static readonly string[] Pages =
    [
        "account", "pipelines", "fields", "lost-reasons", "labels", "activity-types", "currencies", "goals", "users", "teams", "keys",
        "apps", "webhooks", "automations", "automations/new",
        "workspace", "audit", "data",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pipeline_gets_its_stages_edited_and_one_is_deleted_with_its_deals_moved()
    {
        var page = await server.Open("/settings/pipelines");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pipeline", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync("Partners");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Stages" }).FillAsync("Found, Talking, Signing");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        await Expect(Stage(page, "Talking")).ToBeVisibleAsync();

        await Stage(page, "Talking").GetByRole(AriaRole.Textbox, new() { Name = "Probability" }).FillAsync("65");
        await Stage(page, "Talking").GetByRole(AriaRole.Textbox, new() { Name = "Probability" }).PressAsync("Enter");
        await Expect(page.GetByText("Probability saved.").First).ToBeVisibleAsync();
        await Stage(page, "Talking").GetByRole(AriaRole.Switch, new() { Name = "Deals rot here" }).ClickAsync();
        await Expect(page.GetByText("Rotting saved.").First).ToBeVisibleAsync();
        await Stage(page, "Talking").GetByRole(AriaRole.Textbox, new() { Name = "Name of the stage" }).FillAsync("In talks");
        await Stage(page, "Talking").GetByRole(AriaRole.Textbox, new() { Name = "Name of the stage" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move Signing" }).FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.GetByText("Stages put in order.").First).ToBeVisibleAsync();
        var stages = await StagesOf("Partners");
        Assert.Equal([("Found", null), ("Signing", null), ("In talks", 30)],
            stages.Where(stage => stage.Kind is StageKind.Open).Select(stage => (stage.Name, (int?)stage.RottenDays)));
        var talks = stages.Single(stage => stage.Name == "In talks");
        Assert.Equal(65m, talks.Probability);

        var deal = await new DealService(server.Db).Create(server.Admin, new() { Title = "In the way", StageId = talks.Id }, Ct);
        await Expect(Stage(page, "In talks").GetByText("1 open deal")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete In talks" }).ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Where do its deals go?" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Found" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the stage" }).ClickAsync();
        await Expect(page.GetByText("In talks deleted.").First).ToBeVisibleAsync();

        await Expect(Stage(page, "In talks")).ToHaveCountAsync(0);
        Assert.Equal(stages[0].Id, (await new DealService(server.Db).Get(server.Admin, deal.Id, Ct)).StageId);
    }

    [Fact]
    public async Task A_key_is_made_shown_once_used_and_revoked()
    {
        var page = await server.Open("/settings/keys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Key", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync("Nightly report");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        var text = (await page.GetByTestId("secret").TextContentAsync())!.Trim();
        Assert.Equal(HttpStatusCode.OK, await Use(text));

        await page.GetByRole(AriaRole.Button, new() { Name = "I have kept it" }).ClickAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Nightly report" })).ToContainTextAsync(text[..8]);
        await Expect(page.GetByText(text)).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "More for Nightly report" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Revoke…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke for good" }).ClickAsync();
        await Expect(page.GetByText("Nightly report revoked.").First).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await Use(text));
    }

    [Fact]
    public async Task A_page_without_rows_says_what_is_not_there_yet_and_a_search_that_finds_nothing_offers_the_way_back()
    {
        var page = await server.Open("/settings/webhooks");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No webhooks yet" })).ToBeVisibleAsync();

        await page.GotoAsync("/settings/currencies");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Search currencies" }).FillAsync("no such money");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No currencies match" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear filters" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Switch, new() { Name = "Offer USD" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_automation_is_made_and_tried_with_a_deal()
    {
        await new DealService(server.Db).Create(server.Admin, new() { Title = "Zanzibar trial", Value = 10m }, Ct);
        var page = await server.Open("/settings/automations/new");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync("Thank the buyer");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Subject" }).FillAsync("Thank them");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("Thank the buyer saved.").First).ToBeVisibleAsync();

        await page.GetByLabel("With this deal").FillAsync("Zanzibar");
        await page.GetByRole(AriaRole.Option, new() { Name = "Zanzibar trial" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what it would do" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "The deal fits" })).ToContainTextAsync("Activity");
    }

    [Fact]
    public async Task Every_page_of_the_settings_is_usable_by_everyone() =>
        await Each(await server.Open("/settings/account"), page => Axe.MustBeUsable(page));

    [Fact]
    public async Task Every_page_of_the_settings_is_usable_on_a_phone_in_the_dark() =>
        await Each(await server.OpenPhone("/settings/account", dark: true), async page =>
        {
            await Axe.MustBeUsable(page);
            await Phone.MustFit(page);
        });

    private static async Task Each(IPage page, Func<IPage, Task> check)
    {
        foreach (var path in Pages)
        {
            await page.GotoAsync($"/settings/{path}");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Status, new() { Name = "Loading" })).ToHaveCountAsync(0);
            await check(page);
        }
    }

    private static ILocator Stage(IPage page, string name) =>
        page.GetByRole(AriaRole.Region, new() { Name = $"Stage {name}", Exact = true });

    private async Task<IReadOnlyList<Stage>> StagesOf(string pipeline)
    {
        var pipelines = new PipelineService(server.Db);
        var id = (await pipelines.List(server.Admin, Ct)).Single(one => one.Name == pipeline).Id;
        return [.. (await pipelines.ListStages(server.Admin, id, Ct)).OrderBy(stage => stage.Position)];
    }

    private async Task<HttpStatusCode> Use(string key)
    {
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await client.GetAsync(new Uri("/api/v1/deals?limit=1", UriKind.Relative), Ct);
        return answer.StatusCode;
    }
}
