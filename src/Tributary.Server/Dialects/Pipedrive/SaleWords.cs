using Tributary.Core.Products;
using Tributary.Server.Api;

namespace Tributary.Server.Dialects.Pipedrive;

/// <summary>The words for what a deal sells, the same in both versions.</summary>
internal static class SaleWords
{
    public static readonly (string, DiscountType)[] DiscountTypes = Words.DiscountTypes;
    public static readonly (string, TaxMethod)[] TaxMethods = Words.TaxMethods;

    public static readonly (string, BillingFrequency)[] Billings =
    [
        ("one-time", BillingFrequency.OneTime), ("annually", BillingFrequency.Annually), ("semi-annually", BillingFrequency.SemiAnnually),
        ("quarterly", BillingFrequency.Quarterly), ("monthly", BillingFrequency.Monthly), ("weekly", BillingFrequency.Weekly),
    ];
}
