using Tributary.Core.Kernel;
using Tributary.Core.Products;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>
/// What v2 reads of deal products, discounts and installments, pages "Add a product to a deal" to "Update an installment".
/// </summary>
internal static class DealProductBody
{
    private static readonly Member<long> ProductId = Members.Id("product_id", "The ID of the product.");
    private static readonly Member<decimal> ItemPrice = Members.Number("item_price", "The price value of the product.", 0);
    private static readonly Member<decimal> Quantity = Members.Number("quantity", "The quantity of the product.", 0);
    private static readonly Member<decimal> Tax = Members.Number("tax", "Percent; 0 when left out.");
    private static readonly Member<string> Comments = Members.LongText("comments", "");
    private static readonly Member<decimal> Discount = Members.Number("discount", "Read as discount_type says; 0 when left out.");
    private static readonly Member<bool> IsEnabled = Members.Flag("is_enabled",
        "true when left out. While the deal has installments, its last enabled product stays enabled and a recurring one disabled.");
    private static readonly Member<TaxMethod> TaxMethod =
        Members.Word("tax_method", "Becomes the method of all products of the deal.", SaleWords.TaxMethods);
    private static readonly Member<DiscountType> LineDiscountType =
        Members.Word("discount_type", "percentage when left out.", SaleWords.DiscountTypes);
    private static readonly Member<long> VariationId = Members.Id("product_variation_id", "The ID of the product variation.").Nullable();
    private static readonly Member<BillingFrequency> Billing = Members.Word("billing_frequency",
        "one-time when left out. Others need a deal without installments; at most 20 per deal.", SaleWords.Billings);
    private static readonly Member<long> Cycles = Members.Whole("billing_frequency_cycles",
        "null for one-time; needed for weekly; otherwise null is until cancelled. 1 to 208.", 1, LineCycles).Nullable();
    private static readonly Member<DateOnly> BillingStart = Members.Day("billing_start_date", "At most 10 years ago or ahead.").Nullable();

    private static readonly Member<string> Description = Members.Text("description", "The name.", 255);
    private static readonly Member<decimal> Amount = Members.Number("amount", "A positive number, not 0.");
    private static readonly Member<DiscountType> DiscountType =
        Members.Word("type", "A percentage or a fixed amount.", SaleWords.DiscountTypes);
    private static readonly Member<DateOnly> BillingDate = Members.Day("billing_date", "The day it is charged, YYYY-MM-DD.");

    private const long LineCycles = 208;

    private static readonly Member[] Line =
        [Tax, Comments, Discount, IsEnabled, TaxMethod, LineDiscountType, VariationId, Billing, Cycles, BillingStart];

    public static readonly Shape New = new("NewDealProduct", [ProductId.Required(), ItemPrice.Required(), Quantity.Required(), .. Line]);
    public static readonly Shape Changes = new("DealProductChanges", [ProductId, ItemPrice, Quantity, .. Line]);

    private static readonly Member<Seq<DealProductPatch>> Data =
        Members.List("data", "All of them or none.", Members.Object("", "", New, ReadNew), DealProductService.MaxAtOnce).Required();
    public static readonly Shape Many = new("NewDealProducts", Data);

    public static readonly Shape NewDiscount = new("NewDealDiscount", Description.Required(), Amount.Required(), DiscountType.Required());
    public static readonly Shape DiscountChanges = new("DealDiscountChanges", Description, Amount, DiscountType);

    public static readonly Shape NewInstallment = new("NewInstallment", Description.Required(), Amount.Required(), BillingDate.Required());
    public static readonly Shape InstallmentChanges = new("InstallmentChanges", Description, Amount, BillingDate);

    public static Seq<DealProductPatch> ReadMany(Body body) => body.Get(Data).Or([]);

    /// <summary>The page's defaults, where the engine would take the product's own tax and billing.</summary>
    public static DealProductPatch ReadNew(Body body)
    {
        var sent = Read(body);
        return sent with { Tax = sent.Tax.Or(0), Billing = sent.Billing.Or(BillingFrequency.OneTime) };
    }

    public static DealProductPatch Read(Body body) => new()
    {
        ProductId = body.Get(ProductId).As(id => (long?)id),
        VariationId = body.Clearable(VariationId),
        ItemPrice = body.Get(ItemPrice),
        Quantity = body.Get(Quantity),
        Discount = body.Get(Discount),
        DiscountType = body.Get(LineDiscountType),
        Tax = body.Get(Tax),
        TaxMethod = body.Get(TaxMethod),
        Comments = body.Get(Comments).As(text => (string?)text),
        IsEnabled = body.Get(IsEnabled),
        Billing = body.Get(Billing),
        Cycles = body.Clearable(Cycles).As(cycles => (int?)cycles),
        BillingStart = body.Clearable(BillingStart),
    };

    public static DealDiscountPatch ReadDiscount(Body body) => new()
    {
        Description = body.Get(Description).As(text => (string?)text),
        Amount = body.Get(Amount),
        Type = body.Get(DiscountType),
    };

    public static InstallmentPatch ReadInstallment(Body body) => new()
    {
        Description = body.Get(Description).As(text => (string?)text),
        Amount = body.Get(Amount),
        BillingDate = body.Get(BillingDate),
    };
}
