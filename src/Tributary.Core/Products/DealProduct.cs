using Tributary.Core.Kernel;

namespace Tributary.Core.Products;

/// <summary>How a discount's number is read: as a percentage of what it is taken from, or as an amount of the deal's currency.</summary>
public enum DiscountType
{
    Percentage,
    Amount,
}

/// <summary>Whether a price leaves its tax out, has it inside, or knows none. The same on every line of a deal.</summary>
public enum TaxMethod
{
    Exclusive,
    Inclusive,
    None,
}

/// <summary>How often a line is billed; everything but <see cref="OneTime"/> is recurring.</summary>
public enum BillingFrequency
{
    OneTime,
    Annually,
    SemiAnnually,
    Quarterly,
    Monthly,
    Weekly,
}

/// <summary>
/// A product as sold in one deal: its own price, quantity, discount and tax. It outlives the catalogue's product, whose id is then null.
/// Price, discount amount and sum are in the deal's currency and are those of one billing.
/// </summary>
public sealed record DealProduct
{
    public required long Id { get; init; }

    public required Guid Uid { get; init; }

    public required long DealId { get; init; }

    public long? ProductId { get; init; }

    public long? VariationId { get; init; }

    public string? Name { get; init; }

    public required decimal ItemPrice { get; init; }

    /// <summary>May be fractional (hours, metres) and may be zero.</summary>
    public required decimal Quantity { get; init; }

    public required string Currency { get; init; }

    public decimal Discount { get; init; }

    public DiscountType DiscountType { get; init; } = DiscountType.Percentage;

    /// <summary>Percent.</summary>
    public decimal Tax { get; init; }

    public TaxMethod TaxMethod { get; init; } = TaxMethod.None;

    public string Comments { get; init; } = "";

    /// <summary>A line that is not enabled is an offer that counts for nothing.</summary>
    public bool IsEnabled { get; init; } = true;

    public BillingFrequency Billing { get; init; } = BillingFrequency.OneTime;

    /// <summary>How many times it is billed; null is once for a one-time line and until cancelled for a recurring one.</summary>
    public int? Cycles { get; init; }

    public DateOnly? BillingStart { get; init; }

    public int OrderNr { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public bool IsRecurring => Billing != BillingFrequency.OneTime;
}

/// <summary>What a caller may say about a line, when adding it and when changing it.</summary>
public sealed record DealProductPatch
{
    public Field<long?> ProductId { get; init; }

    public Field<long?> VariationId { get; init; }

    public Field<decimal> ItemPrice { get; init; }

    public Field<decimal> Quantity { get; init; }

    public Field<decimal> Discount { get; init; }

    public Field<DiscountType> DiscountType { get; init; }

    public Field<decimal> Tax { get; init; }

    /// <summary>Given on one line, it becomes the method of every line of the deal.</summary>
    public Field<TaxMethod> TaxMethod { get; init; }

    /// <summary>Null is kept as the empty text.</summary>
    public Field<string?> Comments { get; init; }

    public Field<bool> IsEnabled { get; init; }

    public Field<BillingFrequency> Billing { get; init; }

    public Field<int?> Cycles { get; init; }

    public Field<DateOnly?> BillingStart { get; init; }
}
