using Tributary.Core.Kernel;
using Tributary.Core.Products;
using Xunit;
using static Tributary.Tests.Core.Products.Sold;

namespace Tributary.Tests.Core.Products;

/// <summary>Sources: seeds/pipedrive.txt "Add a product to a deal", "Update the product …"; dialects/pipedrive.md §9.1.</summary>
public sealed class ProductRulesTests
{
    [Fact]
    public void A_new_line_takes_what_it_is_not_told_from_the_catalogue_and_the_user()
    {
        var facts = Facts with { Tax = 20, Billing = BillingFrequency.Monthly, Cycles = 12 };

        var line = Assert.Single(Add([], new() { ProductId = 1, Quantity = 2.5m }, facts));

        Assert.Equal(("Mechanical Pencil", 90m, 2.5m, 20m), (line.Name, line.ItemPrice, line.Quantity, line.Tax));
        Assert.Equal((BillingFrequency.Monthly, 12, TaxMethod.Inclusive), (line.Billing, line.Cycles!.Value, line.TaxMethod));
        Assert.Equal(("", true, 10, "USD", 0L), (line.Comments, line.IsEnabled, line.OrderNr, line.Currency, line.Id));
    }

    [Fact]
    public void A_new_line_goes_to_the_end()
    {
        var lines = Add([Line(id: 1), Line(id: 7)], Pencil);

        Assert.Equal([10, 70, 80], lines.Select(line => line.OrderNr));
    }

    [Fact]
    public void A_frequency_that_is_given_does_not_inherit_the_catalogues_cycles()
    {
        var facts = Facts with { Billing = BillingFrequency.Monthly, Cycles = 12 };

        Assert.Null(Add([], Pencil with { Billing = BillingFrequency.Quarterly }, facts)[^1].Cycles);
        Assert.Null(Add([], Pencil with { Billing = BillingFrequency.OneTime }, facts)[^1].Cycles);
    }

    [Fact]
    public void A_deal_has_at_most_twenty_recurring_lines_disabled_ones_included()
    {
        var twenty = Enumerable.Range(1, 20).Select(id => Line(billing: BillingFrequency.Monthly, enabled: id > 1, id: id)).ToList();

        var problem = Refusal(() => Add(twenty, Pencil with { Billing = BillingFrequency.Annually }));

        Assert.Equal("billing_frequency", Assert.Single(problem.Fields).Field);
        Assert.Equal(21, Add(twenty, Pencil).Count);
        Assert.Equal(20, Add(twenty[1..], Pencil with { Billing = BillingFrequency.Annually }).Count);
        Assert.Equal(BillingFrequency.Weekly, Change(twenty, new() { Billing = BillingFrequency.Weekly, Cycles = 4 })[0].Billing);
    }

    [Fact]
    public void No_line_becomes_recurring_beside_installments()
    {
        var recurring = new DealProductPatch { Billing = BillingFrequency.Monthly };

        var added = Refusal(() => Add([Line()], Pencil with { Billing = BillingFrequency.Monthly, IsEnabled = false }, paid: true));
        var changed = Refusal(() => Change([Line()], recurring, paid: true));

        Assert.Equal("billing_frequency", Assert.Single(added.Fields).Field);
        Assert.Equal("billing_frequency", Assert.Single(changed.Fields).Field);
    }

    [Fact]
    public void A_recurring_line_cannot_be_enabled_beside_installments()
    {
        DealProduct[] lines = [Line(billing: BillingFrequency.Monthly, enabled: false), Line(id: 2)];

        var problem = Refusal(() => Change(lines, new() { IsEnabled = true }, paid: true));

        Assert.Equal("is_enabled", Assert.Single(problem.Fields).Field);
        Assert.True(Change(lines, new() { IsEnabled = true })[0].IsEnabled);
        Assert.Equal("later", Change(lines, new() { Comments = "later" }, paid: true)[0].Comments);
    }

    [Fact]
    public void The_last_enabled_line_stays_enabled_and_attached_beside_installments()
    {
        DealProduct[] lines = [Line(), Line(enabled: false, id: 2)];

        var disabled = Refusal(() => Change(lines, new() { IsEnabled = false }, paid: true));
        var removed = Assert.Throws<ProblemException>(() => ProductRules.Remove(lines, [Installment()], 1)).Problem;

        Assert.Equal("is_enabled", Assert.Single(disabled.Fields).Field);
        Assert.Equal(ProblemCode.Conflict, removed.Code);
        Assert.Single(ProductRules.Remove(lines, [Installment()], 2));
        Assert.Single(ProductRules.Remove(lines, [], 1));
    }

    [Fact]
    public void A_tax_method_given_on_one_line_becomes_that_of_every_line()
    {
        DealProduct[] lines = [Line(), Line(id: 2)];

        var changed = Change(lines, new() { TaxMethod = TaxMethod.Exclusive });
        var added = Add(lines, Pencil with { TaxMethod = TaxMethod.Exclusive });
        var silent = Add(lines, Pencil);

        Assert.All(changed.Concat(added), line => Assert.Equal(TaxMethod.Exclusive, line.TaxMethod));
        Assert.All(silent, line => Assert.Equal(TaxMethod.None, line.TaxMethod)); // the deal's method, not the user's setting
    }

    [Fact]
    public void A_change_touches_only_its_line_and_only_if_it_changes_something()
    {
        DealProduct[] lines = [Line(), Line(id: 2)];
        var later = Now.AddHours(1);

        var same = ProductRules.Change(lines, [], 1, new() { Quantity = 1 }, null, later, Today);
        var changed = ProductRules.Change(lines, [], 1, new() { Quantity = 0.25m }, null, later, Today);

        Assert.Equal(lines, same);
        Assert.Equal([lines[0] with { Quantity = 0.25m, UpdatedAt = later }, lines[1]], changed);
    }

    [Fact]
    public void A_line_that_becomes_one_time_loses_its_cycles()
    {
        var lines = Change([Line(billing: BillingFrequency.Monthly, cycles: 12)], new() { Billing = BillingFrequency.OneTime });

        Assert.Null(lines[0].Cycles);
    }

    [Fact]
    public void Another_product_brings_its_name_and_drops_the_old_ones_variation()
    {
        var line = Line() with { VariationId = 11 };

        var changed = Change([line], new() { ProductId = 2 }, Facts with { Name = "Eraser" })[0];

        Assert.Equal(("Eraser", 2, null, 90m), (changed.Name, changed.ProductId, changed.VariationId, changed.ItemPrice));
        Assert.Equal("variation_id", Assert.Single(Refusal(() => Change([line], new() { VariationId = 13 }, Facts)).Fields).Field);
        Assert.Equal("product_id", Assert.Single(Refusal(() => Change([line], new() { ProductId = new(true, null) })).Fields).Field);
    }

    // dialects/pipedrive.md §9.1: a product deleted in the catalogue leaves its line behind without name and product.
    [Fact]
    public void A_line_without_its_product_can_still_be_changed()
    {
        var orphan = Line() with { ProductId = null, Name = null };

        Assert.Equal(3, Change([orphan], new() { Quantity = 3 })[0].Quantity);
    }

    [Fact]
    public void A_line_of_another_deal_is_not_found()
    {
        var problem = Assert.Throws<ProblemException>(() => ProductRules.Remove([Line()], [], 5)).Problem;

        Assert.Equal(ProblemCode.NotFound, problem.Code);
    }
}
