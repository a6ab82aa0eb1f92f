using Tributary.Core.Kernel;

namespace Tributary.Core.Products;

/// <summary>
/// When a deal may be paid in parts (Pipedrive, "Add an installment to a deal"; the 36 is of its help page on installments). A recurring
/// line that is not enabled does not stand in the way: only so does the rule against enabling one beside installments have a meaning.
/// </summary>
internal static class InstallmentRules
{
    public const int MaxPerDeal = 36;

    /// <summary>The new installment, its id still 0.</summary>
    public static Installment Add(
        IReadOnlyList<DealProduct> lines, IReadOnlyList<Installment> installments, InstallmentPatch patch, long dealId)
    {
        var errors = new List<FieldError>();
        if (!patch.Description.IsSet) errors.Add(new("description", "A description must be given."));
        if (!patch.Amount.IsSet) errors.Add(new("amount", "An amount must be given."));
        if (!patch.BillingDate.IsSet) errors.Add(new("billing_on", "A billing date must be given."));
        if (errors.Count == 0) errors = Wrong(patch.Description.Value ?? "", RevenueRules.Rounded(patch.Amount.Value));
        errors.AddRange(Obstacles(lines, installments));
        if (errors.Count > 0) throw Problem.Invalid(errors);

        return new()
        {
            Id = 0,
            DealId = dealId,
            Description = patch.Description.Value ?? "",
            Amount = RevenueRules.Rounded(patch.Amount.Value),
            BillingDate = patch.BillingDate.Value,
        };
    }

    public static Installment Change(Installment before, InstallmentPatch patch)
    {
        var after = before with
        {
            Description = patch.Description.Or(before.Description) ?? "",
            Amount = RevenueRules.Rounded(patch.Amount.Or(before.Amount)),
            BillingDate = patch.BillingDate.Or(before.BillingDate),
        };
        var errors = Wrong(after.Description, after.Amount);

        return errors.Count == 0 ? after : throw Problem.Invalid(errors);
    }

    private static List<FieldError> Wrong(string description, decimal amount) => DiscountRules.Wrong(description, amount, Money.Max);

    private static IEnumerable<FieldError> Obstacles(IReadOnlyList<DealProduct> lines, IReadOnlyList<Installment> installments)
    {
        if (!lines.Any(line => line.IsEnabled && !line.IsRecurring))
            yield return new("deal_id", "The deal must have at least one enabled one-time product.");
        if (lines.Any(line => line.IsEnabled && line.IsRecurring))
            yield return new("deal_id", "The deal must have no recurring product.");
        if (installments.Count >= MaxPerDeal)
            yield return new("deal_id", $"A deal can have at most {MaxPerDeal} installments.");
    }
}
