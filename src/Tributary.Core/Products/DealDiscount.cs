using Tributary.Core.Kernel;

namespace Tributary.Core.Products;

/// <summary>A discount on the one-time part of a whole deal, beside the discounts of its lines.</summary>
public sealed record DealDiscount
{
    public required Guid Id { get; init; }

    public required long DealId { get; init; }

    public required string Description { get; init; }

    public required decimal Amount { get; init; }

    public required DiscountType Type { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required long CreatedBy { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required long UpdatedBy { get; init; }
}

/// <summary>What a caller may say about a deal's discount, when adding it and when changing it.</summary>
public sealed record DealDiscountPatch
{
    public Field<string?> Description { get; init; }

    public Field<decimal> Amount { get; init; }

    public Field<DiscountType> Type { get; init; }
}
