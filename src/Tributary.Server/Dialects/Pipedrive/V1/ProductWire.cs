using Tributary.Core.Catalog;
using Tributary.Core.Products;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>A product with the names beside it.</summary>
internal sealed record ProductView(Product Product, WorkspaceCatalog Catalog)
{
    public static async Task<IReadOnlyList<ProductView>> Of(Call call, IReadOnlyList<Product> products)
    {
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        return [.. products.Select(product => new ProductView(product, catalog))];
    }

    public static RelatedObjects Related(IReadOnlyList<ProductView> views) =>
        new() { Users = views.Select(view => view.Catalog.User(view.Product.OwnerId)).OfType<Core.Users.User>() };
}

/// <summary>The product of v1: "selectable" for is_linkable, "overhead_cost" for the direct cost.</summary>
internal static class ProductWire
{
    private static readonly Wire<(ProductPrice Price, long Product, int Place)> Price =
        new Wire<(ProductPrice Price, long Product, int Place)>("ProductPriceV1")
        .Whole("id", p => p.Product * 1000 + p.Place)
        .Whole("product_id", p => p.Product)
        .Number("price", p => p.Price.Price)
        .Text("currency", p => p.Price.Currency, nullable: false)
        .Number("cost", p => p.Price.Cost ?? 0)
        .Number("overhead_cost", p => p.Price.DirectCost)
        .Text("notes", p => p.Price.Notes ?? "", nullable: false);

    public static readonly Wire<ProductView> Product = Level(Head("ProductV1"))
        .Object("owner_id", p => p.Catalog.User(p.Product.OwnerId), Cards.User)
        .Instant("add_time", p => p.Product.AddedAt, Spell.V1Time)
        .Instant("update_time", p => p.Product.UpdatedAt, Spell.V1Time)
        .Word("billing_frequency", p => SaleWords.Billings.Of(p.Product.Billing),
            SaleWords.Billings.Spellings())
        .Whole("billing_frequency_cycles", p => p.Product.Cycles)
        .Objects("prices", Prices, Price, "Prices have no ids here; the number shown is the product's and the place.")
        .Open((json, p) => CustomFields.Write(json, p.Catalog, "product", p.Product.Custom));

    /// <summary>Beside a deal of a person.</summary>
    public static readonly Wire<ProductView> Sold = Plain(Level(Head("SoldProductV1").Whole("company_id", p => p.Catalog.Workspace.Id)));

    /// <summary>Among what is recent, where the level of visibility is a number.</summary>
    public static readonly Wire<ProductView> Recent =
        Plain(Head("RecentProductV1").Whole("visible_to", p => p.Product.VisibleTo)).Objects("prices", Prices, Price);

    private static Wire<ProductView> Head(string name) => new Wire<ProductView>(name)
        .Whole("id", p => p.Product.Id)
        .Text("name", p => p.Product.Name, nullable: false)
        .Text("code", p => p.Product.Code)
        .Text("description", p => p.Product.Description)
        .Text("unit", p => p.Product.Unit ?? "", nullable: false)
        .Number("tax", p => p.Product.Tax)
        .Text("category", p => p.Product.Category)
        .Flag("active_flag", p => !p.Product.IsDeleted)
        .Flag("selectable", p => p.Product.IsLinkable)
        .Text("first_char", p => PersonWire.FirstChar(p.Product.Name))
        .Whole("files_count", _ => (long?)null);

    private static Wire<ProductView> Level(Wire<ProductView> wire) =>
        wire.Text("visible_to", p => V1Words.Level(p.Product.VisibleTo), nullable: false);

    private static Wire<ProductView> Plain(Wire<ProductView> wire) => wire
        .Whole("owner_id", p => p.Product.OwnerId)
        .Instant("add_time", p => p.Product.AddedAt, Spell.V1Time)
        .Instant("update_time", p => p.Product.UpdatedAt, Spell.V1Time);

    private static IEnumerable<(ProductPrice, long, int)> Prices(ProductView view) =>
        view.Product.Prices.Select((price, place) => (price, view.Product.Id, place + 1));
}
