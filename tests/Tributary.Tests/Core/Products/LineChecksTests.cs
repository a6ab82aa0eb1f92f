using System.Globalization;
using Tributary.Core.Kernel;
using Tributary.Core.Products;
using Xunit;
using static Tributary.Tests.Core.Products.Sold;

namespace Tributary.Tests.Core.Products;

/// <summary>A line on its own: seeds/pipedrive.txt "Add a product to a deal", and the bounds LineChecks names as ours.</summary>
public sealed class LineChecksTests
{
    [Fact]
    public void Every_wrong_field_is_named_at_once()
    {
        var patch = new DealProductPatch
        {
            ProductId = 99,
            VariationId = 13,
            ItemPrice = -1,
            Quantity = decimal.MaxValue,
            Tax = 101,
            Discount = 100.5m,
            Comments = new string('x', LineChecks.MaxComments + 1),
            Billing = BillingFrequency.Weekly,
            BillingStart = new DateOnly(2036, 11, 21),
        };

        var problem = Refusal(() => Add([], patch, facts: null));

        string[] expected =
        [
            "product_id", "variation_id", "item_price", "quantity", "tax", "discount", "comments", "billing_cycles",
            "billing_start",
        ];
        Assert.Equal(expected, problem.Fields.Select(error => error.Field));
    }

    [Fact]
    public void A_new_line_needs_a_product_a_price_and_a_quantity()
    {
        var problem = Refusal(() => Add([], new(), Facts with { Price = null }));

        Assert.Equal(["product_id", "item_price", "quantity"], problem.Fields.Select(error => error.Field));
    }

    [Theory]
    [InlineData(BillingFrequency.OneTime, null, true)]
    [InlineData(BillingFrequency.OneTime, 1, false)] // one-time must be null
    [InlineData(BillingFrequency.Weekly, null, false)] // weekly cannot be null
    [InlineData(BillingFrequency.Weekly, 1, true)]
    [InlineData(BillingFrequency.Weekly, 208, true)]
    [InlineData(BillingFrequency.Weekly, 209, false)]
    [InlineData(BillingFrequency.Monthly, null, true)] // until cancelled
    [InlineData(BillingFrequency.Monthly, 0, false)]
    [InlineData(BillingFrequency.Quarterly, -1, false)]
    [InlineData(BillingFrequency.SemiAnnually, 208, true)]
    [InlineData(BillingFrequency.Annually, int.MaxValue, false)]
    public void Cycles_fit_the_billing_frequency(BillingFrequency billing, int? cycles, bool accepted)
    {
        var patch = Pencil with { Billing = billing, Cycles = new(true, cycles) };

        if (accepted) Assert.Equal(cycles, Add([], patch)[^1].Cycles);
        else Assert.Equal("billing_cycles", Assert.Single(Refusal(() => Add([], patch)).Fields).Field);
    }

    [Theory]
    [InlineData("2016-11-19", false)]
    [InlineData("2016-11-20", true)]
    [InlineData("2036-11-20", true)]
    [InlineData("2036-11-21", false)]
    [InlineData("0001-01-01", false)]
    [InlineData("9999-12-31", false)]
    public void Billing_starts_within_ten_years_of_today(string start, bool accepted)
    {
        var patch = Pencil with { BillingStart = DateOnly.Parse(start, CultureInfo.InvariantCulture) };

        if (accepted) Assert.Equal(patch.BillingStart.Value, Add([], patch)[^1].BillingStart);
        else Assert.Equal("billing_start", Assert.Single(Refusal(() => Add([], patch)).Fields).Field);
    }

    [Fact]
    public void A_billing_start_that_has_grown_old_does_not_block_other_changes()
    {
        var old = Line() with { BillingStart = new DateOnly(2001, 1, 1) };

        Assert.Equal(2, Change([old], new() { Quantity = 2 })[0].Quantity);
    }

    [Theory]
    [InlineData(100, DiscountType.Percentage, true)]
    [InlineData(100.1, DiscountType.Percentage, false)]
    [InlineData(-1, DiscountType.Percentage, false)]
    [InlineData(180, DiscountType.Amount, true)] // the line's 2 × 90
    [InlineData(180.01, DiscountType.Amount, false)]
    [InlineData(-1, DiscountType.Amount, false)]
    public void A_discount_is_at_most_all_of_the_line(double discount, DiscountType type, bool accepted)
    {
        var patch = Pencil with { Quantity = 2, Discount = (decimal)discount, DiscountType = type };

        if (accepted) Assert.Equal((decimal)discount, Add([], patch)[^1].Discount);
        else Assert.Equal("discount", Assert.Single(Refusal(() => Add([], patch)).Fields).Field);
    }

    [Fact]
    public void Amounts_are_kept_as_they_can_be_stored()
    {
        var line = Add([], Pencil with { ItemPrice = 1.00005m, Quantity = 0.33333m })[^1];

        Assert.Equal((1.0000m, 0.3333m), (line.ItemPrice, line.Quantity));
    }

    [Fact]
    public void A_sum_that_cannot_be_stored_is_refused_even_on_a_disabled_line()
    {
        var problem = Refusal(() => Add([], Pencil with { ItemPrice = Money.Max, Quantity = 2, IsEnabled = false }));

        Assert.Equal("item_price", Assert.Single(problem.Fields).Field);
    }
}
