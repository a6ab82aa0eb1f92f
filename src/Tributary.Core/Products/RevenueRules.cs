using Tributary.Core.Kernel;

namespace Tributary.Core.Products;

/// <summary>
/// What a deal's products come to. <paramref name="Value"/> is the deal's value; <paramref name="OneTime"/> its one-time part after the
/// deal's discounts. Monthly and annual recurring revenue and annual contract value are null for a deal without products; such a deal's
/// value is 0 here and remains whatever people typed.
/// </summary>
public sealed record Revenue(decimal Value, decimal OneTime, decimal? Mrr, decimal? Arr, decimal? Acv);

/// <summary>
/// The deal's value and revenue figures, computed from its lines and discounts: exact decimals, each figure rounded once, half to even, to
/// four decimals, never negative. A figure beyond <see cref="Money.Max"/> is refused, never wrapped or cut.
/// </summary>
/// <remarks>
/// From Pipedrive's pages: a line's sum, value = sums of the enabled lines (a recurring line counts for one billing), deal discounts on the
/// one-time part only, ACV = 12 months and the one-time lines. Ours, where they are silent: docs/decisions/0012-revenue-from-products.md.
/// </remarks>
public static class RevenueRules
{
    private const int MonthsPerYear = 12;

    /// <summary>
    /// Price × quantity, less the line's discount (an amount is taken once per line, not per piece), plus the tax when it is exclusive.
    /// The same whether or not the line is enabled.
    /// </summary>
    public static decimal LineSum(DealProduct line) => Kept(() =>
    {
        var full = line.ItemPrice * line.Quantity;
        var discounted = Less(full, line.Discount, line.DiscountType);

        return line.TaxMethod switch
        {
            TaxMethod.Exclusive => discounted * (1 + line.Tax / 100),
            TaxMethod.Inclusive or TaxMethod.None => discounted,
        };
    });

    /// <summary>
    /// The deal's figures. Deal discounts are taken from the one-time part in the order they were added, each from what the ones before
    /// left, never below zero (the order is ours). ARR is what the recurring lines bill in their first 12 months: 12 × MRR for those that
    /// run that long or until cancelled, less for those that end sooner.
    /// </summary>
    public static Revenue Of(IReadOnlyList<DealProduct> lines, IReadOnlyList<DealDiscount> discounts)
    {
        if (lines.Count == 0) return new(0, 0, null, null, null);

        var enabled = lines.Where(line => line.IsEnabled).ToList();
        var recurring = enabled.Where(line => line.IsRecurring).Select(line => (Line: line, Sum: LineSum(line))).ToList();
        var oneTime = Kept(() => enabled.Where(line => !line.IsRecurring).Sum(LineSum));

        foreach (var discount in discounts.OrderBy(discount => discount.CreatedAt).ThenBy(discount => discount.Id))
        {
            var left = oneTime;
            oneTime = Kept(() => Less(left, discount.Amount, discount.Type));
        }

        var value = Kept(() => oneTime + recurring.Sum(each => each.Sum));
        var mrr = Kept(() => recurring.Sum(each => each.Sum * BillingsPerYear(each.Line.Billing)) / MonthsPerYear);
        var arr = Kept(() => recurring.Sum(each => each.Sum * BillingsInFirstYear(each.Line)));

        return new(value, oneTime, mrr, arr, Kept(() => oneTime + arr));
    }

    private static decimal Less(decimal amount, decimal discount, DiscountType type) => type switch
    {
        DiscountType.Percentage => amount * (1 - discount / 100),
        DiscountType.Amount => amount - discount,
    };

    private static int BillingsInFirstYear(DealProduct line)
    {
        var perYear = BillingsPerYear(line.Billing);
        return Math.Min(line.Cycles ?? perYear, perYear);
    }

    /// <summary>A year has 52 weeks, so a weekly line's month is 52/12 billings.</summary>
    private static int BillingsPerYear(BillingFrequency billing) => billing switch
    {
        BillingFrequency.OneTime => 0,
        BillingFrequency.Annually => 1,
        BillingFrequency.SemiAnnually => 2,
        BillingFrequency.Quarterly => 4,
        BillingFrequency.Monthly => 12,
        BillingFrequency.Weekly => 52,
    };

    /// <summary>The figure as it is kept: rounded, not negative, not beyond what can be stored.</summary>
    internal static decimal Kept(Func<decimal> compute)
    {
        try
        {
            var amount = Math.Max(0, Rounded(compute()));
            return amount <= Money.Max ? amount : throw TooLarge();
        }
        catch (OverflowException)
        {
            throw TooLarge();
        }
    }

    /// <summary>Four decimals, half to even: what storage can hold.</summary>
    internal static decimal Rounded(decimal amount) => decimal.Round(amount, 4, MidpointRounding.ToEven);

    private static ProblemException TooLarge() =>
        Problem.Invalid("item_price", $"What the deal's products come to in a billing or a year must not exceed {Money.Max}.");
}
