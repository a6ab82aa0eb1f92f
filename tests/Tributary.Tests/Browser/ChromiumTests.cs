using System.Diagnostics;
using Microsoft.Playwright;

namespace Tributary.Tests.Browser;

/// <summary>What the tests in a browser stand on.</summary>
[Collection(BrowserTests.Name)]
public sealed class ChromiumTests
{
    [Fact]
    public async Task A_browser_that_was_killed_is_started_again_for_the_next_tab()
    {
        var browser = (await Chromium.Tab("http://127.0.0.1")).Context.Browser!;
        var died = new TaskCompletionSource();
        browser.Disconnected += (_, _) => died.TrySetResult();

        using (var process = Process.GetProcessById(await ProcessOf(browser))) process.Kill();
        await died.Task;
        var page = await Chromium.Tab("http://127.0.0.1");

        await page.GotoAsync("about:blank");
        Assert.Equal(2, await page.EvaluateAsync<int>("1 + 1"));
    }

    // https://chromedevtools.github.io/devtools-protocol/tot/SystemInfo/#method-getProcessInfo
    private static async Task<int> ProcessOf(IBrowser browser)
    {
        var session = await browser.NewBrowserCDPSessionAsync();
        var told = await session.SendAsync("SystemInfo.getProcessInfo");
        return told!.Value.GetProperty("processInfo").EnumerateArray()
            .Single(process => process.GetProperty("type").GetString() == "browser").GetProperty("id").GetInt32();
    }
}
