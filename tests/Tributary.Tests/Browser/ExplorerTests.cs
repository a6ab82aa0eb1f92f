using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using Tributary.Server.Hosting;
using Tributary.Server.Sandbox;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

/// <summary>The API explorer on a sandbox, where keys, journal, faults and clock are at hand (the brief, §5.9).</summary>
[Collection(BrowserTests.Name)]
public sealed class ExplorerTests(ExplorerTests.SandboxSite site) : IClassFixture<ExplorerTests.SandboxSite>
{
    [Fact]
    public async Task One_deal_is_asked_for_in_two_dialects_and_copied_as_curl()
    {
        var page = await site.Open("/explorer?dialect=pipedrive&operation=getDeal");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "id", Exact = true }).FillAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(page.GetByText("Brightwater cold chain rollout")).ToBeVisibleAsync();
        await Expect(page.GetByText("curl 'http://127.0.0.1"))
            .ToContainTextAsync("-H 'x-api-token: 5eed000000000000000000000000000000000001'");

        await page.GetByRole(AriaRole.Button, new() { Name = "YSuite", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Get a deal" }).First.WaitForAsync();
        Assert.Contains("dialect=ysuite", page.Url, StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Tab, new() { Name = "Journal" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "GET /pipedrive/api/v2/deals/1" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Cell).GetByText("Brightwater cold chain rollout")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_fault_is_set_and_strikes_and_the_clock_jumps()
    {
        var page = await site.Open("/explorer?dialect=switch&tab=faults");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a rule" }).ClickAsync();
        await page.GetByLabel("Each nth").FillAsync("1");
        await page.GetByLabel("Each nth").BlurAsync();
        await page.GotoAsync($"{site.Url}/explorer?dialect=switch&operation=listDeals");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(page.GetByText("429", new() { Exact = true })).ToBeVisibleAsync();

        await page.GotoAsync($"{site.Url}/explorer?dialect=switch&tab=state");
        await page.GetByRole(AriaRole.Button, new() { Name = "+1 day" }).ClickAsync();
        await Expect(page.GetByText("Jan 6, 2026")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Reset" }).ClickAsync();
        // Sessions go with everything else.
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_state_is_read_as_a_file_changed_and_filled_in_again()
    {
        var page = await site.Open("/explorer?dialect=switch&tab=state");
        var seed = page.GetByLabel("Seed as YAML");
        await Expect(seed).ToHaveValueAsync(new Regex("Brightwater cold chain rollout"));

        await seed.FillAsync(OneDealIn("Elsewhere"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Fill the sandbox" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("seed.yaml:4: deals[0].pipeline: there is no pipeline \"Elsewhere\"");
        await Axe.MustBeUsable(page);

        await seed.FillAsync(OneDealIn("Projects"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Fill the sandbox" }).ClickAsync();
        await SandboxSite.SignIn(page);
        await Expect(seed).ToHaveValueAsync(new Regex("title: Ten anvils"));
        await page.GotoAsync($"{site.Url}/explorer?dialect=pipedrive&operation=getDeals");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(page.GetByText("Ten anvils").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Journal" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "GET /pipedrive/api/v2/deals" }).First).ToBeVisibleAsync();

        await page.GotoAsync($"{site.Url}/explorer?dialect=switch&tab=state");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reset" }).ClickAsync();
        await SandboxSite.SignIn(page);
        await Expect(seed).ToHaveValueAsync(new Regex("Brightwater cold chain rollout"));
    }

    [Fact]
    public async Task The_state_written_is_that_of_whoever_is_signed_in_and_the_other_workspaces_when_chosen()
    {
        await site.Ask("trib_sandbox_admin-b", """{"title":"Only in the second"}""");
        var page = await site.Open("/explorer?tab=state", email: "admin-b@sandbox.test");
        var seed = page.GetByLabel("Seed as YAML");
        await Expect(seed).ToHaveValueAsync(new Regex("Only in the second"));

        await page.GetByRole(AriaRole.Radiogroup, new() { Name = "Workspace to write down" }).GetByText("yours").WaitForAsync();
        await page.GetByRole(AriaRole.Radiogroup, new() { Name = "Workspace to write down" }).Locator("label").First.ClickAsync();
        await Expect(seed).ToHaveValueAsync(new Regex("Brightwater cold chain rollout"));
        await Expect(seed).Not.ToHaveValueAsync(new Regex("Only in the second"));
    }

    [Fact]
    public async Task The_operations_of_the_coverage_are_one_stop_of_the_Tab_key()
    {
        var page = await site.Open("/explorer?dialect=switch&tab=coverage");
        var stops = page.Locator("[role=tabpanel] tbody button:not([tabindex='-1'])");
        await Expect(stops).ToHaveCountAsync(1);

        await stops.FocusAsync();
        await page.Keyboard.PressAsync("End");
        await Expect(page.Locator("[role=tabpanel] tbody button").Last).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Send" })).ToBeVisibleAsync();
    }

    private static string OneDealIn(string pipeline) =>
        $"pipelines:\n  - {{name: Projects, stages: [{{name: Asked}}]}}\ndeals:\n  - {{title: Ten anvils, pipeline: {pipeline}}}\n";

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_explorer_is_usable_by_everyone(bool dark)
    {
        var page = await site.Open("/explorer?dialect=pipedrive&operation=addDeal", dark);
        foreach (var (tab, shows) in new[] { ("Operations", "Body (application/json)"), ("Coverage", "Get all archived deals"),
            ("Limits", "Retry-After"), ("Journal", "call"), ("Faults", "rule"), ("Clock and state", "Fill the sandbox") })
        {
            await page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Tabpanel).GetByText(shows).First).ToBeVisibleAsync();
            await Axe.MustBeUsable(page);

        }
    }

    /// <summary>A sandbox on a port of its own, with the app.</summary>
    public sealed class SandboxSite : IAsyncLifetime
    {
        private SandboxDatabase sandbox = null!;
        private WebApplication app = null!;

        public string Url { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            if (Chromium.Missing is not null) return;
            sandbox = await SandboxDatabase.Open(1, frozen: true, CancellationToken.None);
            app = SandboxServer.Build(new()
            {
                LogLevel = "Error",
                DataFolder = sandbox.Folder,
                WebFolder = WebServer.WebFolder,
                Urls = "http://127.0.0.1:0",
                IsSandbox = true
            }, sandbox);
            await app.StartAsync();
            Url = app.Urls.First();
        }

        public async ValueTask DisposeAsync()
        {
            if (app is null) return;
            await app.StopAsync(new CancellationToken(canceled: true));
            await app.DisposeAsync();
            await sandbox.DisposeAsync();
        }

        public async Task<IPage> Open(string path, bool dark = false, string email = "admin@sandbox.test")
        {
            var page = await Chromium.Tab(Url, dark: dark);
            await page.GotoAsync(path);
            await SignIn(page, email);
            return page;
        }

        /// <summary>Makes a deal through our own API.</summary>
        public async Task Ask(string token, string deal)
        {
            using var client = new HttpClient { BaseAddress = new Uri(Url) };
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
            using var body = new StringContent(deal, System.Text.Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(new Uri("/api/v1/deals", UriKind.Relative), body);
            answer.EnsureSuccessStatusCode();
        }

        /// <summary>From the page that asks who one is, to the explorer.</summary>
        public static async Task SignIn(IPage page, string email = "admin@sandbox.test")
        {
            await page.GetByLabel("E-mail").FillAsync(email);
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Password" }).FillAsync("sandbox");
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "API explorer" })).ToBeVisibleAsync();
        }
    }
}
