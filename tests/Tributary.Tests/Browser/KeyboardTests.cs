using Microsoft.Playwright;
using Tributary.Core.Deals;
using Tributary.Core.Lists;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

/// <summary>
/// By keyboard alone (the brief for the web app, §5.0 and §5.10; WCAG 2.4.1 to 2.4.3, 2.1.2 and 2.4.7): every screen says its name,
/// lets one pass through all of it, shows where one is, and comes back to where one was.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed class KeyboardTests(WebServer server) : IClassFixture<WebServer>
{
    [Theory]
    [InlineData("/insights", "Insights"), InlineData("/products", "Products"), InlineData("/import", "Import")]
    [InlineData("/contacts/persons", "Contacts"), InlineData("/explorer", "API explorer"), InlineData("/activities?view=week", "Activities")]
    public async Task Tab_reaches_every_control_in_sight_shows_itself_and_comes_out_again(string path, string title)
    {
        var page = await server.Open(path);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = title })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Status, new() { Name = "Loading" })).ToHaveCountAsync(0);
        Assert.Equal($"{title} · Tributary", await page.TitleAsync());

        await page.EvaluateAsync("() => { for (const one of document.querySelectorAll('input, textarea')) one.dataset.rest = getComputedStyle(one).borderColor; }");
        var hidden = new List<string>();
        var left = false;
        for (var presses = 0; presses < 150 && !left; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            var stop = await page.EvaluateAsync<string?>(Stop);
            left = stop is null;
            if (stop is ['!', ..]) hidden.Add(stop);
        }

        Assert.True(left, "The focus did not come out at the end of the page.");
        Assert.Empty(hidden);
        Assert.Empty(await page.EvaluateAsync<string[]>(NotReached));
    }

    [Fact]
    public async Task The_skip_link_leads_past_the_rail()
    {
        var page = await server.Open("/products");
        await Expect(page.GetByRole(AriaRole.Row).Nth(2)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('main').contains(document.activeElement)"));
    }

    [Fact]
    public async Task Going_to_another_screen_is_said_and_named()
    {
        var page = await server.Open("/products");
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Insights" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveTitleAsync("Insights · Tributary");
        await Expect(page.Locator("#announcements")).ToHaveTextAsync("Insights");
    }

    [Fact]
    public async Task Escape_closes_the_dialog_and_then_the_deal_and_the_focus_goes_back_each_time()
    {
        var deal = (await new DealService(server.Db).List(server.Admin,
            new() { Limit = 1, Condition = Condition.Equal("status", "open") }, TestContext.Current.CancellationToken)).Items[0];
        var page = await server.Open($"/deals?pipeline={deal.PipelineId}&deal={deal.Id}");
        var panel = page.GetByRole(AriaRole.Complementary, new() { Name = "Deal" });
        var switcher = panel.GetByRole(AriaRole.Button, new() { Name = "move to another" });
        await switcher.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        // A control in which the keys of the page do not rest, as they do while somebody types.
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close" }).FocusAsync();

        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(panel).ToBeVisibleAsync();
        await Expect(switcher).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Escape");
        await Expect(panel).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_deal_opened_from_its_card_gives_the_focus_back_to_the_card()
    {
        var page = await server.Open("/deals");
        var card = page.Locator("[data-deal]").First;
        await card.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Complementary, new() { Name = "Deal" }).GetByRole(AriaRole.Heading, new() { Level = 2 }).First)
            .ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(card).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_operations_are_one_stop_and_the_arrows_go_through_them()
    {
        var page = await server.Open("/explorer");
        var list = page.GetByRole(AriaRole.Navigation, new() { Name = "Operations" });
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Find an operation" }).FillAsync("create a p");
        await page.Keyboard.PressAsync("Tab");
        await Expect(list.GetByRole(AriaRole.Button).First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("End");
        await Expect(list.GetByRole(AriaRole.Button).Last).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        Assert.False(await page.EvaluateAsync<bool>("() => document.querySelector('nav[aria-label=Operations]').contains(document.activeElement)"));
    }

    [Fact]
    public async Task The_menu_of_a_deal_copies_the_request_of_each_api()
    {
        var page = await server.Open("/deals/list");
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var deal = (await new DealService(server.Db).List(server.Admin, new() { Limit = 1 }, TestContext.Current.CancellationToken)).Items[0];
        await page.GotoAsync($"/deals/{deal.Id}");
        await MenuByKeyboard.Open(page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }));
        await MenuByKeyboard.Press(page, "Copy as cURL", "ArrowRight");
        await MenuByKeyboard.Press(page, "Pipedrive v2");
        await Expect(page.GetByRole(AriaRole.Paragraph).Filter(new() { HasText = "cURL for Pipedrive v2 copied." })).ToBeVisibleAsync();
        Assert.Equal($"curl '{server.Url}/pipedrive/api/v2/deals/{deal.Id}' \\\n  -H 'x-api-token: YOUR_KEY'",
            await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
    }

    /// <summary>What has the focus; with a mark in front when it is out of sight or nothing shows it. Nothing outside the page.</summary>
    private const string Stop = """
        () => {
          const one = document.activeElement;
          if (!one || one === document.body) return null;
          one.dataset.reached = '';
          const ring = what => { const style = what && getComputedStyle(what); return style && ((style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'); };
          for (const fade of one.getAnimations()) fade.finish();
          const framed = 'rest' in one.dataset && getComputedStyle(one).borderColor !== one.dataset.rest;
          const shown = ring(one) || framed || (one.tagName === 'INPUT' && (ring(one.nextElementSibling) || [...(one.labels ?? [])].some(ring)));
          const box = one.getBoundingClientRect();
          const inSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
          const name = `${one.tagName} ${(one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 60)}`;
          return (shown && inSight ? '' : '! ') + name;
        }
        """;

    private const string NotReached = """
        () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(one => {
          const box = one.getBoundingClientRect();
          return box.width > 0 && box.height > 0 && one.tabIndex >= 0 && !one.disabled && !('reached' in one.dataset)
            && !(one.type === 'radio' && !one.checked) && getComputedStyle(one).visibility !== 'hidden' && !one.closest('[inert], [aria-hidden=true]');
        }).map(one => `${one.tagName} ${(one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 60)}`)
        """;
}
