using Tributary.Core.Kernel;
using Tributary.Core.Products;
using Xunit;

namespace Tributary.Tests.Core.Products;

public sealed class RevenueRulesTests
{
    // Live sums recorded in dialects/pipedrive.md §9.1; the tax row shows that an inclusive tax changes nothing.
    [Theory]
    [InlineData(10, 30, 55, 0, TaxMethod.None, 135)]
    [InlineData(44, 1, 11, 0, TaxMethod.None, 39.16)]
    [InlineData(22, 5, 0.2, 11, TaxMethod.Inclusive, 109.78)]
    [InlineData(90, 1, 0, 0, TaxMethod.Inclusive, 90)]
    // Exclusive tax goes on top of what the discount left [I there]; a line without a method ignores its tax.
    [InlineData(100, 1, 10, 20, TaxMethod.Exclusive, 108)]
    [InlineData(100, 1, 10, 20, TaxMethod.None, 90)]
    // A fractional quantity, and a sum between two ten-thousandths: half to even.
    [InlineData(80, 1.75, 0, 0, TaxMethod.None, 140)]
    [InlineData(0.0001, 0.5, 0, 0, TaxMethod.None, 0)]
    [InlineData(0.0003, 0.5, 0, 0, TaxMethod.None, 0.0002)]
    [InlineData(10, 0, 0, 0, TaxMethod.None, 0)]
    public void A_lines_sum_is_price_times_quantity_less_its_discount_plus_exclusive_tax(
        double price, double quantity, double discount, double tax, TaxMethod method, double sum)
    {
        var line = Sold.Line((decimal)price, (decimal)quantity, (decimal)discount) with { Tax = (decimal)tax, TaxMethod = method };

        Assert.Equal((decimal)sum, RevenueRules.LineSum(line));
    }

    // dialects/pipedrive.md §9.1: 90 − 10 = 80; per line is the documented assumption of §16.
    [Theory]
    [InlineData(90, 1, 10, 80)]
    [InlineData(90, 3, 10, 260)]
    [InlineData(90, 1, 90, 0)]
    public void A_discount_amount_is_taken_once_per_line(int price, int quantity, int discount, int sum)
    {
        Assert.Equal(sum, RevenueRules.LineSum(Sold.Line(price, quantity, discount, DiscountType.Amount)));
    }

    [Fact]
    public void An_imported_line_that_costs_less_than_nothing_counts_for_nothing()
    {
        Assert.Equal(0, RevenueRules.LineSum(Sold.Line(price: 5, discount: 9, type: DiscountType.Amount)));
    }

    [Fact]
    public void A_deal_without_products_has_no_revenue_figures()
    {
        Assert.Equal(new Revenue(0, 0, null, null, null), RevenueRules.Of([], [Sold.Discount(10, DiscountType.Amount)]));
    }

    [Fact]
    public void A_monthly_line_without_end_gives_the_recorded_figures()
    {
        var revenue = RevenueRules.Of([Sold.Line(10, billing: BillingFrequency.Monthly)], []);

        Assert.Equal(new Revenue(10, 0, 10, 120, 120), revenue);
    }

    // One line of 120 per billing. Twelve months is the term of pipedrive.md §9.1 (KB); finite cycles are ours (decision 12).
    [Theory]
    [InlineData(BillingFrequency.OneTime, null, 0, 0, 120)]
    [InlineData(BillingFrequency.Annually, null, 10, 120, 120)]
    [InlineData(BillingFrequency.Annually, 3, 10, 120, 120)]
    [InlineData(BillingFrequency.SemiAnnually, null, 20, 240, 240)]
    [InlineData(BillingFrequency.SemiAnnually, 1, 20, 120, 120)] // half a year of 20 a month
    [InlineData(BillingFrequency.Quarterly, null, 40, 480, 480)]
    [InlineData(BillingFrequency.Quarterly, 3, 40, 360, 360)]
    [InlineData(BillingFrequency.Monthly, 3, 120, 360, 360)]
    [InlineData(BillingFrequency.Monthly, 24, 120, 1440, 1440)] // the second year is not of this one
    [InlineData(BillingFrequency.Weekly, 4, 520, 480, 480)] // 52/12 billings a month, and only four of them
    [InlineData(BillingFrequency.Weekly, 208, 520, 6240, 6240)]
    public void Recurring_figures_follow_frequency_and_cycles(BillingFrequency billing, int? cycles, int mrr, int arr, int acv)
    {
        var revenue = RevenueRules.Of([Sold.Line(120, billing: billing, cycles: cycles)], []);

        Assert.Equal((120m, mrr, arr, acv), (revenue.Value, revenue.Mrr, revenue.Arr, revenue.Acv));
    }

    [Fact]
    public void Annual_contract_value_counts_one_time_lines_beside_twelve_months()
    {
        var revenue = RevenueRules.Of([Sold.Line(500), Sold.Line(10, billing: BillingFrequency.Monthly, id: 2)], []);

        Assert.Equal(new Revenue(510, 500, 10, 120, 620), revenue);
    }

    [Fact]
    public void A_disabled_line_counts_for_nothing()
    {
        var revenue = RevenueRules.Of([Sold.Line(), Sold.Line(10, billing: BillingFrequency.Monthly, enabled: false, id: 2)], []);

        Assert.Equal(new Revenue(90, 90, 0, 0, 90), revenue);
    }

    [Theory]
    [InlineData(10, DiscountType.Percentage, 10, DiscountType.Amount, 80)] // 100 → 90 → 80
    [InlineData(10, DiscountType.Amount, 10, DiscountType.Percentage, 81)] // 100 → 90 → 81
    [InlineData(10, DiscountType.Percentage, 10, DiscountType.Percentage, 81)] // each of what is left, not 20 %
    [InlineData(150, DiscountType.Amount, 10, DiscountType.Amount, 0)]
    public void Deal_discounts_are_taken_one_after_another_in_the_order_they_were_added(
        int first, DiscountType firstType, int second, DiscountType secondType, int oneTime)
    {
        DealDiscount[] newestFirst = [Sold.Discount(second, secondType, 2), Sold.Discount(first, firstType, 1)];

        var revenue = RevenueRules.Of([Sold.Line(100), Sold.Line(10, billing: BillingFrequency.Annually, id: 2)], newestFirst);

        Assert.Equal((oneTime + 10m, (decimal)oneTime, oneTime + 10m), (revenue.Value, revenue.OneTime, revenue.Acv));
    }

    // Seed, "Add a discount to a deal": the value changes if the deal has one-time products attached.
    [Fact]
    public void A_deal_discount_leaves_recurring_lines_alone()
    {
        var revenue = RevenueRules.Of([Sold.Line(10, billing: BillingFrequency.Monthly)], [Sold.Discount(50, DiscountType.Percentage)]);

        Assert.Equal(new Revenue(10, 0, 10, 120, 120), revenue);
    }

    [Fact]
    public void What_cannot_be_stored_is_refused()
    {
        var beyondDecimal = Sold.Line(decimal.MaxValue, decimal.MaxValue);
        var beyondStorage = Sold.Line(Money.Max, 2);
        var largestEachWeek = Sold.Line(Money.Max, billing: BillingFrequency.Weekly, cycles: 208);

        Assert.Equal(ProblemCode.Invalid, Assert.Throws<ProblemException>(() => RevenueRules.LineSum(beyondDecimal)).Problem.Code);
        Assert.Equal(ProblemCode.Invalid, Assert.Throws<ProblemException>(() => RevenueRules.LineSum(beyondStorage)).Problem.Code);
        Assert.Equal(Money.Max, RevenueRules.LineSum(largestEachWeek));
        Assert.Equal(ProblemCode.Invalid, Assert.Throws<ProblemException>(() => RevenueRules.Of([largestEachWeek], [])).Problem.Code);
    }
}
