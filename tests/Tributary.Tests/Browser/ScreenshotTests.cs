using Microsoft.Playwright;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Lists;
using Tributary.Tests.Walls;

namespace Tributary.Tests.Browser;

/// <summary>Writes docs/screens: every screen, light and dark, desktop and phone. Run by "make screenshots", and then looked at.</summary>
[Collection(BrowserTests.Name)]
public sealed class ScreenshotTests(WebServer server) : IClassFixture<WebServer>
{
    private static readonly (string Name, string Path)[] screens =
    [
        ("board", "/deals"), ("board-with-deal", "/deals?deal={deal}"), ("deal", "/deals/{deal}"), ("list", "/deals/list"),
        ("forecast", "/forecast"),
        ("activities", "/activities?owner=all"), ("calendar", "/activities?view=week&owner=all"), ("persons", "/contacts/persons"),
        ("organizations", "/contacts/organizations"),
        ("person", "/contacts/persons/{person}"), ("duplicates", "/contacts/duplicates"), ("products", "/products"), ("import", "/import"),
        ("insights", "/insights"), ("explorer", "/explorer"),
        .. new[]
        {
            "account", "pipelines", "fields", "lost-reasons", "labels", "activity-types", "currencies", "goals", "users", "teams", "keys",
            "apps", "webhooks", "automations", "workspace", "audit", "data",
        }.Select(section => ($"settings-{section}", $"/settings/{section}")),
    ];

    [Fact(Explicit = true)]
    public async Task Every_screen_is_drawn()
    {
        var folder = Path.Combine(Sources.Root, "docs", "screens");
        Directory.CreateDirectory(folder);
        var deal =
            (await new DealService(server.Db)
                .List(server.Admin,
                    new()
                    {
                        Limit = 1,
                        Condition = Condition.AllOf(Condition.Equal("status", "open"), Condition.Test("notes_count", Operator.More, 0),
                            Condition.Test("next_activity_on", Operator.IsNotEmpty), Condition.Test("person_id", Operator.IsNotEmpty))
                    },
                            CancellationToken.None)).Items[0];
        var persons = new PersonService(server.Db);
        // Two that look alike, so that there is something to see.
        foreach (var email in new[] { "anna.lindqvist@falkner.example", "anna.lindqvist@falkner.example" })
        {
            await persons.Create(server.Admin, new() { Name = "Anna Lindqvist", Emails = new(true, [new(email, "work", true)]) },
                CancellationToken.None);
        }
        await Draw(await server.Anonymous(), "/", Path.Combine(folder, "sign-in.webp"));
        // A server without users would show it; this one only says that it has none.
        var setUp = await server.Anonymous();
        await setUp.RouteAsync("**/api/v1/session", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new()
            {
                Response = answer,
                Body = (await answer.TextAsync()).Replace("\"needs_setup\":false", "\"needs_setup\":true", StringComparison.Ordinal)
            });
        });
        await Draw(setUp, "/", Path.Combine(folder, "set-up.webp"));
        var palette = await server.Open("/deals", width: 1280, height: 800);
        await palette.Locator("[data-deal]").First.WaitForAsync();
        await palette.Keyboard.PressAsync("Control+k");
        await Draw(palette, null, Path.Combine(folder, "palette.webp"));
        foreach (var (name, path) in screens)
        {
            foreach (var dark in new[] { false, true })
            {
                var at = path.Replace("{deal}", $"{deal.Id}", StringComparison.Ordinal)
                    .Replace("{person}", $"{deal.PersonId}", StringComparison.Ordinal);
                var look = dark ? "dark" : "light";
                await Draw(await server.Open(at, width: 1280, height: 800, dark: dark), null, Path.Combine(folder, $"{name}-{look}.webp"));
                await Draw(await server.OpenPhone(at, dark), null, Path.Combine(folder, $"{name}-{look}-phone.webp"));
            }
        }
    }

    private static async Task Draw(IPage page, string? path, string file)
    {
        if (path is not null) await page.GotoAsync(path);
        await page.WaitForLoadStateAsync(LoadState.Load);
        await page.WaitForFunctionAsync(
            "() => !document.querySelector('[aria-busy=true], [role=status][aria-label=Loading], .mantine-Skeleton-root')");
        // The event stream never falls silent, so there is no silence to wait for: charts get a moment to settle.
        await page.WaitForTimeoutAsync(900);
        // Chromium's own WebP, a third of what a PNG takes.
        var session = await page.Context.NewCDPSessionAsync(page);
        var answer = await session.SendAsync("Page.captureScreenshot", new() { ["format"] = "webp", ["quality"] = 82 });
        await File.WriteAllBytesAsync(file, answer!.Value.GetProperty("data").GetBytesFromBase64());
        await page.Context.CloseAsync();
    }
}
