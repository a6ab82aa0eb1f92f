using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tributary.Core.Keys;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

/// <summary>Every dialog of the settings, in both themes and on a phone (the brief for the web app, §5.0 and §5.8).</summary>
[Collection(BrowserTests.Name)]
public sealed class SettingsDialogTests(WebServer server) : IClassFixture<WebServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A page, and what is pressed there until the dialog stands: buttons, then items of menus.</summary>
    private static readonly (string Page, string[] Steps)[] Dialogs =
    [
        ("users", ["User"]), ("users", ["More for Helen Marsh", "Change…"]), ("users", ["More for Helen Marsh", "Show what they see…"]),
        ("users", ["More for Helen Marsh", "Set a password…"]), ("users", ["More for Helen Marsh", "Sessions…"]),
        ("keys", ["Key"]), ("keys", ["More for Dialog key", "Name, use and budget…"]),
        ("keys", ["More for Dialog key", "Give it another text…"]),
        ("keys", ["More for Dialog key", "Revoke…"]),
        ("apps", ["App"]), ("apps", ["More for Dialog app", "Give it another secret…"]), ("apps", ["More for Dialog app", "Revoke…"]),
        ("fields", ["Field"]), ("fields", ["More for Dialog field", "Change…"]),
        ("fields", ["More for Dialog field", "Another type…", "=New type", "Number"]),
        ("fields", ["More for Dialog choice", "Choices…"]), ("fields", ["More for Dialog field", "Delete…"]),
        ("currencies", ["Rate"]), ("currencies", ["Own currency"]), ("currencies", ["Rates of GBP"]),
        ("labels", ["Delete Hot"]), ("labels?of=tags", ["Merge dialogs"]),
        ("pipelines", ["Pipeline"]), ("pipelines", ["Stage"]), ("pipelines", ["Rules of Qualified"]), ("pipelines", ["Delete Qualified"]),
        ("pipelines", ["More for New business", "Delete…"]),
        ("goals", ["Goal"]), ("teams", ["Team"]), ("webhooks", ["Webhook"]),
        ("webhooks/{webhook}", ["Change"]), ("webhooks/{webhook}", ["Replay…"]), ("webhooks/{webhook}", ["New secret…"]),
        ("webhooks/{webhook}", ["Delete…"]),
    ];

    [Fact]
    public async Task Every_dialog_is_usable_by_everyone() => await Each(await server.Open("/settings/account"), MustBeUsable);

    [Fact]
    public async Task Every_dialog_is_usable_on_a_phone_in_the_dark() =>
        await Each(await server.OpenPhone("/settings/account", dark: true), async page =>
        {
            await MustBeUsable(page);
            await Phone.MustFit(page);
        });

    private static Task MustBeUsable(IPage page) => Axe.MustBeUsable(page, "[role=dialog]");

    private async Task Each(IPage page, Func<IPage, Task> check)
    {
        var webhook = await Arrange();
        var at = "";
        foreach (var (path, steps) in Dialogs)
        {
            if (path == at)
            {
                await page.Keyboard.PressAsync("Escape");
                await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
            }
            else
            {
                await page.GotoAsync($"/settings/{path.Replace("{webhook}", $"{webhook}", StringComparison.Ordinal)}");
            }
            at = path;
            foreach (var step in steps) await Press(page, step);
            await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Status, new() { Name = "Loading" })).ToHaveCountAsync(0);
            await check(page);
        }
    }

    private static Task Press(IPage page, string step)
    {
        var name = new Regex($"^{Regex.Escape(step.TrimStart('='))}$");
        if (step.StartsWith('=')) return page.GetByRole(AriaRole.Combobox, new() { NameRegex = name }).ClickAsync();
        return page.GetByRole(AriaRole.Button, new() { NameRegex = name }).Or(page.GetByRole(AriaRole.Menuitem, new() { NameRegex = name }))
            .Or(page.GetByRole(AriaRole.Option, new() { NameRegex = name })).First.ClickAsync();
    }

    /// <summary>What the dialogs are about; done again it changes nothing.</summary>
    private async Task<long> Arrange()
    {
        using var client = new HttpClient { BaseAddress = new(server.Url) };
        var key = await new KeyService(server.Db, RandomNumberGenerator.Fill)
            .Create(server.Admin, new() { Dialect = "native", Name = "Dialog key" }, Ct);
        client.DefaultRequestHeaders.Authorization = new("Bearer", key.Token);
        await Post("apps", new { name = "Dialog app", dialect = "cpod", scopes = new[] { "deals:read" } });
        await Post("fields", new { subject = "deal", name = "Dialog field", type = "varchar" });
        await Post("fields", new { subject = "deal", name = "Dialog choice", type = "enum", options = new[] { new { label = "One" } } });
        await Post("currencies/rates", new { rates = new[] { new { code = "GBP", day = "2026-01-02", rate = 1.17, source = "manual" } } });
        await Post("tags", new { name = "dialogs" });
        var made = await Post("webhooks", new { url = "https://receiver.example/hook", events = new[] { "deal.won" } });
        var webhook = await made.Content.ReadFromJsonAsync<Numbered>(Ct);
        return webhook!.Id;

        Task<HttpResponseMessage> Post(string path, object body) => client.PostAsJsonAsync($"/api/v1/{path}", body, Ct);
    }

    private sealed record Numbered(long Id);
}
