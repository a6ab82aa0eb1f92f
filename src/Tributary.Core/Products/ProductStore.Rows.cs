using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Products;

// A product as parameters, and rows as they are read.
internal static partial class ProductStore
{
    private static object Values(Tx tx, Product product) => new
    {
        tx.Workspace,
        product.Id,
        product.Uid,
        product.Name,
        nameFolded = Folding.Fold(product.Name),
        product.Code,
        product.Description,
        product.Unit,
        taxUnits = Money.ToUnits(product.Tax),
        product.Category,
        product.OwnerId,
        product.IsLinkable,
        product.VisibleTo,
        billing = SaleWords.Word(product.Billing),
        product.Cycles,
        product.LabelIds,
        product.Custom,
        product.AddedAt,
        product.AddedBy,
        product.UpdatedAt,
        product.UpdatedBy,
        product.DeletedAt,
        product.DeletedBy,
        product.Version,
    };

    private sealed record Row
    {
        public long Id { get; init; }
        public Guid Uid { get; init; }
        public required string Name { get; init; }
        public string? Code { get; init; }
        public string? Description { get; init; }
        public string? Unit { get; init; }
        public long TaxUnits { get; init; }
        public string? Category { get; init; }
        public long? OwnerId { get; init; }
        public bool IsLinkable { get; init; }
        public int VisibleTo { get; init; }
        public required string BillingFrequency { get; init; }
        public int? BillingCycles { get; init; }
        public Seq<long> LabelIds { get; init; } = [];
        public CustomValues Custom { get; init; } = CustomValues.None;
        public DateTimeOffset AddedAt { get; init; }
        public long? AddedBy { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
        public long? UpdatedBy { get; init; }
        public DateTimeOffset? DeletedAt { get; init; }
        public long? DeletedBy { get; init; }
        public long Version { get; init; }

        public Product Product => new()
        {
            Id = Id,
            Uid = Uid,
            Name = Name,
            Code = Code,
            Description = Description,
            Unit = Unit,
            Tax = Money.ToAmount(TaxUnits),
            Category = Category,
            OwnerId = OwnerId,
            IsLinkable = IsLinkable,
            VisibleTo = VisibleTo,
            Billing = SaleWords.Billing(BillingFrequency),
            Cycles = BillingCycles,
            LabelIds = LabelIds,
            Custom = Custom,
            AddedAt = AddedAt,
            AddedBy = AddedBy,
            UpdatedAt = UpdatedAt,
            UpdatedBy = UpdatedBy,
            DeletedAt = DeletedAt,
            DeletedBy = DeletedBy,
            Version = Version,
        };
    }

    private sealed record VariationRow
    {
        public long Id { get; init; }
        public Guid Uid { get; init; }
        public long ProductId { get; init; }
        public required string Name { get; init; }
        public DateTimeOffset AddedAt { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
    }

    private sealed record PriceRow
    {
        public long ProductId { get; init; }
        public long VariationId { get; init; }
        public required string Currency { get; init; }
        public long PriceUnits { get; init; }
        public long? CostUnits { get; init; }
        public long? DirectCostUnits { get; init; }
        public string? Notes { get; init; }

        public ProductPrice Price => new()
        {
            Currency = Currency,
            Price = Money.ToAmount(PriceUnits),
            Cost = Amount(CostUnits),
            DirectCost = Amount(DirectCostUnits),
            Notes = Notes,
        };
    }

    private static decimal? Amount(long? units) => units is { } known ? Money.ToAmount(known) : null;
}
