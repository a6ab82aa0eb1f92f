using Microsoft.Playwright;

namespace Tributary.Tests.Browser;

/// <summary>The system's own Chromium, started once for all tests; and once more when it has died, for the tests that follow.</summary>
internal static class Chromium
{
    /// <summary>
    /// How long a page may take to show what is expected of it, in milliseconds. Long, since the other tests keep the processors busy at
    /// the same time: how fast the app is bench-web tells.
    /// </summary>
    public const int Patience = 30_000;

    private static IPlaywright? driver;
    private static IBrowser? running;

    private static string Path => Environment.GetEnvironmentVariable("TRIBUTARY_CHROMIUM") ?? "/usr/bin/chromium";

    /// <summary>Why there can be no browser tests here; none when there can. Never an excuse where CI runs.</summary>
    public static string? Missing =>
        Environment.GetEnvironmentVariable("CI") is not null ? null
        : !File.Exists(Path) ? $"There is no Chromium at {Path} (apt-get install chromium, or set TRIBUTARY_CHROMIUM)."
        : !File.Exists(System.IO.Path.Combine(WebServer.WebFolder, "index.html"))
        ? "The web app is not built (BuildWeb=false, or no Node.js)."
        : null;

    /// <summary>The tabs of the test that runs, by its id; each has an event stream and timers as long as it is open.</summary>
    private static readonly List<(string? Test, IBrowserContext Context)> Open = [];

    /// <summary>A tab of a browser of its own. The tabs of the last test are closed first; browser tests run one after the other.</summary>
    public static async Task<IPage> Tab(string url, int width = 1360, int height = 860, bool dark = false, bool touch = false,
        bool motion = false)
    {
        Assert.SkipUnless(Missing is null, Missing ?? "");
        var browser = await Running();
        var test = TestContext.Current.Test?.UniqueID;
        foreach (var last in Open.Where(one => one.Test != test).ToList())
        {
            Open.Remove(last);
            await last.Context.CloseAsync();
        }
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = url,
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = "en-US",
            TimezoneId = "UTC",
            HasTouch = touch,
            ReducedMotion = motion ? ReducedMotion.NoPreference : ReducedMotion.Reduce,
            DeviceScaleFactor = 1,
        });
        context.SetDefaultTimeout(Patience);
        Open.Add((test, context));
        return await context.NewPageAsync();
    }

    private static async Task<IBrowser> Running()
    {
        if (running is { IsConnected: true }) return running;
        // Its tabs died with it, and perhaps what drove it.
        Open.Clear();
        driver?.Dispose();
        return running = await Start();
    }

    private static async Task<IBrowser> Start()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        driver = await Playwright.CreateAsync();
        return await driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
        });
    }
}
