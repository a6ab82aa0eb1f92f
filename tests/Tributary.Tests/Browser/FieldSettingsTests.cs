using System.Text.Json;
using Microsoft.Playwright;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

/// <summary>Who sees a custom field, another type for one, and what a key may cost a day (the brief for the web app, §5.8).</summary>
[Collection(BrowserTests.Name)]
public sealed class FieldSettingsTests(WebServer server) : IClassFixture<WebServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_of_type_shows_what_would_be_lost_and_then_does_it()
    {
        var field = await new FieldService(server.Db)
            .Create(server.Admin, new() { Subject = "deal", Name = "Loose budget", Type = FieldType.Varchar }, Ct);
        var deals = new DealService(server.Db);
        var kept = await Deal("12.50");
        var lost = await Deal("a dozen or so");

        var page = await server.Open("/settings/fields");
        await page.GetByRole(AriaRole.Button, new() { Name = "More for Loose budget" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Another type…" }).ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "New type" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Number", Exact = true }).ClickAsync();
        await Expect(page.GetByText("1 of 2 values would be lost")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "a dozen or so" })).ToContainTextAsync("lost");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change it and lose 1" }).ClickAsync();
        await Expect(page.GetByText("Loose budget is now: Number.").First).ToBeVisibleAsync();

        var after = await new FieldService(server.Db).Get(server.Admin, field.Id, Ct);
        Assert.Equal(FieldType.Double, after.Type);
        Assert.Equal(12.5m, (await deals.Get(server.Admin, kept.Id, Ct)).Custom[after]!.Value.GetDecimal());
        Assert.Null((await deals.Get(server.Admin, lost.Id, Ct)).Custom[after]);

        Task<Deal> Deal(string value) => deals.Create(server.Admin,
            new()
            {
                Title = $"Budget {value}",
                Custom = new CustomPatch(new Dictionary<string, JsonElement> { [field.Key] = JsonSerializer.SerializeToElement(value) })
            },
                Ct);
    }

    [Fact]
    public async Task A_field_for_admins_says_so_in_the_list()
    {
        await new FieldService(server.Db)
            .Create(server.Admin,
                new() { Subject = "deal", Name = "Margin", Type = FieldType.Double, Readers = new() { Roles = [Role.Manager] } }, Ct);

        var page = await server.Open("/settings/fields");

        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Margin" })).ToContainTextAsync("Seen by managers only");
    }

    [Fact]
    public async Task A_key_shows_what_it_used_and_gets_a_budget()
    {
        var key = await new KeyService(server.Db, System.Security.Cryptography.RandomNumberGenerator.Fill)
            .Create(server.Admin, new() { Dialect = "native", Name = "Weekly sync" }, Ct);
        using var client = new HttpClient { BaseAddress = new(server.Url) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key.Token);
        for (var n = 0; n < 3; n++) (await client.GetAsync("/api/v1/deals?limit=1", Ct)).EnsureSuccessStatusCode();

        var page = await server.Open("/settings/keys");
        await page.GetByRole(AriaRole.Button, new() { Name = "More for Weekly sync" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Name, use and budget…" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "listDeals" })).ToContainTextAsync("3");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Budget a day" }).FillAsync("3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("Saved.").First).ToBeVisibleAsync();

        Assert.Equal(System.Net.HttpStatusCode.TooManyRequests, (await client.GetAsync("/api/v1/deals?limit=1", Ct)).StatusCode);
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Weekly sync" })).ToContainTextAsync("3");
    }
}
