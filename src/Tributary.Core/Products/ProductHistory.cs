using Tributary.Core.Log;

namespace Tributary.Core.Products;

/// <summary>What the log says about a change of a product; prices and variations are part of it. Pure.</summary>
internal static class ProductHistory
{
    private static readonly IReadOnlyList<Tracked<Product>> Fields =
    [
        new("name", product => product.Name),
        new("code", product => product.Code),
        new("description", product => product.Description),
        new("unit", product => product.Unit),
        new("tax", product => product.Tax),
        new("category", product => product.Category),
        new("owner_id", product => product.OwnerId),
        new("is_linkable", product => product.IsLinkable),
        new("visible_to", product => product.VisibleTo),
        new("billing_frequency", product => product.Billing),
        new("billing_cycles", product => product.Cycles),
        new("label_ids", product => product.LabelIds.Count == 0 ? null : product.LabelIds),
        new("custom", product => product.Custom),
        new("prices", product => product.Prices.Count == 0 ? null : product.Prices),
        new("variations", product => product.Variations.Count == 0 ? null : product.Variations),
        new("deleted_at", product => product.DeletedAt),
    ];

    public static LogEntry Between(Product? before, Product after) => new()
    {
        Subject = "product",
        SubjectId = after.Id,
        Action = Tracked.Action(before is null, before?.DeletedAt, after.DeletedAt),
        Changes = Tracked.Between(Fields, before, after),
    };
}
