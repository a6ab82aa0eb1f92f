using System.Text.Json;
using Microsoft.AspNetCore.TestHost;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Server.Commands;
using Tributary.Server.Hosting;
using Tributary.Server.Sandbox;
using Tributary.Server.Sandbox.Files;
using Tributary.Tests.Support;
using Tributary.Tests.Walls;

namespace Tributary.Tests.Server.Sandbox;

/// <summary>Fixtures of one's own (docs/sandbox.md).</summary>
public sealed class SeedFileTests
{
    private const string Good = """
        currency: EUR
        rates: {USD: 0.9}
        users:
          - {name: Zoe, email: zoe@fixtures.test, role: manager}
        pipelines:
          - name: Projects
            stages:
              - {name: Asked, probability: 10, rotten_days: 14}
              - {name: Offered, probability: 50}
              - {name: Signed, kind: won}
        organizations:
          - {name: Acme, industry: Anvils, owner: seller}
        persons:
          - {name: Wile Coyote, organization: Acme, email: wile@acme.test}
        deals:
          - title: Ten anvils
            pipeline: Projects
            stage: Offered
            value: 1250.50
            currency: USD
            owner: zoe@fixtures.test
            organization: Acme
            person: Wile Coyote
            tags: [heavy, urgent]
          - {title: Rocket, pipeline: Projects, status: won, added: 2025-10-01, closed: 2025-10-20}
          - {title: Magnet, pipeline: Projects, status: lost, lost_reason: Price}
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sandbox_begins_with_what_the_file_says_in_both_workspaces()
    {
        await using var sandbox = await SandboxDatabase.Fill(1, frozen: true, SeedFileReader.Parse("fixtures.yaml", Good), Ct);
        var told = System.Text.Json.Nodes.JsonNode.Parse(sandbox.Json)!["workspaces"]!.AsArray();
        var workspace = await new Tributary.Core.Keys.KeyService(sandbox.Db, _ => { })
            .Resolve("native", "trib_sandbox_admin", null, null, Ct);
        var deals = await new DealService(sandbox.Db).FindMany(workspace!, [1, 2, 3], Ct);
        var stages = await new PipelineService(sandbox.Db).ListStages(workspace!, null, Ct);

        Assert.Equal(["a", "b"], told.Select(one => (string?)one!["key"]));
        Assert.All(told,
            one => Assert.Equal(["Ten anvils", "Magnet", "Rocket"], one!["deals"]!.AsArray().Select(deal => (string?)deal!["title"])));
        Assert.Equal(["zoe@fixtures.test", "zoe-b@fixtures.test"], told.Select(one => (string?)one!["users"]![3]!["email"]));
        Assert.Equal(["Asked", "Offered", "Signed", "Lost"], stages.Select(stage => stage.Name));
        Assert.Equal(14, stages[0].RottenDays);
        var byTitle = deals.ToDictionary(deal => deal.Title);
        Assert.Equal((1250.50m, "USD", stages[1].Id, DealStatus.Open),
            (byTitle["Ten anvils"].Value, byTitle["Ten anvils"].Currency, byTitle["Ten anvils"].StageId, byTitle["Ten anvils"].Status));
        Assert.Equal((DealStatus.Won, "EUR", new DateOnly(2025, 10, 1), new DateOnly(2025, 10, 20)),
            (byTitle["Rocket"].Status, byTitle["Rocket"].Currency, DateOnly.FromDateTime(
                byTitle["Rocket"].AddedAt.UtcDateTime), DateOnly.FromDateTime(byTitle["Rocket"].ClosedAt!.Value.UtcDateTime)));
        Assert.Equal((DealStatus.Lost, "Price"), (byTitle["Magnet"].Status, byTitle["Magnet"].LostReason));
    }

    [Fact]
    public async Task What_a_file_sells_labels_and_plans_is_there()
    {
        await using var sandbox = await SandboxDatabase.Fill(1, frozen: true, SeedFileReader.Parse("fixtures.yaml", """
            labels:
              - {name: Hot, color: red}
              - {name: Inbound, subject: lead}
            fields:
              - {name: Region, type: enum, options: [North, South]}
              - {name: Budget, type: monetary}
              - {name: Reseller, type: org}
              - {name: Certified, subject: product, type: set, options: [CE, UL]}
            pipelines:
              - {name: Projects, stages: [{name: Asked}]}
            organizations:
              - {name: Acme, notes: [{text: Pays late., pinned: true}]}
            products:
              - name: Anvil
                code: ANV
                tax: 19
                billing: monthly
                cycles: 12
                prices: {USD: 100, EUR: 90}
                variations: [{name: Heavy, prices: {USD: 150}}]
                custom: {Certified: [UL, CE]}
            leads:
              - title: Maybe magnets
                organization: Acme
                value: 50
                labels: [Inbound]
                custom: {Region: South}
                activities: [{subject: Ask again}]
            deals:
              - title: Ten anvils
                pipeline: Projects
                labels: [Hot]
                custom: {Region: North, Budget: {value: 900, currency: EUR}, Reseller: Acme}
                products:
                  - {product: Anvil, quantity: 10}
                  - {product: Anvil, variation: Heavy, price: 140, discount: 10}
                activities:
                  - {type: call, subject: First call, due: 2026-01-06, time: "10:00", minutes: 30, owner: seller}
                  - {type: task, subject: Send offer, done: true}
                notes: [{text: Wants them blue., pinned: true}]
            """), Ct);
        await using var app = SandboxServer.Build(new() { LogLevel = "Error", DataFolder = sandbox.Folder }, sandbox,
            builder => builder.WebHost.UseTestServer());
        await app.StartAsync(Ct);
        using var client = app.GetTestClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", "trib_sandbox_admin");
        async Task<JsonElement> Data(string path) => (await client.Get("/api/v1/" + path)).Json.GetProperty("data");

        var (deal, product, lead) = ((await Data("deals"))[0], (await Data("products"))[0], (await Data("leads"))[0]);
        var fields = (await Data("fields?subject=deal")).EnumerateArray().ToList();
        var (activities, notes) = (await Data("activities?sort=id"), await Data("notes?sort=id"));
        var lines = await Data($"deals/{deal.GetProperty("id").GetInt64()}/products");

        var options = fields[0].GetProperty("options").EnumerateArray().Select(option => option.GetProperty("id").GetInt64()).ToList();
        var custom = deal.GetProperty("custom");
        Assert.Equal((options[0], 900m, "EUR", 1L),
            (custom.GetProperty("region").GetInt64(), custom.GetProperty("budget").GetProperty("value").GetDecimal(),
                custom.GetProperty("budget").GetProperty("currency").GetString(), custom.GetProperty("reseller").GetInt64()));
        Assert.Equal(1, deal.GetProperty("label_ids").GetArrayLength());
        Assert.Equal((2, 19m, "monthly", 1), (product.GetProperty("prices").GetArrayLength(), product.GetProperty("tax").GetDecimal(),
            product.GetProperty("billing_frequency").GetString(), product.GetProperty("variations").GetArrayLength()));
        Assert.Equal(2, product.GetProperty("custom").GetProperty("certified").GetArrayLength());
        Assert.Equal(("Maybe magnets", options[1], 1),
            (lead.GetProperty("title").GetString(), lead.GetProperty("custom").GetProperty("region").GetInt64(),
                lead.GetProperty("label_ids").GetArrayLength()));
        Assert.Equal([(100m, 10m), (140m, 1m)],
            lines.EnumerateArray().Select(line => (line.GetProperty("item_price").GetDecimal(), line.GetProperty("quantity").GetDecimal())));
        Assert.Equal(["Ask again", "First call", "Send offer"],
            activities.EnumerateArray().Select(one => one.GetProperty("subject").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(["Pays late.", "Wants them blue."],
            notes.EnumerateArray().Select(one => one.GetProperty("content").GetString()).Order(StringComparer.Ordinal));
        await app.StopAsync(Ct);
    }

    [Fact]
    public async Task The_example_of_the_page_can_be_used_as_it_is()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Sources.Root, "docs", "sandbox.md"), Ct);
        var example = page.Split("```yaml\n")[1].Split("```")[0];

        await using var sandbox = await SandboxDatabase.Fill(1, frozen: true, SeedFileReader.Parse("fixtures.yaml", example), Ct);

        Assert.NotEmpty(sandbox.Json);
    }

    [Fact]
    public void What_hangs_on_a_record_is_refused_by_line_and_member_too()
    {
        var wrong = Refused("""
            labels:
              - {name: Hot}
              - {name: Hot, subject: lead}
              - {name: Hot}
            fields:
              - {name: Region, type: enum, options: [North]}
              - {name: Budget, type: money}
            pipelines:
              - {name: P, stages: [{name: A}]}
            products:
              - name: Anvil
                prices: {USD: much}
                variations: [{name: Heavy}]
            deals:
              - title: One
                pipeline: P
                labels: [Cold]
                custom:
                  Region: South
                  Colour: red
                products:
                  - {product: Hammer}
                  - {product: Anvil, variation: Light}
                activities:
                  - {subject: Call, done: maybe, owner: nobody}
                notes:
                  - {pinned: true}
            """);

        Assert.Equal(
        [
            "f.yaml:4: labels[2].name: \"Hot\" stands here a second time.",
            "f.yaml:7: fields[1].type: must be one of varchar, varchar_auto, text, double, monetary, date, daterange, time, timerange, set, enum, user, org, people, phone, address, not \"money\".",
            "f.yaml:12: products[0].prices.USD: must be a number such as 1250.50, not \"much\".",
            "f.yaml:17: deals[0].labels: nothing in this file is called \"Cold\". Known are Hot.",
            "f.yaml:19: deals[0].custom.Region: there is no \"South\" to choose. Known are North.",
            "f.yaml:20: deals[0].custom.Colour: there is no field of this name for deals in this file. Known are Region, Budget.",
            "f.yaml:22: deals[0].products[0].product: nothing in this file is called \"Hammer\". Known are Anvil.",
            "f.yaml:23: deals[0].products[1].variation: nothing in this file is called \"Light\". Known are Heavy.",
            "f.yaml:25: deals[0].activities[0].done: must be one of true, false, not \"maybe\".",
            "f.yaml:25: deals[0].activities[0].owner: nothing in this file is called \"nobody\". Known are admin, seller, manager.",
            "f.yaml:27: deals[0].notes[0].text: must be a text: it is missing.",
        ], wrong.Order(StringComparer.Ordinal).OrderBy(line => int.Parse(line.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once_by_line_and_member()
    {
        var wrong = Refused("""
            users:
              - {name: Zoe}
            pipelines:
              - name: Projects
                stages:
                  - {name: Asked, probability: often}
            deals:
              - title: One
                pipeline: Projects
                stage: Nowhere
                colour: red
              - title: Two
                pipeline: Elsewhere
                owner: nobody@fixtures.test
                closed: 2025-10-20
              - title: Three
                pipeline: Projects
                added: 1999-01-01
                value: 1,5
            """);

        Assert.Equal(
        [
            "f.yaml:2: users[0].email: must be a text: it is missing.",
            "f.yaml:6: pipelines[0].stages[0].probability: must be a number such as 1250.50, not \"often\".",
            "f.yaml:11: deals[0].colour: there is no such member. Known are activities, added, archived, closed, currency, custom, discounts, expected_close, followers, installments, labels, loss_category, lost_reason, notes, organization, owner, participants, person, pipeline, priority, probability, products, source, stage, status, tags, title, value, won_reason.",
            "f.yaml:19: deals[2].value: must be a number such as 1250.50, not \"1,5\".",
            "f.yaml:10: deals[0].stage: there is no open stage \"Nowhere\" in Projects. Known are Asked.",
            "f.yaml:14: deals[1].owner: nothing in this file is called \"nobody@fixtures.test\". Known are admin, seller, manager.",
            "f.yaml:13: deals[1].pipeline: there is no pipeline \"Elsewhere\" in this file. Known are Projects.",
            "f.yaml:15: deals[1].closed: is only for deals whose status is won or lost.",
            "f.yaml:18: deals[2].added: must be from 2025-09-01 to 2026-01-05, the sandbox's own time.",
        ], wrong);
    }

    [Fact]
    public void Who_is_not_there_cannot_follow_or_take_part_nor_be_reached_in_two_ways_of_writing()
    {
        var wrong = Refused("""
            pipelines: [{name: P, stages: [{name: A}]}]
            persons:
              - name: Ann
                email: ann@work.test
                emails: [{value: ann@home.test}]
            deals:
              - title: One
                pipeline: P
                followers: [seller, nobody]
                participants: [{person: Ann, role: boss}, {person: Bob}]
            leads:
              - {title: Two, followers: [seller]}
            """);

        Assert.Equal(
        [
            "f.yaml:5: persons[0].emails: stands beside email: write all of them in one.",
            "f.yaml:12: leads[0].followers: there is no such member. Known are activities, currency, custom, expected_close, labels, notes, organization, owner, person, title, value.",
            "f.yaml:10: deals[0].participants[0].role: must be one of decision_maker, influencer, champion, blocker, end_user, other, not \"boss\".",
            "f.yaml:9: deals[0].followers: nothing in this file is called \"nobody\". Known are admin, seller, manager.",
            "f.yaml:10: deals[0].participants[1].person: nothing in this file is called \"Bob\". Known are Ann.",
        ], wrong);
    }

    [Fact]
    public async Task What_a_file_says_of_people_and_of_payments_is_there()
    {
        await using var sandbox = await SandboxDatabase.Fill(1, frozen: true, SeedFileReader.Parse("fixtures.yaml", """
            pipelines: [{name: P, stages: [{name: A}]}]
            persons:
              - name: Ann
                emails: [{value: ann@home.test, label: home}, {value: ann@work.test, label: work, primary: true}]
              - {name: Bob}
            products: [{name: Anvil, prices: {USD: 100}}]
            deals:
              - title: One
                pipeline: P
                owner: seller
                person: Ann
                followers: [manager]
                participants: [{person: Ann, role: champion}, {person: Bob}]
                products: [{product: Anvil}]
                installments: [{description: Half, amount: 50, billing_on: 2026-03-01}]
            """), Ct);
        var caller = await new Tributary.Core.Keys.KeyService(sandbox.Db, _ => { }).Resolve("native", "trib_sandbox_admin", null, null, Ct);
        var deals = new DealService(sandbox.Db);
        var deal = Assert.Single(await deals.FindMany(caller!, [1], Ct));
        var ann = await new Tributary.Core.Contacts.PersonService(sandbox.Db).Get(caller!, deal.PersonId!.Value, Ct);
        var parts = await new Tributary.Core.Products.DealProductService(sandbox.Db).Installments(caller!, [1], new(), Ct);

        Assert.Equal([2L, 3L], (await deals.Followers(caller!, 1, Ct)).Select(one => one.UserId).Order());
        Assert.Equal(["champion", null], (await deals.Contacts(caller!, 1, Ct)).Select(one => one.Role));
        Assert.Equal(("ann@work.test", 2), (ann.Email, ann.Emails.Count));
        Assert.Equal((50m, new DateOnly(2026, 3, 1)), parts.Items.Select(part => (part.Amount, part.BillingDate)).Single());
    }

    [Theory]
    [InlineData("deals: [", "f.yaml:2: is not YAML here")]
    [InlineData("a: 1\na: 2", "f.yaml:2: is not YAML here")]
    [InlineData("- one", "f.yaml:1: ")]
    [InlineData("", "f.yaml:1: must be one document of YAML.")]
    [InlineData("deals: {}", "f.yaml:1: deals: must be a list, each entry behind a dash.")]
    [InlineData("deals: [1]", "f.yaml:1: deals[0]: must hold members such as")]
    public void A_file_that_is_no_such_file_is_refused_where_it_stops_being_one(string text, string beginning) =>
        Assert.StartsWith(beginning, Refused(text)[0], StringComparison.Ordinal);

    [Fact]
    public async Task What_the_engine_refuses_is_said_by_the_line_that_asked_for_it()
    {
        var file = SeedFileReader.Parse("f.yaml", """
            pipelines:
              - {name: P, stages: [{name: A}]}
            deals:
              - title: One
                pipeline: P
                currency: XXQ
            """);

        var refused = await Assert.ThrowsAsync<SettingsException>(() => SandboxDatabase.Fill(1, frozen: true, file, Ct));

        Assert.StartsWith("f.yaml:6: deals[0].currency: ", refused.Problems[0], StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Refused(string text) =>
        [.. Assert.Throws<SettingsException>(() => SeedFileReader.Parse("f.yaml", text)).Problems];
}
