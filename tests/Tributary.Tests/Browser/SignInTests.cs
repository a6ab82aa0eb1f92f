using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class SignInTests(WebServer server) : IClassFixture<WebServer>
{
    [Fact]
    public async Task Who_signs_in_comes_to_where_they_wanted_to_go()
    {
        var page = await server.Anonymous();
        await page.GotoAsync("/settings");
        await page.GetByLabel("E-mail").FillAsync(WebServer.Email);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Password" }).FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not right");

        await page.GetByRole(AriaRole.Textbox, new() { Name = "Password" }).FillAsync(WebServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
        Assert.StartsWith("/settings", new Uri(page.Url).AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_signs_out_is_asked_to_sign_in_again()
    {
        var page = await server.Open("/deals");
        await page.GetByRole(AriaRole.Button, new() { Name = "account" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();

        await Expect(page.GetByLabel("E-mail")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByLabel("E-mail")).ToBeVisibleAsync();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_entrance_is_usable_by_everyone(bool dark)
    {
        var page = await server.Anonymous(dark: dark);
        await page.GotoAsync("/");
        await Expect(page.GetByLabel("E-mail")).ToBeVisibleAsync();

        await Axe.MustBeUsable(page);
    }
}
