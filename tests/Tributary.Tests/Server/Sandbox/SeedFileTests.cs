using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Server.Commands;
using Tributary.Server.Hosting;
using Tributary.Server.Sandbox;
using Tributary.Server.Sandbox.Files;
using Tributary.Tests.Support;

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
            "f.yaml:11: deals[0].colour: there is no such member. Known are added, closed, currency, expected_close, lost_reason, organization, owner, person, pipeline, stage, status, tags, title, value.",
            "f.yaml:19: deals[2].value: must be a number such as 1250.50, not \"1,5\".",
            "f.yaml:10: deals[0].stage: there is no open stage \"Nowhere\" in Projects. Known are Asked.",
            "f.yaml:14: deals[1].owner: nothing in this file is called \"nobody@fixtures.test\". Known are admin, seller, manager.",
            "f.yaml:13: deals[1].pipeline: there is no pipeline \"Elsewhere\" in this file. Known are Projects.",
            "f.yaml:15: deals[1].closed: is only for deals whose status is won or lost.",
            "f.yaml:18: deals[2].added: must be from 2025-09-01 to 2026-01-05, the sandbox's own time.",
        ], wrong);
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
