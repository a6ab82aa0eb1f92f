using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Sessions;
using Tributary.Core.Storage;
using Tributary.Core.Users;
using Tributary.Server.Demo;
using Tributary.Server.Hosting;
using Tributary.Server.Seeding;
using Tributary.Tests.Support;
using Tributary.Tests.Walls;

namespace Tributary.Tests.Browser;

/// <summary>
/// A real server on a port of its own with the demo workspace, for one class of browser tests. Its clock is the machine's,
/// as the browser's is.
/// </summary>
public sealed class WebServer : IAsyncLifetime
{
    public const string Email = DemoSeed.AdminEmail;
    public const string Password = "the demo's password";

    private static readonly Lazy<Task<string>> Template = new(MakeTemplate);
    private readonly string folder = Leftovers.Folder();
    private WebApplication app = null!;

    public static string WebFolder { get; } = Path.Combine(Sources.Root, "artifacts", "web");
    public static string AxeScript { get; } = Path.Combine(Sources.Root, "web", "node_modules", "axe-core", "axe.min.js");

    public Db Db { get; private set; } = null!;
    public string Url { get; private set; } = "";

    /// <summary>The admin, to arrange things by the engine's verbs.</summary>
    public Caller Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Missing is not null) return;
        var file = Path.Combine(folder, "demo.db");
        File.Copy(await Template.Value, file);
        Db = Db.Sqlite(file, TimeProvider.System, new(TimeProvider.System, RandomNumberGenerator.Fill), SqliteUse.Throwaway);
        app = ServerHost.Build(new()
        {
            LogLevel = "Error",
            DataFolder = folder,
            WebFolder = WebFolder,
            Urls = "http://127.0.0.1:0",
            RunJobs = true
        }, Db, TimeProvider.System);
        await app.StartAsync();
        Url = app.Urls.First();
        Admin = await Some.CallerOf(Db, 1, (await new UserService(Db).List(Caller.System(1), CancellationToken.None))
            .Single(user => user.Email == Email).Id);
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync(new CancellationToken(canceled: true));
            await app.DisposeAsync();
            await Db.DisposeAsync();
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A tab of a browser of its own.</summary>
    public Task<IPage> Anonymous(int width = 1360, int height = 860, bool dark = false, bool touch = false, bool motion = false) =>
        Chromium.Tab(Url, width, height, dark, touch, motion);

    /// <summary>A tab in which somebody is signed in (the admin when nobody is named), at an address of the app.</summary>
    public async Task<IPage> Open(string path, string? email = null, int width = 1360, int height = 860, bool dark = false,
        bool touch = false, bool motion = false)
    {
        var page = await Anonymous(width, height, dark, touch, motion);
        var sessions = new SessionService(Db, RandomNumberGenerator.Fill);
        var candidate = (await sessions.Find(email ?? Email, CancellationToken.None)).Single();
        var begun = await sessions.Begin(candidate, "test", null, CancellationToken.None);
        await page.Context.AddCookiesAsync(
            [new() { Name = SessionCookie.Name, Value = begun!.Token, Url = Url, HttpOnly = true, SameSite = SameSiteAttribute.Lax }]);
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>A browser that does the same everywhere: 390 by 844 with a finger.</summary>
    public Task<IPage> OpenPhone(string path, bool dark = false) => Open(path, null, 390, 844, dark, touch: true);

    // Filled once for all classes: two years of a company take a second or two.
    private static async Task<string> MakeTemplate()
    {
        var file = Path.Combine(Leftovers.Folder(), "demo.db");
        var now = TimeProvider.System.GetUtcNow();
        var clock = new MovableClock(now);
        await using var db = Db.Sqlite(file, clock, new(clock, SeededRandom.Of(1)), SqliteUse.Throwaway);
        await Migrator.Run(db, CancellationToken.None);
        await DemoSeed.Fill(db, clock, SeededRandom.Of(1), Passwords.Hash(Password), now, null, CancellationToken.None);
        return file;
    }
}
