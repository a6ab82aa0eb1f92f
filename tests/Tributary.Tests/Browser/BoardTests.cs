using Microsoft.Playwright;
using Tributary.Core.Deals;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class BoardTests(WebServer server) : IClassFixture<WebServer>
{
    /// <summary>Newest changes first, so that what a test adds is on top of its column.</summary>
    private const string Newest = "/deals?order=updated";

    [Fact]
    public async Task A_deal_is_added_dragged_through_stages_won_and_all_of_it_undone()
    {
        var board = new BoardPage(await server.Open(Newest));
        await board.QuickAdd("Qualified", "Dragged along all of it", 12_000);

        await board.Drag("Dragged along all of it", "Contact made");
        await Expect(board.CardIn("Contact made", "Dragged along all of it")).ToBeVisibleAsync();
        await board.Says("“Dragged along all of it” moved to Contact made.");
        await board.Drag("Dragged along all of it", "Needs defined");
        await Expect(board.CardIn("Needs defined", "Dragged along all of it")).ToBeVisibleAsync();
        await board.Says("“Dragged along all of it” moved to Needs defined.");
        await board.Undo();
        await Expect(board.CardIn("Contact made", "Dragged along all of it")).ToBeVisibleAsync();

        await board.DragToBar("Dragged along all of it", "Won");
        await board.Says("“Dragged along all of it” won.");
        await Expect(board.Card("Dragged along all of it")).ToHaveCountAsync(0);
        await board.Undo();
        await Expect(board.CardIn("Contact made", "Dragged along all of it")).ToBeVisibleAsync();
    }

    // §5.2: "menu: collapse, sort, edit stage, select all".
    [Fact]
    public async Task The_menu_of_a_column_sorts_selects_and_folds_by_keyboard()
    {
        var page = await server.Open("/deals");
        var menu = page.GetByRole(AriaRole.Button, new() { Name = "Qualified: more" });
        await MenuByKeyboard.Open(menu);
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Edit the stages" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Select the deals shown" })).ToBeVisibleAsync();
        await MenuByKeyboard.Press(page, "Sort the board", "ArrowRight");
        await MenuByKeyboard.Press(page, "Value");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("order=value"));

        await MenuByKeyboard.Open(menu);
        await MenuByKeyboard.Press(page, "Fold the column");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Unfold Qualified" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_deal_is_lost_with_its_reason_and_deleted_without_a_question()
    {
        var board = new BoardPage(await server.Open(Newest));
        await board.QuickAdd("Qualified", "Lost at last", 900);

        await board.DragToBar("Lost at last", "Lost");
        await board.Page.GetByLabel("Comment").FillAsync("Went with a cheaper one");
        await board.Button("Mark as lost").ClickAsync();
        await board.Says("“Lost at last” lost.");
        await board.Undo();
        await Expect(board.CardIn("Qualified", "Lost at last")).ToBeVisibleAsync();

        await board.DragToBar("Lost at last", "Delete");
        await board.Says("“Lost at last” deleted (kept 30 days).");
        await board.Undo();
        await Expect(board.CardIn("Qualified", "Lost at last")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Several_selected_deals_move_together()
    {
        var board = new BoardPage(await server.Open(Newest));
        foreach (var title in new[] { "Together one", "Together two" }) await board.QuickAdd("Qualified", title, 100);

        await board.Card("Together one").HoverAsync();
        await board.Page.GetByLabel("Select Together one").ClickAsync();
        await board.Card("Together two").ClickAsync();
        await Expect(board.Page.GetByRole(AriaRole.Toolbar, new() { Name = "Selected deals" })).ToContainTextAsync("2 deals");
        await board.Drag("Together one", "Demo held");

        foreach (var title in new[] { "Together one", "Together two" }) await Expect(board.CardIn("Demo held", title)).ToBeVisibleAsync();
        await board.Says("2 deals moved to Demo held.");
    }

    [Fact]
    public async Task Two_browsers_see_each_others_moves()
    {
        var (mine, theirs) = (new BoardPage(await server.Open(Newest)), new BoardPage(await server.Open(Newest)));
        await Expect(theirs.Column("Qualified")).ToBeVisibleAsync();
        await mine.QuickAdd("Qualified", "Seen by both", 5_000);
        await Expect(theirs.CardIn("Qualified", "Seen by both")).ToBeVisibleAsync();

        await theirs.Drag("Seen by both", "Contact made");

        await Expect(mine.CardIn("Contact made", "Seen by both")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_refused_move_puts_the_card_back_and_says_why()
    {
        var board = new BoardPage(await server.Open(Newest));
        await board.QuickAdd("Qualified", "Refused", 1);
        await board.Page.RouteAsync("**/api/v1/deals/*", route => route.Request.Method == "PATCH"
            ? route.FulfillAsync(new()
            {
                Status = 422,
                ContentType = "application/problem+json",
                Body = """{"detail":"A contact is needed before this stage.","code":"invalid"}"""
            })
            : route.ContinueAsync());

        await board.Drag("Refused", "Demo held");

        await board.Says("A contact is needed before this stage.");
        await Expect(board.CardIn("Qualified", "Refused")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Chips_narrow_the_board_and_their_counts_say_to_how_many()
    {
        var page = await server.Open("/deals");
        var chip = page.GetByRole(AriaRole.Group, new() { Name = "Show only" }).GetByRole(AriaRole.Button, new() { Name = "Overdue" });
        await Expect(chip).Not.ToContainTextAsync("…");
        var count = (await chip.Locator("span").InnerTextAsync()).Trim();
        await chip.ClickAsync();

        await Expect(page.Locator("dl").GetByText(count, new() { Exact = true }).First).ToBeVisibleAsync();
        Assert.Contains("show=overdue", page.Url, StringComparison.Ordinal);
        await page.ReloadAsync();
        await Expect(chip).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task A_deal_lives_by_keyboard_alone()
    {
        var board = new BoardPage(await server.Open(Newest));
        var page = board.Page;
        await Expect(board.Column("Qualified")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("n");
        await page.GetByRole(AriaRole.Dialog, new() { Name = "New deal" }).GetByLabel("Title").WaitForAsync();
        await page.Keyboard.TypeAsync("By keyboard");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "By keyboard" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("m");
        await page.Keyboard.TypeAsync("Written without a mouse");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText("Written without a mouse")).ToBeVisibleAsync();

        await page.GotoAsync(Newest);
        await Expect(board.CardIn("Qualified", "By keyboard")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(board.Card("By keyboard")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(board.Column("Contact made")).ToHaveAttributeAsync("data-target", "");
        await page.Keyboard.PressAsync("Space");
        await Expect(board.CardIn("Contact made", "By keyboard")).ToBeVisibleAsync();
        await board.Card("By keyboard").FocusAsync();
        await page.Keyboard.PressAsync("w");

        await board.Says("“By keyboard” won.");
        await page.Keyboard.PressAsync("Control+z");
        await Expect(board.CardIn("Contact made", "By keyboard")).ToBeVisibleAsync();
    }

    // §5.0: "arrows or H J K L move focus on the board", from wherever it was; "G then … C P S": the places by their first letters.
    [Fact]
    public async Task Arrows_lead_from_a_button_to_the_cards_and_G_leads_to_the_places()
    {
        var page = await server.Open("/deals");
        await Expect(page.Locator("[data-deal]").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter", Exact = true }).FocusAsync();

        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator("[data-deal]").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator("[data-deal]").First).Not.ToBeFocusedAsync();

        foreach (var (key, place) in new[] { ("c", "contacts"), ("p", "products"), ("a", "activities") })
        {
            await page.Keyboard.PressAsync("g");
            await page.Keyboard.PressAsync(key);
            await page.WaitForURLAsync($"**/{place}**");
            // The address comes before the screen, whose keys are meant next.
            await Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex($"(?i){place}|persons"));
        }
    }

    [Fact]
    public async Task Question_mark_shows_the_keys_and_control_K_finds_records_and_places()
    {
        var page = await server.Open("/deals");
        await Expect(page.Locator("[data-stage]").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" })).ToContainTextAsync("Pick up or put down");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("Control+k");
        await page.GetByPlaceholder("Search or type a command").FillAsync("Corvus");
        await page.GetByText("Deal ·").First.WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("s");

        await page.WaitForURLAsync("**/settings**");
    }

    [Fact]
    public async Task On_a_phone_one_column_fills_the_screen_and_chips_lead_to_the_others()
    {
        var page = await server.OpenPhone("/deals");
        var board = new BoardPage(page);
        await Expect(board.Column("Qualified")).ToBeInViewportAsync();
        Assert.Equal(390, (await board.Column("Qualified").BoundingBoxAsync())!.Width, 1.0);

        await page.GetByRole(AriaRole.Group, new() { Name = "Stages" }).GetByRole(AriaRole.Button, new() { Name = "Demo held" })
            .ClickAsync();
        await Expect(board.Column("Demo held")).ToBeInViewportAsync(new() { Ratio = 0.5f });

        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    // §5.2: "Touch: press 300 ms to lift, otherwise scroll".
    [Fact]
    public async Task A_finger_that_rests_on_a_card_lifts_it_and_carries_it_to_the_bar()
    {
        var page = await server.OpenPhone("/deals");
        var card = page.Locator("[data-deal]").First;
        await Expect(card).ToBeVisibleAsync();
        var id = await card.GetAttributeAsync("data-deal");
        var from = (await card.BoundingBoxAsync())!;
        var cdp = await page.Context.NewCDPSessionAsync(page);
        async Task Touch(string type, double x, double y) => await cdp.SendAsync("Input.dispatchTouchEvent", new()
        {
            ["type"] = type,
            ["touchPoints"] = type is "touchEnd" ? Array.Empty<object>() : new[] { new { x, y } },
        });

        await Touch("touchStart", from.X + 60, from.Y + 14);
        var won = page.GetByRole(AriaRole.Toolbar, new() { Name = "Drop here" }).GetByRole(AriaRole.Button, new() { Name = "Won" });
        await Expect(won).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('[data-bottom-bar]').getAnimations().length === 0");
        var to = (await won.BoundingBoxAsync())!;
        await Touch("touchMove", to.X + to.Width / 2, to.Y + 40);
        await Touch("touchMove", to.X + to.Width / 2, to.Y + to.Height / 2);
        await Touch("touchEnd", 0, 0);

        await Expect(page.GetByText("won.").First).ToBeVisibleAsync();
        await Expect(page.Locator($"[data-deal='{id}']")).ToHaveCountAsync(0);
    }

    // §5.2: "Bottom bar slides up: Delete · Lost · Won · Move to pipeline…".
    [Fact]
    public async Task A_card_that_is_dropped_on_the_last_place_of_the_bar_goes_to_another_pipeline()
    {
        var page = await server.Open(Newest);
        var board = new BoardPage(page);
        await board.QuickAdd("Demo held", "Goes elsewhere", 700);

        await board.DragToBar("Goes elsewhere", "Move to pipeline…");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("€700");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }).ClickAsync();

        await Expect(board.Card("Goes elsewhere")).ToHaveCountAsync(0);
        await page.GotoAsync("/deals?pipeline=2");
        await Expect(board.CardIn("Due", "Goes elsewhere")).ToBeVisibleAsync();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_board_is_usable_by_everyone(bool dark)
    {
        var page = await server.Open("/deals", dark: dark);
        await Expect(page.Locator("[data-deal]").First).ToBeVisibleAsync();

        await Axe.MustBeUsable(page);
    }

    [Fact]
    public async Task A_long_column_shows_the_first_cards_and_brings_the_rest_while_one_scrolls()
    {
        var stage = (await new DealService(server.Db).List(server.Admin, new() { Limit = 1 }, CancellationToken.None)).Items[0].PipelineId;
        for (var i = 0; i < 120; i++) await new DealService(server.Db)
            .Create(server.Admin, new() { Title = $"Many {i:000}", PipelineId = stage }, CancellationToken.None);
        var page = await server.Open("/deals?order=title");
        var column = new BoardPage(page).Column("Qualified");
        await Expect(column.Locator("[data-deal]").First).ToBeVisibleAsync();
        Assert.InRange(await column.Locator("[data-deal]").CountAsync(), 1, 30);

        await column.Locator("ul")
            .EvaluateAsync("list => { const scroller = list.parentElement; scroller.scrollTop = scroller.scrollHeight; }");
        await Expect(column.GetByText("25 of", new() { Exact = false })).ToHaveCountAsync(0);

        Assert.InRange(await column.Locator("[data-deal]").CountAsync(), 1, 40);
    }
}
