using FsCheck;
using FsCheck.Fluent;
using Tributary.Core.Kernel;
using Tributary.Core.Products;
using Xunit;

namespace Tributary.Tests.Core.Products;

/// <summary>What holds of every deal, however its lines and discounts are put together.</summary>
public sealed class RevenuePropertyTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithReplay(20261120, 13).WithMaxTest(500);

    private static readonly Gen<decimal> Amount = Gen.Choose(0, 2_000_000).Select(units => units / 1000m);

    /// <summary>Also what no valid line has: negative, tiny and huge decimals, as an import or a hostile caller might send.</summary>
    private static readonly Gen<decimal> Any = Gen.OneOf(
        Amount,
        Gen.Elements(decimal.MaxValue, decimal.MinValue, -1m, 0.00001m, Money.Max, Money.Max + 1, 1e20m, 100.0001m));

    private static readonly Gen<BillingFrequency> Billing = Gen.Elements(Enum.GetValues<BillingFrequency>());

    private static readonly Gen<DealProduct> Line =
        from price in Amount
        from quantity in Amount
        from percent in Gen.Choose(0, 1000)
        from type in Gen.Elements(Enum.GetValues<DiscountType>())
        from tax in Gen.Choose(0, 100)
        from method in Gen.Elements(Enum.GetValues<TaxMethod>())
        from billing in Billing
        from cycles in Gen.Choose(1, 208)
        from forever in Gen.Elements(true, false)
        from enabled in Gen.Elements(true, true, false)
        select Sold.Line(
            price,
            quantity,
            type == DiscountType.Percentage ? percent / 10m : RevenueRules.Rounded(price * quantity * percent / 1000m),
            type,
            billing,
            billing == BillingFrequency.OneTime || (forever && billing != BillingFrequency.Weekly) ? null : cycles,
            enabled) with
        { Tax = tax, TaxMethod = method };

    private static readonly Gen<List<DealProduct>> Lines = Gen.ListOf(Line).Select(lines => lines.Take(25).ToList());

    private static readonly Gen<DealDiscount[]> Discounts = Gen.ArrayOf(
        from amount in Gen.Choose(1, 100_000)
        from type in Gen.Elements(Enum.GetValues<DiscountType>())
        from order in Gen.Choose(1, 9)
        select Sold.Discount(type == DiscountType.Percentage ? amount / 1000m : amount, type, order));

    [Fact]
    public void No_figure_is_ever_negative()
    {
        Holds(Gen.Zip(Lines, Discounts), deal =>
        {
            var (lines, discounts) = deal;
            var revenue = RevenueRules.Of(lines, discounts);
            return revenue is { Value: >= 0, OneTime: >= 0 } and ({ Mrr: null } or { Mrr: >= 0, Arr: >= 0, Acv: >= 0 });
        });
    }

    [Fact]
    public void The_order_of_lines_changes_nothing()
    {
        var shuffled = from lines in Lines
                       from order in Gen.Shuffle(lines.ToArray())
                       from discounts in Discounts
                       select (lines, order, discounts);

        Holds(shuffled, deal => RevenueRules.Of(deal.lines, deal.discounts) == RevenueRules.Of(deal.order, deal.discounts));
    }

    [Fact]
    public void Disabling_a_line_lowers_the_value_by_its_sum()
    {
        Holds(Gen.Zip(Line, Lines), deal =>
        {
            var (line, others) = deal;
            var on = RevenueRules.Of([.. others, line with { IsEnabled = true }], []);
            var off = RevenueRules.Of([.. others, line with { IsEnabled = false }], []);
            return on.Value - off.Value == RevenueRules.LineSum(line);
        });
    }

    [Fact]
    public void A_discount_of_all_leaves_only_the_recurring_lines()
    {
        Holds(Gen.Zip(Lines, Discounts), deal =>
        {
            var (lines, discounts) = deal;
            var revenue = RevenueRules.Of(lines, [.. discounts, Sold.Discount(100, DiscountType.Percentage)]);
            var recurring = lines.Where(line => line is { IsEnabled: true, IsRecurring: true }).Sum(RevenueRules.LineSum);
            return revenue.Value == recurring && revenue.OneTime == 0 && (lines.Count == 0 || revenue.Acv == revenue.Arr);
        });
    }

    // MRR is rounded to a ten-thousandth, so twelve of them may be off by twelve halves of it.
    [Fact]
    public void Twelve_months_make_a_year_for_lines_that_run_one_and_less_for_those_that_end_sooner()
    {
        Holds(Lines.Where(lines => lines.Count > 0), lines =>
        {
            var yearLong = lines.ConvertAll(line => line with { Cycles = line.Billing == BillingFrequency.Weekly ? 52 : null });
            var (year, any) = (RevenueRules.Of(yearLong, []), RevenueRules.Of(lines, []));
            return Math.Abs(year.Mrr!.Value * 12 - year.Arr!.Value) <= 0.0006m && any.Mrr * 12 + 0.0006m >= any.Arr;
        });
    }

    [Fact]
    public void A_value_without_discounts_is_the_sum_of_the_enabled_lines()
    {
        Holds(Lines, lines => RevenueRules.Of(lines, []).Value == lines.Where(line => line.IsEnabled).Sum(RevenueRules.LineSum));
    }

    [Fact]
    public void Rules_refuse_and_never_break()
    {
        var patches = from price in Any
                      from quantity in Any
                      from discount in Any
                      from tax in Any
                      from type in Gen.Elements(Enum.GetValues<DiscountType>())
                      from method in Gen.Elements(Enum.GetValues<TaxMethod>())
                      from billing in Billing
                      from cycles in Gen.Elements<int?>(null, int.MinValue, 0, 1, 208, int.MaxValue)
                      from start in Gen.Elements<DateOnly?>(null, DateOnly.MinValue, DateOnly.MaxValue)
                      select new DealProductPatch
                      {
                          ProductId = 1,
                          ItemPrice = price,
                          Quantity = quantity,
                          Discount = discount,
                          DiscountType = type,
                          Tax = tax,
                          TaxMethod = method,
                          Billing = billing,
                          Cycles = new(true, cycles),
                          BillingStart = new(true, start),
                      };

        Holds(Gen.Zip(patches, Gen.Elements(DateOnly.MinValue, Sold.Today, DateOnly.MaxValue)), deal =>
        {
            var (patch, today) = deal;
            var amount = patch.ItemPrice.Value;
            var raw = Sold.Line(amount, patch.Quantity.Value, patch.Discount.Value, patch.DiscountType.Value, patch.Billing.Value) with
            { Tax = patch.Tax.Value, TaxMethod = patch.TaxMethod.Value };

            return IsRefusedAtMost(() => ProductRules.Add([Sold.Line()], [], patch, Sold.Facts, Sold.At, today))
                && IsRefusedAtMost(() => ProductRules.Change([Sold.Line()], [Sold.Installment()], 1, patch, Sold.Facts, Sold.Now, today))
                && IsRefusedAtMost(() => RevenueRules.Of([raw], [Sold.Discount(amount, patch.DiscountType.Value)]))
                && IsRefusedAtMost(() => DiscountRules.Change(Sold.Discount(1, DiscountType.Amount), new() { Amount = amount }, 1,
                    Sold.Now))
                && IsRefusedAtMost(() => InstallmentRules.Change(Sold.Installment(), new() { Amount = amount }));
        });
    }

    private static bool IsRefusedAtMost(Action rule) => Record.Exception(rule) is null or ProblemException;

    private static void Holds<T>(Gen<T> cases, Func<T, bool> fact) => Check.One(Fixed, Prop.ForAll(cases.ToArbitrary(), fact));
}
