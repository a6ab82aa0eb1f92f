using Tributary.Core.Currencies;
using Tributary.Core.Deals;
using Tributary.Core.Insights;
using Tributary.Core.Kernel;
using Tributary.Core.Totals;
using Tributary.Core.Workspaces;
using Tributary.Tests.Core.Deals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Currencies;

/// <summary>
/// Closed deals keep the rate of the day they closed, for reports that ask for it (ui.md §5.5: "by today's or locked rates").
/// </summary>
public sealed class LockedRateTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 16, 12, 0, 0, TimeSpan.Zero);
    private static readonly Deal Open = DealDesk.Deal() with { Currency = "USD", Status = DealStatus.Open, ClosedAt = null };
    private static readonly Deal Won = Open with { Status = DealStatus.Won, ClosedAt = Monday };

    public static TheoryData<string, Deal?, Deal, bool, string> Cases => new()
    {
        { "made open", null, Open, false, "Keep" },
        { "made won", null, Won, false, "Take" },
        { "won", Open, Won, false, "Take" },
        { "lost", Open, Won with { Status = DealStatus.Lost }, false, "Take" },
        { "renamed after", Won, Won with { Title = "Other" }, false, "Keep" },
        { "a later hour of the same day", Won, Won with { ClosedAt = Monday.AddHours(2) }, false, "Keep" },
        { "another day", Won, Won with { ClosedAt = Monday.AddDays(-1) }, false, "Take" },
        { "another currency", Won, Won with { Currency = "GBP" }, false, "Take" },
        { "the base currency", Won, Won with { Currency = "EUR" }, false, "Clear" },
        { "out of the base currency", Won with { Currency = "EUR" }, Won, false, "Take" },
        { "reopened", Won, Open, false, "Clear" },
        { "won in the base currency", Open with { Currency = "EUR" }, Won with { Currency = "EUR" }, false, "Keep" },
    };

    [Theory, MemberData(nameof(Cases))]
    public void What_a_write_means_for_the_rate(string what, Deal? before, Deal after, bool _, string expected)
    {
        Assert.NotEmpty(what);
        Assert.Equal(expected, LockedRateRules.Of(before, after, "EUR").ToString());
    }

    [Theory, OnBothBackends]
    public async Task Won_deals_are_worth_what_they_were_on_the_day_they_closed_when_that_is_asked_for(Backend backend)
    {
        var (some, deals, insights) = await Rated(backend);
        var deal = await deals.Create(some.Admin, new() { Title = "Ten", Value = 10m, Currency = "USD" }, Ct);
        await deals.Update(some.Admin, deal.Id, new() { Status = DealStatus.Won, WonAt = Monday }, Ct);
        await deals.Create(some.Admin, new() { Title = "Base", Value = 1m, Currency = "EUR", Status = DealStatus.Won }, Ct);

        var today = Assert.Single(await insights.Won(some.Admin, new() { Rates = ReportRates.Today }, Ct));
        var locked = Assert.Single(await insights.Won(some.Admin, new() { Rates = ReportRates.Locked }, Ct));
        var inDollars = Assert.Single(await insights.Won(some.Admin, new() { Rates = ReportRates.Locked, ConvertTo = "GBP" }, Ct));
        var summary = await new TotalsService(some.Db)
            .Summary(some.Admin, new() { Status = DealStatus.Won, Rates = ReportRates.Locked }, Ct);

        Assert.Equal((10m * 0.8m) + 1m, today.Won.Value);
        Assert.Equal((10m * 0.5m) + 1m, locked.Won.Value);
        Assert.Equal((5m + 1m) / 2m, inDollars.Won.Value);
        Assert.Equal((10m * 0.5m) + 1m, summary.Value);
    }

    [Theory, OnBothBackends]
    public async Task A_corrected_rate_leaves_what_was_closed_before_and_closing_again_takes_it(Backend backend)
    {
        var (some, deals, insights) = await Rated(backend);
        var deal =
            await deals.Create(some.Admin, new() { Title = "Ten", Value = 10m, Currency = "USD", Status = DealStatus.Won, WonAt = Monday },
                Ct);

        await new CurrencyService(some.Db)
            .SetRates(some.Admin, [new("USD", DateOnly.FromDateTime(Monday.UtcDateTime), 0.6m, "corrected")], Ct);
        var kept = Assert.Single(await insights.Won(some.Admin, new() { Rates = ReportRates.Locked }, Ct)).Won.Value;
        await deals.Update(some.Admin, deal.Id, new() { Status = DealStatus.Open }, Ct);
        await deals.Update(some.Admin, deal.Id, new() { Status = DealStatus.Won, WonAt = Monday }, Ct);
        var again = Assert.Single(await insights.Won(some.Admin, new() { Rates = ReportRates.Locked }, Ct)).Won.Value;

        Assert.Equal((5m, 6m), (kept, again));
    }

    [Theory, OnBothBackends]
    public async Task What_closed_before_there_was_a_rate_is_worth_todays(Backend backend)
    {
        var (some, deals, insights) = await Rated(backend);
        await deals.Create(some.Admin,
            new() { Title = "Old", Value = 10m, Currency = "USD", Status = DealStatus.Won, WonAt = Monday.AddYears(-1) }, Ct);

        Assert.Equal(8m, Assert.Single(await insights.Won(some.Admin, new() { Rates = ReportRates.Locked }, Ct)).Won.Value);
    }

    [Theory, OnBothBackends]
    public async Task The_workspace_says_which_rates_its_insights_use(Backend backend)
    {
        var (some, deals, insights) = await Rated(backend);
        await deals.Create(some.Admin, new() { Title = "Ten", Value = 10m, Currency = "USD", Status = DealStatus.Won, WonAt = Monday }, Ct);

        var before = Assert.Single(await insights.Won(some.Admin, new(), Ct)).Won.Value;
        var workspace = await new WorkspaceService(some.Db).Update(some.Admin, new() { ReportRates = ReportRates.Locked }, Ct);
        var after = Assert.Single(await insights.Won(some.Admin, new(), Ct)).Won.Value;
        var asked = Assert.Single(await insights.Won(some.Admin, new() { Rates = ReportRates.Today }, Ct)).Won.Value;

        Assert.Equal((ReportRates.Today, ReportRates.Locked), (some.Workspace.ReportRates, workspace.ReportRates));
        Assert.Equal((8m, 5m, 8m), (before, after, asked));
    }

    private static CancellationToken Ct => CancellationToken.None;

    /// <summary>A dollar was half a euro until this Monday, and 80 cents since Tuesday; a pound is two euros.</summary>
    private static async Task<(SomeWorkspace Some, DealService Deals, InsightsService Insights)> Rated(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var monday = DateOnly.FromDateTime(Monday.UtcDateTime);
        await new CurrencyService(some.Db)
            .SetRates(some.Admin,
                [new("USD", monday.AddDays(-30), 0.5m, "test"), new("USD", monday.AddDays(1), 0.8m, "test"),
                    new("GBP", monday, 2m, "test")], Ct);
        return (some, new(some.Db), new(some.Db));
    }
}
