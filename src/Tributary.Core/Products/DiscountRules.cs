using Tributary.Core.Kernel;

namespace Tributary.Core.Products;

/// <summary>Who adds a discount to which deal, and when.</summary>
internal sealed record NewDiscount(Guid Id, long DealId, long By, DateTimeOffset Now);

/// <summary>
/// What a deal's discount must be (Pipedrive, "Add a discount to a deal": a name, a positive number, a type). The upper bounds are ours:
/// 100 percent, or the largest amount. An amount may exceed the deal's value, which then ends at its recurring part.
/// </summary>
internal static class DiscountRules
{
    public const int MaxDescription = 255;

    public static DealDiscount Add(DealDiscountPatch patch, NewDiscount discount)
    {
        var errors = new List<FieldError>();
        if (!patch.Description.IsSet) errors.Add(new("description", "A description must be given."));
        if (!patch.Amount.IsSet) errors.Add(new("amount", "An amount must be given."));
        if (!patch.Type.IsSet) errors.Add(new("type", "A type must be given: percentage or amount."));
        if (errors.Count > 0) throw Problem.Invalid(errors);

        return Checked(new()
        {
            Id = discount.Id,
            DealId = discount.DealId,
            Description = patch.Description.Value ?? "",
            Amount = RevenueRules.Rounded(patch.Amount.Value),
            Type = patch.Type.Value,
            CreatedAt = discount.Now,
            CreatedBy = discount.By,
            UpdatedAt = discount.Now,
            UpdatedBy = discount.By,
        });
    }

    /// <summary>The discount as it then stands; the same record when nothing changes.</summary>
    public static DealDiscount Change(DealDiscount before, DealDiscountPatch patch, long by, DateTimeOffset now)
    {
        var after = Checked(before with
        {
            Description = patch.Description.Or(before.Description) ?? "",
            Amount = RevenueRules.Rounded(patch.Amount.Or(before.Amount)),
            Type = patch.Type.Or(before.Type),
        });

        return after == before ? before : after with { UpdatedAt = now, UpdatedBy = by };
    }

    private static DealDiscount Checked(DealDiscount discount)
    {
        var most = discount.Type switch { DiscountType.Percentage => 100m, DiscountType.Amount => Money.Max };
        var errors = Wrong(discount.Description, discount.Amount, most);

        return errors.Count == 0 ? discount : throw Problem.Invalid(errors);
    }

    /// <summary>What is wrong with a name and a positive amount; installments have the same two.</summary>
    internal static List<FieldError> Wrong(string description, decimal amount, decimal most)
    {
        var errors = new List<FieldError>();
        if (string.IsNullOrWhiteSpace(description) || description.Length > MaxDescription)
            errors.Add(new("description", $"The description must have 1 to {MaxDescription} characters."));
        if (amount <= 0 || amount > most) errors.Add(new("amount", $"The amount must be greater than 0 and at most {most}."));

        return errors;
    }
}
