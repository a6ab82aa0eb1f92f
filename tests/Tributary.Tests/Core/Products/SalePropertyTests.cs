using FsCheck;
using FsCheck.Fluent;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Products;
using Tributary.Core.Storage;
using Tributary.Core.Totals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Products;

/// <summary>Whatever is written to what a deal sells, the deal and the totals say what the stored lines come to.</summary>
public sealed class SalePropertyTests
{
    private static readonly Config Short = Config.QuickThrowOnFailure.WithReplay(20261120, 7).WithMaxTest(15).WithQuietOnSuccess(true);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_deals_value_is_what_its_stored_lines_come_to_and_totals_equal_a_recount(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var product = await new ProductService(some.Db).Create(some.Admin, new() { Name = "Any" }, Ct);
        var steps = Gen.ListOf(Gen.Zip(Gen.Choose(0, 9), Gen.Choose(0, 1000)));

        Check.One(Short, Prop.ForAll(steps.ToArbitrary(), taken => Holds(some, product.Id, taken).GetAwaiter().GetResult()));
    }

    private static async Task<bool> Holds(SomeWorkspace some, long product, IEnumerable<(int What, int Number)> steps)
    {
        var (deals, lines) = (new DealService(some.Db), new DealProductService(some.Db));
        var deal = await deals.Create(some.Admin, new() { Title = "D", Currency = "EUR", Value = 3 }, Ct);
        foreach (var (what, number) in steps)
        {
            try
            {
                await Step(some, deals, lines, deal.Id, product, what, number);
            }
            catch (ProblemException)
            {
                // Refused: then nothing may have changed, which is what is checked below.
            }

            var stored = (await lines.List(some.Admin, [deal.Id], new() { Limit = 1000 }, Ct)).Items;
            var revenue = RevenueRules.Of(stored, await lines.Discounts(some.Admin, deal.Id, Ct));
            deal = await deals.Get(some.Admin, deal.Id, Ct);
            if (stored.Count > 0 && deal.Value != revenue.Value) return false;
            if ((deal.Mrr, deal.Arr, deal.Acv, deal.Facts.Products) != (revenue.Mrr, revenue.Arr, revenue.Acv, stored.Count)) return false;
            if (stored.Any(line => line.Currency != deal.Currency)) return false;
        }
        return await TotalsEqualARecount(some);
    }

    private static async Task Step(SomeWorkspace some, DealService deals, DealProductService lines, long deal, long product, int what,
        int number)
    {
        var stored = (await lines.List(some.Admin, [deal], new() { Limit = 1000 }, Ct)).Items;
        var discounts = await lines.Discounts(some.Admin, deal, Ct);
        var line = stored.Count == 0 ? 0 : stored[number % stored.Count].Id;
        var billing = Enum.GetValues<BillingFrequency>()[number % 6];
        DealProductPatch patch = new()
        {
            ProductId = product,
            ItemPrice = number / 7m,
            Quantity = number % 13,
            Discount = number % 101,
            Tax = number % 23,
            TaxMethod = Enum.GetValues<TaxMethod>()[number % 3],
            Billing = number % 2 == 0 ? BillingFrequency.OneTime : billing,
            Cycles = number % 2 == 1 && billing == BillingFrequency.Weekly ? number % 208 + 1 : default(Field<int?>),
            IsEnabled = number % 5 > 0,
        };
        await (what switch
        {
            0 or 1 => lines.Add(some.Admin, deal, patch, Ct),
            2 => lines.AddMany(some.Admin, deal, [patch, patch with { Quantity = 1 }], Ct),
            3 => lines.Update(some.Admin, deal, line, patch with { ProductId = default }, Ct),
            4 => lines.Remove(some.Admin, deal, line, Ct),
            5 => lines.AddDiscount(some.Admin, deal, new() { Description = "x", Amount = number / 9m, Type = (DiscountType)(number % 2) },
                Ct),
            6 => lines.RemoveDiscount(some.Admin, deal, discounts.Count == 0 ? Guid.Empty : discounts[0].Id, Ct),
            7 => lines.AddInstallment(some.Admin, deal,
                new() { Description = "x", Amount = number + 1, BillingDate = new DateOnly(2027, 1, 1) }, Ct),
            8 => deals.Update(some.Admin, deal, new() { Value = number }, Ct),
            _ => deals.Update(some.Admin, deal, new() { Currency = number % 2 == 0 ? "EUR" : "USD" }, Ct),
        });
    }

    private static async Task<bool> TotalsEqualARecount(SomeWorkspace some)
    {
        await using var tx = await some.Db.Read(some.Id, Ct);
        var deals = await tx.Many<Deal>($"SELECT {DealStore.Columns} FROM deals WHERE workspace_id = @Workspace", new { tx.Workspace });
        foreach (var currency in (string[])["EUR", "USD"])
        {
            var counted = deals.Where(deal => deal.Currency == currency).Sum(deal => TotalsRules.Amount(deal).ValueUnits);
            var kept =
                await tx.One<long>(
                    "SELECT CAST(COALESCE(SUM(value_units), 0) AS BIGINT) FROM deal_totals WHERE workspace_id = @Workspace AND currency = @currency", new { tx.Workspace, currency });
            if (counted != kept) return false;
        }
        return true;
    }
}
