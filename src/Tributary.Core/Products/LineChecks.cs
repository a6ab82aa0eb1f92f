using Tributary.Core.Kernel;

namespace Tributary.Core.Products;

/// <summary>
/// Everything that can be wrong with a line, by field: on its own, and beside the deal's other lines and installments. Bounds that
/// Pipedrive's pages leave open (prices, tax, a discount amount, the length of comments) are ours.
/// </summary>
internal static class LineChecks
{
    public const int MaxRecurring = 20;
    public const int MaxCycles = 208;
    public const int MaxYears = 10;
    public const int MaxComments = 65_535;

    /// <summary>What a new line must be given. The price may come from the catalogue.</summary>
    public static IEnumerable<FieldError> Required(DealProductPatch patch, ProductFacts? facts)
    {
        if (!patch.ProductId.IsSet) yield return new("product_id", "A product must be given.");
        if (!patch.ItemPrice.IsSet && facts?.Price is null)
            yield return new("item_price", "A price must be given: the product has none in the deal's currency.");
        if (!patch.Quantity.IsSet) yield return new("quantity", "A quantity must be given.");
    }

    public static IEnumerable<FieldError> Wrong(DealProduct line, DealProductPatch patch, ProductFacts? facts, DateOnly today)
    {
        if (patch.ProductId.IsSet && (line.ProductId is null || facts is null))
            yield return new("product_id", "It must be the id of a product of the catalogue.");
        if (patch.VariationId is { IsSet: true, Value: { } variation } && facts?.VariationIds.Contains(variation) != true)
            yield return new("variation_id", "It must be the id of a variation of the line's product.");
        if (!IsStorable(line.ItemPrice)) yield return new("item_price", $"The price must be a number from 0 to {Money.Max}.");
        if (!IsStorable(line.Quantity)) yield return new("quantity", $"The quantity must be a number from 0 to {Money.Max}.");
        if (line.Tax is < 0 or > 100) yield return new("tax", "The tax must be a percentage from 0 to 100.");
        if (Discount(line) is { } discount) yield return discount;
        if (line.Comments.Length > MaxComments) yield return new("comments", $"The comments must have at most {MaxComments} characters.");
        if (WrongCycles(line.Billing, line.Cycles) is { } cycles) yield return cycles;
        // Only a start that is being set: one that was in range when it was set stays valid as years pass.
        if (patch.BillingStart is { IsSet: true, Value: { } start } && !IsNear(start, today))
            yield return new("billing_start", $"The billing start must be within {MaxYears} years before or after today.");
    }

    /// <summary>What of the deal stands in the way of a line being so; <paramref name="before"/> is null for a new line.</summary>
    public static IEnumerable<FieldError> Obstacles(
        DealProduct? before, DealProduct after, IReadOnlyList<DealProduct> others, IReadOnlyList<Installment> installments)
    {
        var becomesRecurring = after.IsRecurring && before?.IsRecurring != true;
        if (becomesRecurring && others.Count(line => line.IsRecurring) >= MaxRecurring)
            yield return new("billing_frequency", $"A deal can have at most {MaxRecurring} recurring products.");
        if (installments.Count == 0) yield break;

        if (becomesRecurring)
            yield return new("billing_frequency", "It must be one-time: the deal has installments.");
        if (before is { IsEnabled: false } && after is { IsEnabled: true, IsRecurring: true })
            yield return new("is_enabled", "A recurring product cannot be enabled while the deal has installments.");
        if (before is { IsEnabled: true } && !after.IsEnabled && !others.Any(line => line.IsEnabled))
            yield return new("is_enabled", "The last enabled product cannot be disabled while the deal has installments.");
    }

    private static bool IsStorable(decimal amount) => amount is >= 0 and <= Money.Max;

    /// <summary>A discount amount may not exceed the line before tax: a line that costs less than nothing is a mistake.</summary>
    private static FieldError? Discount(DealProduct line)
    {
        if (line.DiscountType == DiscountType.Percentage)
            return line.Discount is >= 0 and <= 100 ? null : new("discount", "The discount must be a percentage from 0 to 100.");

        // Of a price or quantity that is itself refused there is nothing to compare with, and their product might not fit a decimal.
        var most = IsStorable(line.ItemPrice) && IsStorable(line.Quantity) ? line.ItemPrice * line.Quantity : Money.Max;
        return line.Discount >= 0 && line.Discount <= most
            ? null
            : new("discount", "The discount must be an amount from 0 to price × quantity.");
    }

    /// <summary>What is wrong with a billing frequency and its cycles, of a line or of a product.</summary>
    public static FieldError? WrongCycles(BillingFrequency billing, int? cycles) => (billing, cycles) switch
    {
        (BillingFrequency.OneTime, not null) => new("billing_cycles", "A one-time product has no cycles: it must be null."),
        (BillingFrequency.Weekly, null) => new("billing_cycles", $"A weekly product needs cycles: 1 to {MaxCycles}."),
        (_, < 1 or > MaxCycles) => new("billing_cycles", $"The cycles must be a whole number from 1 to {MaxCycles}."),
        _ => null,
    };

    /// <summary>Compares dates as numbers: adding years fails at the calendar's ends and moves 29 February.</summary>
    private static bool IsNear(DateOnly start, DateOnly today)
    {
        var distance = Number(start) - Number(today);
        return Math.Abs(distance) <= MaxYears * 10_000;
    }

    private static int Number(DateOnly date) => date.Year * 10_000 + date.Month * 100 + date.Day;
}
