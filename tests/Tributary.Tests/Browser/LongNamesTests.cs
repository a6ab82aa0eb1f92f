using System.Security.Cryptography;
using Microsoft.Playwright;
using Tributary.Core.Fields;
using Tributary.Core.Keys;
using Tributary.Core.Users;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

/// <summary>Names as long as they may be, in one word or from right to left, in the settings (the brief for the web app, §5.0).</summary>
[Collection(BrowserTests.Name)]
public sealed class LongNamesTests(WebServer server) : IClassFixture<WebServer>
{
    private static readonly string oneWord = string.Concat(Enumerable.Repeat("Donaudampfschifffahrtsgesellschaft", 3))[..100];

    private const string RightToLeft = "الشراكة الاستراتيجية طويلة الأمد مع مجموعة الشركات المتحدة للتجارة والصناعة";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Long_names_stay_within_their_places()
    {
        await Name(oneWord, "one");
        await Name(RightToLeft, "two");

        foreach (var (width, dark) in new[] { (1440, false), (1440, true), (800, true), (390, false), (390, true) })
        {
            var page = await server.Open("/settings/account", null, width, 900, dark, touch: width < 600);
            foreach (var path in new[] { "users", "teams", "fields", "keys", "apps", "audit" })
            {
                await page.GotoAsync($"/settings/{path}");
                await Expect(page.GetByText(oneWord).First).ToBeVisibleAsync();

                Assert.Equal((path, width, ""), (path, width, await TooWide(page)));
            }
        }
    }

    /// <summary>The page when it scrolls sideways, and each cell whose text runs over the one beside it.</summary>
    private static Task<string> TooWide(IPage page) => page.EvaluateAsync<string>("""
        () => [...document.querySelectorAll('main td, main h1, body')]
            .filter(one => one.getClientRects().length > 0 && one.scrollWidth > one.clientWidth + 1)
            .map(one => `${one.tagName} ${one.textContent.slice(0, 40)}`).join(', ')
        """);

    private async Task Name(string name, string mailbox)
    {
        await new GroupService(server.Db).Create(server.Admin, name, null, Ct);
        await new UserService(server.Db).Create(server.Admin, new() { Name = name, Email = $"{mailbox}@long.test" }, Ct);
        await new FieldService(server.Db).Create(server.Admin, new() { Subject = "deal", Name = name, Type = FieldType.Varchar }, Ct);
        var keys = new KeyService(server.Db, RandomNumberGenerator.Fill);
        await keys.Create(server.Admin, new() { Dialect = "native", Name = name, Scopes = ["deals:read", "persons:write"] }, Ct);
        var apps = new AppService(server.Db, RandomNumberGenerator.Fill, new(server.Db, RandomNumberGenerator.Fill));
        await apps.Create(server.Admin, new() { Name = name }, Ct);
    }
}
