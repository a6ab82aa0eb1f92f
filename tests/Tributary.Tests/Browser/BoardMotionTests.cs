using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

/// <summary>
/// How the board comes to be, and how it shows what others do (§5.2: "others' moves animate in", "no spinner over the whole board").
/// </summary>
[Collection(BrowserTests.Name)]
public sealed class BoardMotionTests(WebServer server) : IClassFixture<WebServer>
{
    private const string Newest = "/deals?order=updated";

    /// <summary>Says of each animation what it was called: "glides 12".</summary>
    private const string Listen = """
        window.motions = [];
        const animate = Element.prototype.animate;
        Element.prototype.animate = function (frames, options) {
            if (options && options.id) window.motions.push(options.id);
            return animate.call(this, frames, options);
        };
        """;

    // A call of the observer holds what one task changed: all columns at once were one task of 168 ms. Rows of a column may come with its
    // neighbour.
    [Fact]
    public async Task Cards_are_drawn_column_by_column()
    {
        var page = await server.Open("/activities", width: 1440, height: 900);
        await page.AddInitScriptAsync("""
            window.turns = [];
            new MutationObserver(all => {
                const columns = new Set();
                for (const { addedNodes } of all) for (const node of addedNodes)
                    for (const card of node.querySelectorAll?.('[data-deal]') ?? [])
                        columns.add(card.closest('[data-stage]')?.dataset.stage);
                if (columns.size > 0) window.turns.push(columns.size);
            }).observe(document, { childList: true, subtree: true });
            """);
        await page.GotoAsync("/deals");
        var columns = await page.Locator("[data-stage]").CountAsync();
        await Expect(page.Locator("[data-stage]:has([data-deal])")).Not.ToHaveCountAsync(0);
        await Expect(page.Locator("[data-stage]").Nth(4).Locator("[data-deal]").First).ToBeVisibleAsync();

        var turns = await page.EvaluateAsync<int[]>("window.turns");

        Assert.True(turns.Length * 2 > columns, $"{turns.Length} turns for {columns} columns");
        Assert.All(turns, columnsAtOnce => Assert.InRange(columnsAtOnce, 1, 2));
    }

    [Fact]
    public async Task What_another_browser_moves_glides_to_its_place_and_what_it_adds_fades_in()
    {
        var (mine, theirs) = (new BoardPage(await server.Open(Newest)), new BoardPage(await Watched(motion: true)));
        await mine.QuickAdd("Qualified", "Glides", 5_000);
        await Expect(theirs.CardIn("Qualified", "Glides")).ToBeVisibleAsync();
        var id = await theirs.Card("Glides").GetAttributeAsync("data-deal");
        await Happened(theirs.Page, $"comes {id}");

        await mine.Drag("Glides", "Contact made");
        await Expect(theirs.CardIn("Contact made", "Glides")).ToBeVisibleAsync();
        await Happened(theirs.Page, $"glides {id}");
        await mine.DragToBar("Glides", "Won");
        await Happened(theirs.Page, $"goes {id}");

        await Expect(theirs.Page.GetByText("Glides")).ToHaveCountAsync(0);
        var own = await Motions(mine.Page);
        Assert.DoesNotContain($"glides {id}", own);
    }

    [Fact]
    public async Task What_ones_own_hand_moved_stands_where_it_was_dropped()
    {
        var board = new BoardPage(await Watched(motion: true));
        await board.QuickAdd("Qualified", "By hand", 5_000);
        var id = await board.Card("By hand").GetAttributeAsync("data-deal");

        await board.Drag("By hand", "Demo held");
        await board.Says("“By hand” moved to Demo held.");

        Assert.DoesNotContain($"glides {id}", await Motions(board.Page));
    }

    // prefers-reduced-motion.
    [Fact]
    public async Task Who_asks_for_no_motion_gets_none()
    {
        var (mine, theirs) = (new BoardPage(await server.Open(Newest)), new BoardPage(await Watched(motion: false)));
        await mine.QuickAdd("Qualified", "Stands still", 5_000);
        await Expect(theirs.CardIn("Qualified", "Stands still")).ToBeVisibleAsync();
        await mine.Drag("Stands still", "Contact made");
        await Expect(theirs.CardIn("Contact made", "Stands still")).ToBeVisibleAsync();

        Assert.Empty(await Motions(theirs.Page));
    }

    // §5.2: "tooltip with per-currency parts and rate date", "+ on hover"; WCAG 1.4.13 and 2.1.1.
    [Fact]
    public async Task The_heading_of_a_column_tells_the_keyboard_what_it_tells_the_mouse()
    {
        var page = await server.Open("/deals");
        var column = new BoardPage(page).Column("Qualified");
        var add = column.GetByRole(AriaRole.Button, new() { Name = "Add a deal to Qualified" });
        await Expect(column.Locator("[data-deal]").First).ToBeVisibleAsync();
        await page.Mouse.MoveAsync(4, 4);
        await Expect(add).ToHaveCSSAsync("opacity", "0");

        await add.FocusAsync();
        await Expect(add).ToHaveCSSAsync("opacity", "1");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        var tip = page.GetByRole(AriaRole.Tooltip);
        await Expect(tip).ToContainTextAsync("Converted to EUR at the rates of");
        await Expect(tip).ToContainTextAsync("weighted");
        await Expect(page.Locator(":focus")).ToHaveAttributeAsync("aria-describedby", (await tip.GetAttributeAsync("id"))!);
        await page.Keyboard.PressAsync("Escape");

        await Expect(tip).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Tab");
        await Expect(tip).ToHaveTextAsync(new Regex("^[0-9]+ (overdue|due today|planned|without activity)$"));
        var phone = await server.OpenPhone("/deals");
        await Expect(phone.GetByRole(AriaRole.Button, new() { Name = "Add a deal to Qualified" })).ToHaveCSSAsync("opacity", "1");
    }

    private async Task<IPage> Watched(bool motion)
    {
        var page = await server.Open("/activities", motion: motion);
        await page.AddInitScriptAsync(Listen);
        await page.GotoAsync(Newest);
        await Expect(page.Locator("[data-stage]").Nth(4).Locator("[data-deal]").First).ToBeVisibleAsync();
        return page;
    }

    private static Task<IJSHandle> Happened(IPage page, string motion) =>
        page.WaitForFunctionAsync("motion => window.motions.includes(motion)", motion);

    private static async Task<string[]> Motions(IPage page) =>
        (await page.EvaluateAsync<JsonElement?>("window.motions ?? []"))!.Value.Deserialize<string[]>()!;
}
