using Microsoft.Playwright;

namespace Tributary.Tests.Browser;

/// <summary>The system's own Chromium, started once for all tests.</summary>
internal static class Chromium
{
    /// <summary>
    /// How long a page may take to show what is expected of it, in milliseconds. Long, since the other tests keep the processors busy at the
    /// same time: how fast the app is bench-web tells.
    /// </summary>
    public const int Patience = 30_000;

    private static readonly Lazy<Task<IBrowser>> Started = new(Start);

    private static string Path => Environment.GetEnvironmentVariable("TRIBUTARY_CHROMIUM") ?? "/usr/bin/chromium";

    /// <summary>Why there can be no browser tests here; none when there can. Never an excuse where CI runs.</summary>
    public static string? Missing =>
        Environment.GetEnvironmentVariable("CI") is not null ? null
        : !File.Exists(Path) ? $"There is no Chromium at {Path} (apt-get install chromium, or set TRIBUTARY_CHROMIUM)."
        : !File.Exists(System.IO.Path.Combine(WebServer.WebFolder, "index.html"))
        ? "The web app is not built (BuildWeb=false, or no Node.js)."
        : null;

    public static Task<IBrowser> Browser => Started.Value;

    private static async Task<IBrowser> Start()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
        });
    }
}
