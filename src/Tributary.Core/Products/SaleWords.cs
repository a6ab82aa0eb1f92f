using System.Text.Json;

namespace Tributary.Core.Products;

/// <summary>How the words of products and lines are kept in the database: snake_case.</summary>
internal static class SaleWords
{
    public static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static BillingFrequency Billing(string word) => word switch
    {
        "one_time" => BillingFrequency.OneTime,
        "annually" => BillingFrequency.Annually,
        "semi_annually" => BillingFrequency.SemiAnnually,
        "quarterly" => BillingFrequency.Quarterly,
        "monthly" => BillingFrequency.Monthly,
        "weekly" => BillingFrequency.Weekly,
        _ => throw new InvalidOperationException($"{word} is no billing frequency."),
    };
}
