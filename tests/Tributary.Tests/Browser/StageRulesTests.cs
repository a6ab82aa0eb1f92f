using System.Text.Json;
using Microsoft.Playwright;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Pipelines;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

/// <summary>What stages ask of deals, on the board and where it is set (the brief for the web app, §5.2 and §5.8).</summary>
[Collection(BrowserTests.Name)]
public sealed class StageRulesTests(WebServer server) : IClassFixture<WebServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stage_refuses_a_drag_with_its_reason_and_asks_for_what_is_missing()
    {
        var board = new BoardPage(await server.Open("/deals?order=updated"));
        var stages = await Stages("New business");
        await Ask(stages, "Demo held", new() { MaySkip = false });
        await Ask(stages, "Contact made", new() { Required = new(true, ["expected_close"]) });
        await Ask(stages, "Won", new() { Required = new(true, ["won_reason"]) });
        await board.QuickAdd("Qualified", "Kept to the rules", 100);

        var from = (await board.Card("Kept to the rules").BoundingBoxAsync())!;
        var to = (await board.Column("Demo held").BoundingBoxAsync())!;
        await board.Page.Mouse.MoveAsync(from.X + 40, from.Y + 12);
        await board.Page.Mouse.DownAsync();
        await board.Page.Mouse.MoveAsync(from.X + 80, from.Y + 60, new() { Steps = 4 });
        await Expect(board.Column("Demo held").GetByText("Only from Needs defined, the stage before")).ToBeVisibleAsync();
        await board.Page.Mouse.MoveAsync(to.X + 80, to.Y + 200, new() { Steps = 6 });
        await board.Page.Mouse.UpAsync();
        await Expect(board.CardIn("Qualified", "Kept to the rules")).ToBeVisibleAsync();
        await Expect(board.Column("Demo held").GetByText("Only from Needs defined")).ToHaveCountAsync(0);

        await board.Drag("Kept to the rules", "Contact made");
        await board.Page.GetByRole(AriaRole.Dialog).GetByLabel("Expected close").FillAsync("2031-05-17");
        await Axe.MustBeUsable(board.Page);
        await board.Button("Move").ClickAsync();
        await Expect(board.CardIn("Contact made", "Kept to the rules")).ToBeVisibleAsync();
        await board.Says("“Kept to the rules” moved to Contact made.");

        await board.DragToBar("Kept to the rules", "Won");
        await board.Page.GetByRole(AriaRole.Dialog).GetByLabel("Won reason").FillAsync("Best fit");
        await board.Button("Mark as won").ClickAsync();
        await board.Says("“Kept to the rules” won.");
        var deal = await Deal("Kept to the rules");
        Assert.Equal((DealStatus.Won, new DateOnly(2031, 5, 17), "Best fit"), (deal.Status, deal.ExpectedClose, deal.WonReason));
    }

    [Fact]
    public async Task A_seller_is_told_that_others_bring_deals_there_and_the_server_judges()
    {
        var made = await new PipelineService(server.Db)
            .Create(server.Admin, new() { Name = "Guarded" }, [new() { Name = "Open" }, new() { Name = "Checked" }], Ct);
        var stages = await Stages("Guarded");
        await Ask(stages, "Checked", new() { Required = new(true, ["products"]) });
        var deal = await new DealService(server.Db).Create(server.Admin, new() { Title = "Wants a product", StageId = stages[0].Id }, Ct);

        var page = await server.Open($"/deals/{deal.Id}");
        await page.GetByRole(AriaRole.List, new() { Name = "Stages of Guarded" }).GetByRole(AriaRole.Button, new() { Name = "Checked" })
            .ClickAsync();

        await Expect(page.GetByText("Add a product to the deal first.").First).ToBeVisibleAsync();
        Assert.Equal(stages[0].Id, (await Deal("Wants a product")).StageId);
        Assert.Equal(made.Id, stages[0].PipelineId);
    }

    [Fact]
    public async Task The_stage_editor_sets_rules_and_colour_and_shows_ids_and_what_would_rot()
    {
        await new PipelineService(server.Db)
            .Create(server.Admin, new() { Name = "Partners" }, [new() { Name = "Found" }, new() { Name = "Talking", RottenDays = 10 }], Ct);
        var stages = await Stages("Partners");
        var old = TimeProvider.System.GetUtcNow().AddDays(-7);
        await new DealService(server.Db)
            .Create(server.Admin, new() { Title = "Lies there", StageId = stages[1].Id, AddedAt = old, UpdatedAt = old }, Ct);
        var page = await server.Open($"/settings/pipelines?pipeline={stages[0].PipelineId}");
        var talking = page.GetByRole(AriaRole.Region, new() { Name = "Stage Talking" });

        await talking.GetByRole(AriaRole.Button, new() { Name = "Rules of Talking" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = "Required fields" }).FillAsync("Expected");
        await page.GetByRole(AriaRole.Option, new() { Name = "Expected close" }).ClickAsync();
        await page.Keyboard.PressAsync("Tab");
        await dialog.GetByRole(AriaRole.Checkbox, new() { Name = "Deals may skip stages to come here" }).UncheckAsync();
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = "Who may bring deals here" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Managers" }).ClickAsync();
        await page.Keyboard.PressAsync("Tab");
        await Axe.MustBeUsable(page);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(talking.GetByText("Needs Expected close")).ToBeVisibleAsync();
        await Expect(talking.GetByText("Only managers")).ToBeVisibleAsync();

        await talking.GetByRole(AriaRole.Button, new() { Name = "Colour of Talking: none" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Teal" }).ClickAsync();
        await Expect(talking.GetByRole(AriaRole.Button, new() { Name = "Colour of Talking: teal" })).ToBeVisibleAsync();

        await Expect(talking.GetByText("0 deals rot at 10 days")).ToBeVisibleAsync();
        await talking.GetByRole(AriaRole.Textbox, new() { Name = "After days" }).FillAsync("5");
        await Expect(talking.GetByText("1 deal rots at 5 days, 1 more than now: Lies there")).ToBeVisibleAsync();

        await talking.GetByRole(AriaRole.Button, new() { Name = "Talking in each API" }).ClickAsync();
        await Expect(page.GetByText($"stage_{UidText.ToBase32(stages[1].Uid)}")).ToBeVisibleAsync();

        var saved = (await Stages("Partners"))[1];
        Assert.Equal(("teal", new StageEntry { Required = ["expected_close"], MaySkip = false, Who = new() { Roles = [Role.Manager] } }),
            (saved.Color, saved.Entry));
    }

    [Fact]
    public async Task A_field_gets_a_group_and_editors_and_stands_on_the_deal_and_on_the_card()
    {
        var page = await server.Open("/settings/fields");
        await page.GetByRole(AriaRole.Button, new() { Name = "Field", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync("Margin note");
        await dialog.GetByLabel("Group", new() { Exact = true }).FillAsync("Money");
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = "Who may fill it in" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Managers" }).ClickAsync();
        await page.Keyboard.PressAsync("Tab");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        var row = page.GetByRole(AriaRole.Row, new() { Name = "Margin note" });
        await Expect(row).ToContainTextAsync("In Money");
        await Expect(row).ToContainTextAsync("Filled in by managers");
        await Axe.MustBeUsable(page);

        var custom = new CustomPatch(new Dictionary<string, JsonElement> { ["margin_note"] = JsonSerializer.SerializeToElement("Thin") });
        var deal = await new DealService(server.Db).Create(server.Admin, new() { Title = "Has a margin", Custom = custom }, Ct);
        await page.GotoAsync($"/deals/{deal.Id}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Money", Exact = true })).ToBeVisibleAsync();

        var board = new BoardPage(await server.Open("/deals?order=updated"));
        await board.Button("What cards show").ClickAsync();
        await board.Page.GetByRole(AriaRole.Combobox, new() { Name = "Custom fields" }).ClickAsync();
        await board.Page.GetByRole(AriaRole.Option, new() { Name = "Margin note" }).ClickAsync();
        await Expect(board.Card("Has a margin")).ToContainTextAsync("Thin");
    }

    private async Task<IReadOnlyList<Stage>> Stages(string pipeline)
    {
        var service = new PipelineService(server.Db);
        var found = (await service.List(server.Admin, Ct)).Single(one => one.Name == pipeline);
        return await service.ListStages(server.Admin, found.Id, Ct);
    }

    private Task<Stage> Ask(IReadOnlyList<Stage> stages, string name, StageEntryPatch entry) =>
        new PipelineService(server.Db)
        .UpdateStage(server.Admin, stages.Single(stage => stage.Name == name).Id, new() { Entry = entry }, Ct);

    private async Task<Deal> Deal(string title) =>
        (await new DealService(server.Db)
            .List(server.Admin, new() { Limit = 1, Condition = Condition.Equal("title", title) }, Ct)).Items[0];
}
