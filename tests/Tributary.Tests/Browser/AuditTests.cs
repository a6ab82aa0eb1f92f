using System.Text.Json;
using Microsoft.Playwright;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using static Microsoft.Playwright.Assertions;

namespace Tributary.Tests.Browser;

/// <summary>Who did what, as an admin reads it (the brief for the web app, §5.8: audit log).</summary>
[Collection(BrowserTests.Name)]
public sealed class AuditTests(WebServer server) : IClassFixture<WebServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_is_told_by_the_names_of_fields_stages_and_people_and_in_the_deals_currency()
    {
        var field = await new FieldService(server.Db).Create(server.Admin,
            new() { Subject = "deal", Name = "Shoe size of the buyer", Type = FieldType.Double }, Ct);
        var deals = new DealService(server.Db);
        var deal = await deals.Create(server.Admin, new() { Title = "رحلة إلى مراكش", Value = 100m, Currency = "EUR" }, Ct);
        var stages = (await new PipelineService(server.Db).ListStages(server.Admin, deal.PipelineId, Ct))
            .Where(one => one.Kind is StageKind.Open).OrderBy(one => one.Position).ToList();
        await deals.Update(server.Admin, deal.Id, new()
        {
            StageId = stages[1].Id,
            Value = 2500m,
            Custom = new CustomPatch(new Dictionary<string, JsonElement> { [field.Slug] = JsonSerializer.SerializeToElement(43) }),
        }, Ct);
        var page = await server.Open("/settings/audit");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = deal.Title }) })
            .Filter(new() { HasText = "changed" });

        await Expect(row).ToContainTextAsync("Deal رحلة إلى مراكش changed");
        await Expect(row).ToContainTextAsync($"Stage {stages[0].Name} {stages[1].Name}");
        await Expect(row).ToContainTextAsync("Value €100 €2,500");
        await Expect(row).ToContainTextAsync("Shoe size of the buyer 43");
        await Expect(row).Not.ToContainTextAsync("stage_id");
        await Expect(row).Not.ToContainTextAsync(field.Key);
    }

    [Fact]
    public async Task The_log_is_narrowed_by_kind_and_deed_and_the_way_back_is_offered()
    {
        var page = await server.Open("/settings/audit");
        await Choose(page, "Kind of record", "Pipeline");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("subject=pipeline"));
        await Expect(page.GetByRole(AriaRole.Cell).Filter(new() { HasText = "Deal " })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Cell).Filter(new() { HasText = "created" }).First).ToBeVisibleAsync();

        await Choose(page, "What was done", "Signed in");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No lines match" })).ToBeVisibleAsync();
        await Axe.MustBeUsable(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear filters" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Nth(5)).ToBeVisibleAsync();
    }

    private static async Task Choose(IPage page, string what, string option)
    {
        await page.GetByRole(AriaRole.Combobox, new() { Name = what }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = option, Exact = true }).ClickAsync();
    }
}
