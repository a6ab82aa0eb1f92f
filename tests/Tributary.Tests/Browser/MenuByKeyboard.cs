using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

/// <summary>Menus as somebody uses them who has no mouse.</summary>
internal static class MenuByKeyboard
{
    public static async Task Open(ILocator button)
    {
        await Expect(button).Not.ToHaveAttributeAsync("aria-expanded", "true");
        await button.PressAsync("Enter");
        // It takes the focus a moment after it shows, also from an item that has been given it meanwhile.
        await Expect(button.Page.Locator("[role=menu]").And(button.Page.Locator(":focus-within")).First).ToBeVisibleAsync();
    }

    /// <summary>Presses a key on an item: Enter, or the arrow that opens what is below it.</summary>
    public static Task Press(IPage page, string item, string key = "Enter") =>
        page.GetByRole(AriaRole.Menuitem, new() { Name = item, Exact = true }).PressAsync(key);
}
