using Tributary.Core.Deals;

namespace Tributary.Core.Products;

/// <summary>Everything that decides what a deal is worth: what it sells, what it takes off, and how it is paid.</summary>
internal sealed record Sale(Deal Deal, IReadOnlyList<DealProduct> Lines, IReadOnlyList<DealDiscount> Discounts,
    IReadOnlyList<Installment> Installments)
{
    /// <summary>
    /// The deal with the value and figures of its products. Without products the last value stays, as if people had typed
    /// it, and the figures are none.
    /// </summary>
    public Deal Priced()
    {
        var revenue = RevenueRules.Of(Lines, Discounts);
        return Deal with
        {
            Value = Lines.Count == 0 ? Deal.Value : revenue.Value,
            Mrr = revenue.Mrr,
            Arr = revenue.Arr,
            Acv = revenue.Acv,
            ProductsCount = Lines.Count,
        };
    }
}
