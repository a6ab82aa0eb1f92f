using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Products;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

internal sealed record ProductView(Product Product, RecordSelection Asked);

internal sealed record VariationView(long ProductId, ProductVariation Variation);

/// <summary>The product of v2.</summary>
internal static class ProductWire
{
    private static readonly Wire<(long Id, ProductPrice Price)> Price = Priced("product_id", "ProductPrice");
    private static readonly Wire<(long Id, ProductPrice Price)> VariationPrice = Priced("product_variation_id", "VariationPrice");

    public static readonly Wire<ProductView> Product = new Wire<ProductView>("Product")
        .Whole("id", p => p.Product.Id)
        .Text("name", p => p.Product.Name, nullable: false)
        .Text("code", p => p.Product.Code)
        .Text("description", p => p.Product.Description)
        .Text("unit", p => p.Product.Unit)
        .Number("tax", p => p.Product.Tax)
        .Text("category", p => p.Product.Category)
        .Flag("is_linkable", p => p.Product.IsLinkable)
        .Flag("is_deleted", p => p.Product.IsDeleted)
        .Whole("visible_to", p => p.Product.VisibleTo)
        .Whole("owner_id", p => p.Product.OwnerId)
        .Instant("add_time", p => p.Product.AddedAt, Spell.V2Time)
        .Instant("update_time", p => p.Product.UpdatedAt, Spell.V2Time)
        .Word("billing_frequency", p => SaleWords.Billings.Of(p.Product.Billing), SaleWords.Billings.Spellings())
        .Whole("billing_frequency_cycles", p => p.Product.Cycles)
        .Objects("prices", p => p.Product.Prices.Select(price => (p.Product.Id, price)), Price)
        .Json("custom_fields", CustomFields.Schema(),
            (json, p) => CustomFields.Write(json, p.Asked.Fields, p.Product.Custom, p.Asked.HasOptionLabels));

    public static readonly Wire<VariationView> Variation = new Wire<VariationView>("ProductVariation")
        .Whole("id", v => v.Variation.Id)
        .Text("name", v => v.Variation.Name, nullable: false)
        .Whole("product_id", v => v.ProductId)
        .Objects("prices", v => v.Variation.Prices.Select(price => (v.Variation.Id, price)), VariationPrice);

    public static readonly Wire<ProductView> One = Envelope.One(Product);
    public static readonly PageOf<ProductView> Page = new(Product);
    public static readonly Wire<VariationView> OneVariation = Envelope.One(Variation);

    private static Wire<(long Id, ProductPrice Price)> Priced(string id, string name) => new Wire<(long Id, ProductPrice Price)>(name)
        .Whole(id, p => p.Id)
        .Number("price", p => p.Price.Price)
        .Text("currency", p => p.Price.Currency, nullable: false)
        .Number("cost", p => p.Price.Cost ?? 0)
        .Number("direct_cost", p => p.Price.DirectCost)
        .Text("notes", p => p.Price.Notes ?? "", nullable: false);
}

/// <summary>What v2 reads of a product and of a variation.</summary>
internal static class ProductBody
{
    private static readonly Member<string> Name = Members.Text("name", "", 255);
    private static readonly Member<string> Code = Members.Text("code", "").Nullable();
    private static readonly Member<string> Description = Members.LongText("description", "").Nullable();
    private static readonly Member<string> Unit = Members.Text("unit", "").Nullable();
    private static readonly Member<decimal> Tax = Members.Number("tax", "Percent; 0 when left out.");
    private static readonly Member<bool> IsLinkable = Members.Flag("is_linkable", "Whether it can be added to deals.");
    private static readonly Member<BillingFrequency> Billing =
        Members.Word("billing_frequency", "one-time when left out.", SaleWords.Billings);
    private static readonly Member<long> Cycles = Members.Whole("billing_frequency_cycles", "null is until cancelled.", 1, 208).Nullable();
    private static readonly Member<string> Currency = Members.Text("currency", "", 3);
    private static readonly Member<decimal> Price = Members.Number("price", "");
    private static readonly Member<decimal> Cost = Members.Number("cost", "").Nullable();
    private static readonly Member<decimal> DirectCost = Members.Number("direct_cost", "").Nullable();
    private static readonly Member<string> PriceNotes = Members.LongText("notes", "").Nullable();

    private static readonly Member<Seq<ProductPrice>> Prices = Members.List("prices", "All of them, at most one per currency.",
        Members.Object("", "", new("ProductPriceBody", Currency.Required(), Price.Required(), Cost, DirectCost, PriceNotes), ReadPrice));

    /// <summary>"category" is a number in requests and a text in answers (OpenAPI file); both are read.</summary>
    private static readonly Member<string> Category = new Member<string>("category", "The number or the name of the category.")
    {
        Accepts = "must be a number or a text",
        Schema = () => new() { ["type"] = "string", ["maxLength"] = 255 },
        FromJson = static (JsonElement json, ReadingPolicy _, out string value) =>
        {
            value = json.ValueKind is JsonValueKind.Number ? json.GetRawText() : "";
            return value.Length is > 0 and <= 255 || Members.TryText(json, out value) && value.Length <= 255;
        },
        FromText = static (string text, ReadingPolicy _, out string value) => (value = text).Length <= 255,
    }.Nullable();

    private static readonly Member[] Both =
        [Code, Description, Unit, Tax, Category, ContactParts.OwnerId, IsLinkable, ContactParts.VisibleTo, Prices, CustomFields.Member,
            Billing, Cycles];

    public static readonly Shape New = new("NewProduct", [Name.Required(), .. Both]);
    public static readonly Shape Changes = new("ProductChanges", [Name, .. Both]);
    public static readonly Shape NewVariation = new("NewProductVariation", Name.Required(), Prices);
    public static readonly Shape VariationChanges = new("ProductVariationChanges", Name, Prices);

    public static ProductPatch Read(Body body, WorkspaceCatalog catalog) => new()
    {
        Name = body.Get(Name),
        Code = body.ClearableText(Code),
        Description = body.ClearableText(Description),
        Unit = body.ClearableText(Unit),
        Tax = body.Get(Tax),
        Category = body.ClearableText(Category),
        OwnerId = body.Get(ContactParts.OwnerId).As(id => (long?)id),
        IsLinkable = body.Get(IsLinkable),
        VisibleTo = body.Get(ContactParts.VisibleTo).As(Spell.Visibility),
        Prices = body.Get(Prices),
        Custom = CustomFields.Read(body, catalog, "product"),
        Billing = body.Get(Billing),
        Cycles = body.Clearable(Cycles).As(cycles => (int?)cycles),
    };

    public static VariationPatch ReadVariation(Body body) => new() { Name = body.Get(Name), Prices = body.Get(Prices) };

    private static ProductPrice ReadPrice(Body body) => new()
    {
        Currency = body.Get(Currency).Or(""),
        Price = body.Get(Price).Or(0),
        Cost = body.Clearable(Cost).Or(null),
        DirectCost = body.Clearable(DirectCost).Or(null),
        Notes = body.ClearableText(PriceNotes).Or(null),
    };
}
