using Tributary.Core.Kernel;
using Tributary.Core.Products;
using Xunit;

namespace Tributary.Tests.Core.Products;

/// <summary>Sources: seeds/pipedrive.txt "Add a discount to a deal"; dialects/pipedrive.md §9.2.</summary>
public sealed class DiscountRulesTests
{
    private static readonly NewDiscount At = new(new Guid(1, 0, 0, new byte[8]), 1, 7, Sold.Now);

    [Fact]
    public void A_discount_needs_a_description_an_amount_and_a_type()
    {
        var problem = Assert.Throws<ProblemException>(() => DiscountRules.Add(new(), At)).Problem;

        Assert.Equal(["description", "amount", "type"], problem.Fields.Select(error => error.Field));
    }

    [Theory]
    [InlineData("10%", 10, DiscountType.Percentage, "")]
    [InlineData("10%", 100, DiscountType.Percentage, "")]
    [InlineData("10%", 100.0001, DiscountType.Percentage, "amount")]
    [InlineData("10%", 0, DiscountType.Percentage, "amount")]
    [InlineData("rebate", 5000, DiscountType.Amount, "")]
    [InlineData("rebate", -5, DiscountType.Amount, "amount")]
    [InlineData("rebate", 0.00001, DiscountType.Amount, "amount")] // rounds to the zero that storage would keep
    [InlineData("rebate", 1e15, DiscountType.Amount, "amount")]
    [InlineData("", 5, DiscountType.Amount, "description")]
    [InlineData("  ", 0, DiscountType.Amount, "description,amount")]
    [InlineData(null, 5, DiscountType.Amount, "description")]
    public void An_amount_is_positive_and_a_description_not_empty(string? description, double amount, DiscountType type, string wrong)
    {
        var patch = new DealDiscountPatch { Description = new(true, description), Amount = (decimal)amount, Type = type };

        var problem = Record.Exception(() => DiscountRules.Add(patch, At)) as ProblemException;

        Assert.Equal(wrong, string.Join(',', problem?.Problem.Fields.Select(error => error.Field) ?? []));
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void A_description_has_at_most_255_characters(int length, bool accepted)
    {
        var patch = new DealDiscountPatch { Description = new string('x', length), Amount = 1, Type = DiscountType.Amount };

        Assert.Equal(accepted, Record.Exception(() => DiscountRules.Add(patch, At)) is null);
    }

    [Fact]
    public void A_change_says_who_and_when_and_nothing_if_nothing_changes()
    {
        var before = DiscountRules.Add(new() { Description = "10%", Amount = 10, Type = DiscountType.Percentage }, At);
        var later = Sold.Now.AddDays(1);

        var same = DiscountRules.Change(before, new() { Amount = 10 }, 8, later);
        var after = DiscountRules.Change(before, new() { Amount = 15 }, 8, later);

        Assert.Same(before, same);
        Assert.Equal(before with { Amount = 15, UpdatedAt = later, UpdatedBy = 8 }, after);
    }

    [Fact]
    public void An_amount_beyond_100_cannot_become_a_percentage()
    {
        var before = Sold.Discount(500, DiscountType.Amount);

        var problem = Assert.Throws<ProblemException>(
            () => DiscountRules.Change(before, new() { Type = DiscountType.Percentage }, 1, Sold.Now)).Problem;

        Assert.Equal("amount", Assert.Single(problem.Fields).Field);
    }
}
