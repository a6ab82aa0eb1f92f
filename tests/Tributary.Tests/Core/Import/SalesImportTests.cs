using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Import;
using Tributary.Core.Lists;
using Tributary.Core.Products;
using Tributary.Core.Storage;
using Tributary.Core.Totals;
using Tributary.Core.Users;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Import;

// The figures are those of issue 2, point 9.
public sealed class SalesImportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task The_four_files_import_completely_and_a_second_time_change_nothing(Backend backend)
    {
        var some = await Some.Workspace(backend);

        var first = await SalesImport.All(some);

        Assert.All(first, report => Assert.Equal((0, report.Read), (report.Rejected, report.Created + report.Unchanged + report.Updated)));
        Assert.Equal([85, 7, 35, 8_800], first.Select(report => report.Created));
        Assert.Equal([new NearNameUse("product", "GTXPro", "GTX Pro", 1_480, Applied: true)], first[^1].NearNames);
        await Figures(some);
        Assert.DoesNotContain(await new TotalsService(some.Db).Verify(Ct), difference => difference.Workspace == some.Id);
        await FiguresOverHttp(backend, some);

        var events = await Events(some);
        var second = await SalesImport.All(some);

        Assert.Equal([85, 7, 35, 8_800], second.Select(report => report.Unchanged));
        Assert.Equal(events, await Events(some));
    }

    private static async Task Figures(SomeWorkspace some)
    {
        var totals = new TotalsService(some.Db);
        Task<Summary> Sum(SummaryQuery query) => totals.Summary(some.Admin, query, Ct);
        var stages = await new Tributary.Core.Pipelines.PipelineService(some.Db).ListStages(some.Admin, some.PipelineId, Ct);
        long Stage(string name) => stages.Single(stage => stage.Name == name).Id;

        Assert.Equal(8_800, (await Sum(new())).Deals);
        var won = await Sum(new() { Status = DealStatus.Won });
        Assert.Equal((4_238, 10_005_534m), (won.Deals, won.Value));
        Assert.Equal(2_473, (await Sum(new() { Status = DealStatus.Lost })).Deals);
        Assert.Equal(1_589, (await Sum(new() { Status = DealStatus.Open, StageId = Stage("Engaging") })).Deals);
        Assert.Equal(500, (await Sum(new() { Status = DealStatus.Open, StageId = Stage("Prospecting") })).Deals);

        var deals = await new DealService(some.Db).List(some.Admin, new()
        {
            Condition = Condition.Test("org_id", Operator.IsEmpty),
            Limit = 1,
            WantTotal = true,
        }, Ct);
        Assert.Equal(1_425, deals.Total);
        Assert.Equal(7, (await new ProductService(some.Db).List(some.Admin, new(), Ct)).Items.Count);
        Assert.Equal(85, (await new OrganizationService(some.Db).List(some.Admin, new() { WantTotal = true }, Ct)).Total);

        // 35 agents and their 6 managers, beside the three users every test has; 5 agents have no deal.
        var users = await new UserService(some.Db).List(some.Admin, Ct);
        Assert.Equal(35 + 6 + 3, users.Count);
        var owners = 0;
        foreach (var user in users) owners += (await Sum(new() { OwnerId = user.Id })).Deals > 0 ? 1 : 0;
        Assert.Equal(30, owners);
    }

    /// <summary>"Then the same data answers through the native API and Switch."</summary>
    private static async Task FiguresOverHttp(Backend backend, SomeWorkspace some)
    {
        var native = await TestServers.Native(backend, some);
        var @switch = await TestServers.Anonymous(backend);
        @switch.DefaultRequestHeaders.Authorization = new("Bearer", await TestServers.Token(some, "switch"));

        foreach (var (status, count) in ((string, long)[])[("won", 4_238), ("lost", 2_473), ("open", 2_089)])
        {
            var (_, ours) = await native.Get($"/api/v1/deals?status={status}&limit=1&total=true");
            var (_, theirs) = await @switch.Get($"/switch/api/v1/deals?status={status}&limit=1");

            Assert.Equal(count, ours.GetProperty("total").GetInt64());
            Assert.Equal(count, theirs.GetProperty("meta").GetProperty("total").GetInt64());
        }
        var (_, page) = await @switch.Get("/switch/api/v1/deals?search=Isdom&status=won&limit=1");
        Assert.EndsWith("– Isdom", page.GetProperty("data")[0].GetProperty("name").GetString(), StringComparison.Ordinal);
    }

    private static async Task<long> Events(SomeWorkspace some)
    {
        await using var tx = await some.Db.Read(some.Id, Ct);
        return await tx.One<long>("SELECT COUNT(*) FROM events WHERE workspace_id = @Workspace", new { tx.Workspace });
    }
}

/// <summary>The real files imported as docs/import.md tells to.</summary>
internal static class SalesImport
{
    public static async Task<IReadOnlyList<ImportReport>> All(SomeWorkspace some)
    {
        var reports = new List<ImportReport>();
        foreach (var file in (string[])["accounts.csv", "products.csv", "sales_teams.csv", "sales_pipeline.csv"])
        {
            Stream Open() => SalesData.File(file).OpenRead();
            var guess = await Importer.Guess(Open, "sales data", null, CancellationToken.None);
            var mapping = guess.Mapping with
            {
                NearNames = true,
                Missing = Enum.GetValues<ImportNoun>().ToDictionary(noun => noun, _ => MissingPolicy.Create),
            };
            reports.Add(await new Importer(some.Db).Run(some.Admin, new() { Mapping = mapping, Open = Open }, CancellationToken.None));
        }
        return reports;
    }
}
