using System.Text;
using Tributary.Core.Contacts;
using Tributary.Core.Currencies;
using Tributary.Core.Deals;
using Tributary.Core.Import;
using Tributary.Core.Insights;
using Tributary.Core.Lists;
using Tributary.Core.Products;
using Tributary.Core.Storage;
using Tributary.Tests.Support;
using static Tributary.Tests.Core.Import.SomeImport;

namespace Tributary.Tests.Core.Import;

public sealed class ImporterTests
{
    private const string FourDeals = """
        opportunity_id,owner,account,stage,close_value
        A1,Ada Admin,Cancity,Won,100
        A2,Nobody Known,Cancity,Lost,0
        A3,Ada Admin,Isdom,Demo,30
        A4,Ada Admin,,Demo,much

        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_refused_row_goes_to_the_rejects_with_line_and_reason_and_leaves_nothing_behind(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var rejects = new MemoryStream();

        var report = await Run(some, FourDeals, Creating(ImportNoun.Organizations), order => order with { Rejects = () => rejects });

        Assert.Equal((4, 2, 2, 0), (report.Read, report.Created, report.Rejected, report.Updated + report.Unchanged));
        var lines = Encoding.UTF8.GetString(rejects.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("opportunity_id,owner,account,stage,close_value,line,reason", lines[0].TrimEnd());
        Assert.StartsWith("A2,Nobody Known,Cancity,Lost,0,3,", lines[1], StringComparison.Ordinal);
        Assert.Contains("No user is called", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("A4,Ada Admin,,Demo,much,5,", lines[2], StringComparison.Ordinal);
        Assert.Equal(["Cancity", "Isdom"], (await Organizations(some)).Order());
        Assert.Equal(2, (await Deals(some)).Count);
    }

    // Numbers are taken in blocks while much is written; what is left of a block is given back.
    [Theory, OnBothBackends]
    public async Task Imported_deals_and_those_made_after_them_are_numbered_without_a_gap(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var rows = string.Concat(Enumerable.Range(1, 130).Select(n => $"B{n},Ada Admin,,Demo,{n}\n"));
        await Run(some, "opportunity_id,owner,account,stage,close_value\n" + rows, Creating(ImportNoun.Organizations));

        var next = await new DealService(some.Db).Create(some.Admin, new() { Title = "By hand" }, Ct);

        Assert.Equal(Enumerable.Range(1, 130).Select(n => $"DEAL-{TestClock.Start.Year}-{n:00000}"),
            (await Deals(some)).Where(deal => deal.Id != next.Id).Select(deal => deal.Number).Order(StringComparer.Ordinal));
        Assert.Equal($"DEAL-{TestClock.Start.Year}-00131", next.Number);
    }

    // A question between two rows waits for all that is still being written.
    [Theory, OnBothBackends]
    public async Task Whom_the_rows_of_a_chunk_name_is_asked_once_however_many_they_name(Backend backend)
    {
        await using var db = await Backends.Own(backend);
        var some = await Some.Workspace(db);
        await Run(some, Naming("A", count: 40), Creating(ImportNoun.Organizations));

        var (few, many) = (await Asked(Naming("B", count: 2)), await Asked(Naming("C", count: 40)));

        Assert.Equal(few, many);

        async Task<int> Asked(string file)
        {
            var asked = 0;
            db.Asked = (_, text, _) => asked += text.Contains("FROM organizations", StringComparison.Ordinal) ? 1 : 0;
            await Run(some, file, mapping => mapping);
            db.Asked = null;
            return asked;
        }

        static string Naming(string id, int count) => "opportunity_id,owner,account,stage,close_value\n"
            + string.Concat(Enumerable.Range(1, 40).Select(n => $"{id}{n},Ada Admin,Company {n % count},,{n}\n"));
    }

    // What a single deal does when it closes (LockedRateTests). Rates are read once for all rows of a chunk.
    [Theory, OnBothBackends]
    public async Task Closed_deals_of_a_file_are_locked_at_the_rates_of_their_days(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await new CurrencyService(some.Db).SetRates(some.Admin,
            [new("USD", new(2026, 10, 1), 0.5m, "test"), new("USD", new(2026, 11, 1), 0.8m, "test")], Ct);

        await Run(some, """
            opportunity_id,owner,account,stage,close_value,currency,close_date
            C1,Ada Admin,,Won,1,USD,2026-09-30
            C2,Ada Admin,,Won,20,USD,2026-10-01
            C3,Ada Admin,,Won,300,USD,2026-10-31
            C4,Ada Admin,,Won,4000,USD,2026-11-02
            C5,Ada Admin,,Won,50000,EUR,2026-10-15

            """, mapping => mapping);

        var months = await new InsightsService(some.Db).Won(some.Admin, new() { Rates = ReportRates.Locked }, Ct);
        // Before there was a rate it is today's, which is the last one.
        Assert.Equal([1 * 0.8m, 20 * 0.5m + 300 * 0.5m + 50000, 4000 * 0.8m], months.Select(month => month.Won.Value));
    }

    [Theory, OnBothBackends]
    public async Task A_second_run_writes_nothing_and_a_changed_row_changes_its_deal_in_one_event(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await Run(some, FourDeals, Creating(ImportNoun.Organizations));
        var before = await Events(some);

        var again = await Run(some, FourDeals, Creating(ImportNoun.Organizations));
        var quiet = await Events(some);
        var changed = await Run(some, FourDeals.Replace("Demo,30", "Won,35", StringComparison.Ordinal), Creating(ImportNoun.Organizations));

        Assert.Equal((0, 0, 2), (again.Created, again.Updated, again.Unchanged));
        Assert.Equal(before, quiet);
        Assert.Equal((0, 1, 1), (changed.Created, changed.Updated, changed.Unchanged));
        Assert.Equal(quiet + 1, await Events(some));
        var deal = Assert.Single(await Deals(some), deal => deal.OriginId == "A3");
        Assert.Equal((DealStatus.Won, 35m), (deal.Status, deal.Value));
    }

    [Theory, OnBothBackends]
    public async Task A_dry_run_reports_what_would_happen_and_writes_nothing(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var before = await Events(some);

        var dry = await Run(some, FourDeals, Creating(ImportNoun.Organizations),
            order => order with { IsDryRun = true, ChunkRows = 1, Key = "dry" });
        var after = await Events(some);
        var real = await Run(some, FourDeals, Creating(ImportNoun.Organizations), order => order with { Resume = true, Key = "dry" });

        Assert.Equal(before, after);
        Assert.Equal(
            (real.Created, real.Rejected, real.CreatedByNoun[ImportNoun.Organizations]),
            (dry.Created, dry.Rejected, dry.CreatedByNoun[ImportNoun.Organizations]));
        Assert.Equal(real.Reasons.Select(reason => reason.Message).Order(), dry.Reasons.Select(reason => reason.Message).Order());
    }

    [Theory, OnBothBackends]
    public async Task A_near_name_is_taken_only_when_told_and_reported_in_any_case(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await new ProductService(some.Db).Create(some.Admin, new() { Name = "GTX Pro" }, Ct);
        const string file = "opportunity_id,product\nA1,GTXPro\n";

        var refused = await Run(some, file, mapping => mapping);
        var taken = await Run(some, file, mapping => mapping with { NearNames = true });

        Assert.Equal((1, 0), (refused.Rejected, refused.Created));
        Assert.Equal(new NearNameUse("product", "GTXPro", "GTX Pro", 1, Applied: false), Assert.Single(refused.NearNames));
        Assert.Equal((0, 1), (taken.Rejected, taken.Created));
        Assert.Equal(new NearNameUse("product", "GTXPro", "GTX Pro", 1, Applied: true), Assert.Single(taken.NearNames));
    }

    [Theory, OnBothBackends]
    public async Task An_interrupted_import_goes_on_where_it_stopped_and_counts_everything_once(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var file = "account,sector\n"
            + string.Concat(Enumerable.Range(1, 10).Select(n => $"{(n == 2 ? new string('x', 300) : $"Company {n}")},retail\n"));
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var rejects = new FileInfo(Path.GetTempFileName());
        ImportOrder Chunked(ImportOrder order) => order with
        {
            ChunkRows = 3,
            Key = "one",
            Rejects = () => rejects.Open(FileMode.OpenOrCreate),
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(some, file, mapping => mapping, order => Chunked(order) with
        {
            Progress = progress => { if (progress.SoFar.Read == 6) interrupted.Cancel(); },
        }, interrupted.Token));
        var halfway = (await Organizations(some)).Count;
        var rest = await Run(some, file, mapping => mapping, order => Chunked(order) with { Resume = true });
        var once = await Run(some, file, mapping => mapping, order => Chunked(order) with { Resume = true });

        Assert.Equal(5, halfway);
        Assert.Equal((10, 9, 1), (rest.Read, rest.Created, rest.Rejected));
        Assert.Equal(9, (await Organizations(some)).Count);
        Assert.Equal(rest.Created, once.Created);
        Assert.Equal(2, (await File.ReadAllLinesAsync(rejects.FullName, Ct)).Length);
        rejects.Delete();
    }

    [Theory, OnBothBackends]
    public async Task Two_records_of_one_name_and_different_external_ids_stay_two(Backend backend)
    {
        var some = await Some.Workspace(backend);
        const string file = "account_id,account\n1,Acme\n2,Acme\n";

        var first = await Run(some, file, mapping => mapping);
        var second = await Run(some, file, mapping => mapping);

        Assert.Equal((2, 0), (first.Created, first.Rejected));
        Assert.Equal((0, 2, 0), (second.Created, second.Unchanged, second.Rejected));
    }

    [Theory, OnBothBackends]
    public async Task What_the_caller_does_not_see_is_not_changed_by_naming_it(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var organizations = new OrganizationService(some.Db);
        var secret = await organizations.Create(some.Admin, new() { Name = "Secret", VisibleTo = 1 }, Ct);
        Stream Open() => new MemoryStream("account,sector\nSecret,retail\n"u8.ToArray());
        var guess = await Importer.Guess(Open, "crm", null, Ct);

        var report = await new Importer(some.Db).Run(some.Member, new() { Mapping = guess.Mapping, Open = Open }, Ct);

        Assert.Equal((1, 0), (report.Created, report.Updated));
        Assert.Equal(secret, await organizations.Get(some.Admin, secret.Id, Ct));
    }

    private static async Task<IReadOnlyList<Deal>> Deals(SomeWorkspace some) =>
        (await new DealService(some.Db).List(some.Admin, new() { Limit = 1000 }, Ct)).Items;

    private static async Task<IReadOnlyList<string>> Organizations(SomeWorkspace some) =>
        [.. (await new OrganizationService(some.Db).List(some.Admin, new() { Limit = 1000 }, Ct)).Items.Select(
            organization => organization.Name)];

    private static async Task<long> Events(SomeWorkspace some)
    {
        await using var tx = await some.Db.Read(some.Id, Ct);
        return await tx.One<long>("SELECT COUNT(*) FROM events WHERE workspace_id = @Workspace", new { tx.Workspace });
    }
}
