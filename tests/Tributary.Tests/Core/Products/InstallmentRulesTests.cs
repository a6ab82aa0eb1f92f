using Tributary.Core.Kernel;
using Tributary.Core.Products;
using Xunit;

namespace Tributary.Tests.Core.Products;

/// <summary>Sources: seeds/pipedrive.txt "Add an installment to a deal"; dialects/pipedrive.md §9.3 (36 per deal).</summary>
public sealed class InstallmentRulesTests
{
    private static readonly InstallmentPatch Fee =
        new() { Description = "Delivery Fee", Amount = 10, BillingDate = new DateOnly(2027, 3, 10) };

    [Fact]
    public void An_installment_is_what_was_asked_for()
    {
        var installment = InstallmentRules.Add([Sold.Line()], [], Fee, 1);

        Assert.Equal(Sold.Installment() with { Id = 0 }, installment);
    }

    [Fact]
    public void An_installment_needs_a_description_an_amount_and_a_billing_date()
    {
        var problem = Assert.Throws<ProblemException>(() => InstallmentRules.Add([Sold.Line()], [], new(), 1)).Problem;

        Assert.Equal(["description", "amount", "billing_on"], problem.Fields.Select(error => error.Field));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1e15)]
    public void An_installments_amount_is_positive_and_can_be_stored(double amount)
    {
        var patch = new InstallmentPatch { Amount = (decimal)amount };

        var added = Assert.Throws<ProblemException>(() => InstallmentRules.Add([Sold.Line()], [], Fee with { Amount = patch.Amount }, 1));
        var changed = Assert.Throws<ProblemException>(() => InstallmentRules.Change(Sold.Installment(), patch));

        Assert.Equal("amount", Assert.Single(added.Problem.Fields).Field);
        Assert.Equal("amount", Assert.Single(changed.Problem.Fields).Field);
    }

    public static TheoryData<string, DealProduct[], bool> Deals => new()
    {
        { "no product", [], false },
        { "one-time", [Sold.Line()], true },
        { "one-time, disabled", [Sold.Line(enabled: false)], false },
        { "recurring", [Sold.Line(billing: BillingFrequency.Monthly)], false },
        { "one-time and recurring", [Sold.Line(), Sold.Line(billing: BillingFrequency.Annually, id: 2)], false },
        // Ours: else "not possible to enable a recurring product beside installments" could never come about.
        { "one-time and disabled recurring", [Sold.Line(), Sold.Line(billing: BillingFrequency.Annually, enabled: false, id: 2)], true },
    };

    [Theory]
    [MemberData(nameof(Deals), DisableDiscoveryEnumeration = true)]
    public void Installments_need_a_one_time_product_and_no_recurring_one(string deal, DealProduct[] lines, bool accepted)
    {
        var problem = Record.Exception(() => InstallmentRules.Add(lines, [], Fee, 1)) as ProblemException;

        Assert.True(accepted == problem is null, deal);
        Assert.All(problem?.Problem.Fields ?? [], error => Assert.Equal("deal_id", error.Field));
    }

    [Fact]
    public void A_deal_has_at_most_36_installments()
    {
        var most = Enumerable.Range(1, 36).Select(id => Sold.Installment(id: id)).ToList();

        Assert.NotNull(InstallmentRules.Add([Sold.Line()], most[1..], Fee, 1));
        Assert.Throws<ProblemException>(() => InstallmentRules.Add([Sold.Line()], most, Fee, 1));
    }

    [Fact]
    public void A_change_keeps_what_it_does_not_name()
    {
        var changed = InstallmentRules.Change(Sold.Installment(), new() { BillingDate = new DateOnly(2027, 4, 1) });

        Assert.Equal(Sold.Installment() with { BillingDate = new DateOnly(2027, 4, 1) }, changed);
    }
}
