using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

/// <summary>The board in a tab, by the words that are on it.</summary>
internal sealed class BoardPage(IPage page)
{
    public IPage Page => page;

    public ILocator Card(string title) => page.Locator("[data-deal]").Filter(new() { HasText = title });

    public ILocator Column(string stage) => page.Locator("[data-stage]")
        .Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = stage, Exact = true }) });

    public ILocator CardIn(string stage, string title) => Column(stage).Locator("[data-deal]").Filter(new() { HasText = title });

    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public Task Says(string text) => Expect(page.GetByText(text).First).ToBeVisibleAsync();

    /// <summary>Adds a deal in its column, as a seller does.</summary>
    public async Task QuickAdd(string stage, string title, int value)
    {
        await Column(stage).GetByRole(AriaRole.Button, new() { Name = $"Add a deal to {stage}" }).ClickAsync();
        await page.GetByLabel("Title", new() { Exact = true }).FillAsync(title);
        await page.GetByLabel("Value", new() { Exact = true }).FillAsync($"{value}");
        await page.Keyboard.PressAsync("Enter");
        await Expect(CardIn(stage, title)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();
    }

    public Task Drag(string title, string stage) =>
        Card(title).DragToAsync(Column(stage), new() { TargetPosition = new() { X = 60, Y = 160 } });

    /// <summary>Takes a card to the bar that slides up while it is carried.</summary>
    public async Task DragToBar(string title, string what)
    {
        var from = (await Card(title).BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(from.X + 40, from.Y + 12);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(from.X + 80, from.Y + 60, new() { Steps = 4 });
        var target = page.GetByRole(AriaRole.Toolbar, new() { Name = "Drop here" }).GetByRole(AriaRole.Button, new() { Name = what });
        await Expect(target).ToBeVisibleAsync();
        var to = await AtRest(target);
        await page.Mouse.MoveAsync(to.X + to.Width / 2, to.Y + to.Height / 2, new() { Steps = 8 });
        await page.Mouse.UpAsync();
    }

    /// <summary>Where something is once it has stopped sliding.</summary>
    private static async Task<LocatorBoundingBoxResult> AtRest(ILocator sliding)
    {
        var (before, now) = ((LocatorBoundingBoxResult?)null, (await sliding.BoundingBoxAsync())!);
        while (before is null || before.Y != now.Y)
        {
            await sliding.EvaluateAsync("() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
            (before, now) = (now, (await sliding.BoundingBoxAsync())!);
        }
        return now;
    }

    public async Task Undo()
    {
        var undo = page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).Last;
        Assert.True(await undo.EvaluateAsync<bool>("undo => [...undo.querySelectorAll('*')].every(part => part.scrollWidth <= part.clientWidth)"),
            "Beside a long message the word must not be cut off.");
        await undo.ClickAsync();
        await Says("Undone.");
    }
}
