using Tributary.Core.Fields;
using Tributary.Core.Kernel;

namespace Tributary.Core.Products;

/// <summary>What can be sold: the catalogue's entry, from which the lines of deals take their defaults.</summary>
public sealed record Product
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }
    public required string Name { get; init; }
    public string? Code { get; init; }
    public string? Description { get; init; }

    /// <summary>What one of it is called: "piece", "hour", "m²".</summary>
    public string? Unit { get; init; }

    /// <summary>Percent.</summary>
    public decimal Tax { get; init; }
    public string? Category { get; init; }
    public long? OwnerId { get; init; }

    /// <summary>Whether it can be added to deals.</summary>
    public bool IsLinkable { get; init; } = true;

    /// <summary>1 owner, 3 the owner's group, 5 that group and those below it, 7 everyone.</summary>
    public required int VisibleTo { get; init; }
    public BillingFrequency Billing { get; init; } = BillingFrequency.OneTime;
    public int? Cycles { get; init; }
    public Seq<long> LabelIds { get; init; } = [];
    public CustomValues Custom { get; init; } = CustomValues.None;

    /// <summary>At most one per currency, in the order of the codes.</summary>
    public Seq<ProductPrice> Prices { get; init; } = [];
    public Seq<ProductVariation> Variations { get; init; } = [];
    public required DateTimeOffset AddedAt { get; init; }
    public long? AddedBy { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public long? UpdatedBy { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
    public long? DeletedBy { get; init; }

    /// <summary>Grows by one with each change, prices and variations included.</summary>
    public required long Version { get; init; }

    public bool IsDeleted => DeletedAt is not null;
}

/// <summary>What a product or a variation costs in one currency: to the buyer, and to the seller.</summary>
public sealed record ProductPrice
{
    public required string Currency { get; init; }
    public required decimal Price { get; init; }
    public decimal? Cost { get; init; }
    public decimal? DirectCost { get; init; }
    public string? Notes { get; init; }
}

/// <summary>A form in which a product is sold, such as a size, with prices of its own.</summary>
public sealed record ProductVariation
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }
    public required string Name { get; init; }
    public Seq<ProductPrice> Prices { get; init; } = [];
    public required DateTimeOffset AddedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>What a caller says about a product, new or existing.</summary>
public sealed record ProductPatch
{
    /// <summary>When set, the change is refused as stale unless the product has this version.</summary>
    public long? ExpectedVersion { get; init; }
    public Field<string> Name { get; init; }
    public Field<string?> Code { get; init; }
    public Field<string?> Description { get; init; }
    public Field<string?> Unit { get; init; }
    public Field<decimal> Tax { get; init; }
    public Field<string?> Category { get; init; }
    public Field<long?> OwnerId { get; init; }
    public Field<bool> IsLinkable { get; init; }
    public Field<int> VisibleTo { get; init; }
    public Field<BillingFrequency> Billing { get; init; }
    public Field<int?> Cycles { get; init; }
    public Field<Seq<long>> LabelIds { get; init; }

    /// <summary>All of them; those of currencies left out go.</summary>
    public Field<Seq<ProductPrice>> Prices { get; init; }
    public Field<CustomPatch> Custom { get; init; }
    public Field<bool> Deleted { get; init; }

    /// <summary>For imports, at creation: the ids that other systems already hold.</summary>
    public Field<long> Id { get; init; }
    public Field<Guid> Uid { get; init; }
    public Field<DateTimeOffset> AddedAt { get; init; }
}

/// <summary>What a caller says about a variation, new or existing.</summary>
public sealed record VariationPatch
{
    public Field<string> Name { get; init; }
    public Field<Seq<ProductPrice>> Prices { get; init; }
}
