using Tributary.Core.Kernel;
using Tributary.Core.Products;
using Xunit;

namespace Tributary.Tests.Core.Products;

/// <summary>Valid lines, discounts and installments of deal 1, and the verbs on its lines; a test names only what it is about.</summary>
internal static class Sold
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Today = new(2026, 11, 20);
    public static readonly ProductFacts Facts = new("Mechanical Pencil", 90, 0, BillingFrequency.OneTime, null, [11, 12]);
    public static readonly DealProductPatch Pencil = new() { ProductId = 1, ItemPrice = 90, Quantity = 1 };
    public static readonly NewLine At = new(new Guid(1, 0, 0, new byte[8]), 1, "USD", TaxMethod.Inclusive, Now);

    public static DealProduct Line(
        decimal price = 90,
        decimal quantity = 1,
        decimal discount = 0,
        DiscountType type = DiscountType.Percentage,
        BillingFrequency billing = BillingFrequency.OneTime,
        int? cycles = null,
        bool enabled = true,
        long id = 1) => new()
        {
            Id = id,
            Uid = new Guid((int)id, 0, 0, new byte[8]),
            DealId = 1,
            ProductId = 1,
            Name = "Mechanical Pencil",
            ItemPrice = price,
            Quantity = quantity,
            Currency = "USD",
            Discount = discount,
            DiscountType = type,
            Billing = billing,
            Cycles = cycles,
            IsEnabled = enabled,
            OrderNr = (int)id * 10,
            AddedAt = Now,
            UpdatedAt = Now,
        };

    public static DealDiscount Discount(decimal amount, DiscountType type, int order = 1) => new()
    {
        Id = new Guid(order, 0, 0, new byte[8]),
        DealId = 1,
        Description = "Autumn",
        Amount = amount,
        Type = type,
        CreatedAt = Now.AddMinutes(order),
        CreatedBy = 1,
        UpdatedAt = Now,
        UpdatedBy = 1,
    };

    public static Installment Installment(decimal amount = 10, long id = 1) =>
        new() { Id = id, DealId = 1, Description = "Delivery Fee", Amount = amount, BillingDate = new(2027, 3, 10) };

    public static IReadOnlyList<DealProduct> Add(IReadOnlyList<DealProduct> lines, DealProductPatch patch, bool paid = false) =>
        ProductRules.Add(lines, paid ? [Installment()] : [], patch, Facts, At, Today);

    public static IReadOnlyList<DealProduct> Add(IReadOnlyList<DealProduct> lines, DealProductPatch patch, ProductFacts? facts) =>
        ProductRules.Add(lines, [], patch, facts, At, Today);

    public static IReadOnlyList<DealProduct> Change(
        IReadOnlyList<DealProduct> lines, DealProductPatch patch, ProductFacts? facts = null, bool paid = false) =>
        ProductRules.Change(lines, paid ? [Installment()] : [], 1, patch, facts, Now, Today);

    public static Problem Refusal(Action verb)
    {
        var problem = Assert.Throws<ProblemException>(verb).Problem;
        Assert.Equal(ProblemCode.Invalid, problem.Code);
        return problem;
    }
}
