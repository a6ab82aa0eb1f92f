using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Products;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Products;

/// <summary>What our own API reads of a product and of its variations. Members left out keep their value; null clears.</summary>
internal static class ProductBody
{
    private static readonly Member<string> Currency = Members.Text("currency", "One of the workspace's currencies, ISO 4217.", 3);
    private static readonly Member<decimal> Price = Members.Number("price", "To the buyer.");
    private static readonly Member<decimal> Cost = Members.Number("cost", "To the seller.").Nullable();
    private static readonly Member<decimal> DirectCost = Members.Number("direct_cost", "").Nullable();
    private static readonly Member<string> PriceNotes = Members.LongText("notes", "").Nullable();
    private static readonly Member<Seq<ProductPrice>> Prices = Members.List("prices", "All of them; those of currencies left out go.",
        Members.Object("prices", "", new("ProductPriceBody", Currency.Required(), Price.Required(), Cost, DirectCost, PriceNotes),
            ReadPrice));

    private static readonly Member<string> Name = Members.Name("name", "1 to 255 characters.");
    private static readonly Member<string> Code = Members.Text("code", "").Nullable();
    private static readonly Member<string> Description = Members.LongText("description", "").Nullable();
    private static readonly Member<string> Unit = Members.Text("unit", "What one of it is called.").Nullable();
    private static readonly Member<decimal> Tax = Members.Number("tax", "Percent.");
    private static readonly Member<string> Category = Members.Text("category", "").Nullable();
    private static readonly Member<bool> IsLinkable = Members.Flag("is_linkable", "Whether it can be added to deals.");
    private static readonly Member<BillingFrequency> Billing = Members.Word("billing_frequency", "", Words.Billings);
    private static readonly Member<long> Cycles = Members.Whole("billing_cycles", "", 1, 1000).Nullable();

    private static readonly Member[] Both =
        [Code, Description, Unit, Tax, Category, RecordMembers.OwnerId, IsLinkable, RecordMembers.VisibleTo, Billing, Cycles,
            RecordMembers.LabelIds, Prices, CustomJson.Member];

    public static readonly Shape New =
        new("NewProduct", [Name.Required(), .. Both, RecordMembers.Id, RecordMembers.Uid, RecordMembers.AddedAt]);
    public static readonly Shape Patch = new("ProductPatch", [Name, .. Both, Versions.Member]);
    public static readonly Shape NewVariation = new("NewProductVariation", Name.Required(), Prices);
    public static readonly Shape VariationPatch = new("ProductVariationPatch", Name, Prices);

    public static ProductPatch Read(Body body, WorkspaceCatalog catalog, long? ifMatch) => new()
    {
        ExpectedVersion = RecordMembers.Expected(body, ifMatch),
        Name = body.Get(Name),
        Code = body.ClearableText(Code),
        Description = body.ClearableText(Description),
        Unit = body.ClearableText(Unit),
        Tax = body.Get(Tax),
        Category = body.ClearableText(Category),
        OwnerId = body.Clearable(RecordMembers.OwnerId),
        IsLinkable = body.Get(IsLinkable),
        VisibleTo = RecordMembers.ReadVisibleTo(body),
        Billing = body.Get(Billing),
        Cycles = body.Clearable(Cycles).As(cycles => (int?)cycles),
        LabelIds = body.ClearableList(RecordMembers.LabelIds),
        Prices = body.ClearableList(Prices),
        Custom = CustomJson.Read(body, catalog, "product"),
        Id = body.Get(RecordMembers.Id),
        Uid = body.Get(RecordMembers.Uid),
        AddedAt = body.Get(RecordMembers.AddedAt),
    };

    public static VariationPatch ReadVariation(Body body) => new() { Name = body.Get(Name), Prices = body.ClearableList(Prices) };

    private static ProductPrice ReadPrice(Body body) => new()
    {
        Currency = body.Get(Currency).Or(""),
        Price = body.Get(Price).Or(0),
        Cost = body.Clearable(Cost).Or(null),
        DirectCost = body.Clearable(DirectCost).Or(null),
        Notes = body.ClearableText(PriceNotes).Or(null),
    };
}
