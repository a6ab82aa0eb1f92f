using Tributary.Core.Kernel;
using Tributary.Core.Products;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Deals;

/// <summary>What our own API reads of what a deal sells, what it takes off, and how it is paid.</summary>
internal static class SaleBody
{
    private static readonly Member<long> VariationId = Members.Id("variation_id", "One of the product's variations.").Nullable();
    private static readonly Member<decimal> ItemPrice = Members.Number("item_price", "Left out: the product's in the deal's currency.");
    private static readonly Member<decimal> Quantity = Members.Number("quantity", "May be fractional, and may be zero.");
    private static readonly Member<decimal> Discount = Members.Number("discount", "");
    private static readonly Member<DiscountType> LineDiscountType = Members.Word("discount_type", "", Words.DiscountTypes);
    private static readonly Member<decimal> Tax = Members.Number("tax", "Percent.");
    private static readonly Member<TaxMethod> TaxMethod =
        Members.Word("tax_method", "Given on one line, it becomes the method of every line of the deal.", Words.TaxMethods);
    private static readonly Member<string> Comments = Members.LongText("comments", "").Nullable();
    private static readonly Member<bool> IsEnabled = Members.Flag("is_enabled", "A line that is not enabled counts for nothing.");
    private static readonly Member<BillingFrequency> Billing = Members.Word("billing_frequency", "", Words.Billings);
    private static readonly Member<long> Cycles =
        Members.Whole("billing_cycles", "null: once for a one-time line, until cancelled for a recurring one.", 1, 1000).Nullable();
    private static readonly Member<DateOnly> BillingStart = Members.Day("billing_start", "").Nullable();

    private static readonly Member<string> Description = Members.Text("description", "");
    private static readonly Member<decimal> Amount = Members.Number("amount", "More than 0.");
    private static readonly Member<DiscountType> DiscountType = Members.Word("type", "", Words.DiscountTypes);
    private static readonly Member<DateOnly> BillingOn = Members.Day("billing_on", "The day it is charged.");

    private static readonly Member[] Line =
        [VariationId, ItemPrice, Quantity, Discount, LineDiscountType, Tax, TaxMethod, Comments, IsEnabled, Billing, Cycles, BillingStart];

    public static readonly Shape NewLine = new("NewDealProduct", [RecordMembers.ProductId, .. Line]);
    public static readonly Shape LinePatch = new("DealProductPatch", [RecordMembers.ProductId, .. Line]);
    public static readonly Member<Seq<DealProductPatch>> Lines =
        Members.List("products", "All of them or none.", Members.Object("products", "", NewLine, ReadLine), DealProductService.MaxAtOnce)
        .Required();

    public static readonly Shape NewDiscount = new("NewDealDiscount", Description.Required(), Amount.Required(), DiscountType.Required());
    public static readonly Shape DiscountPatch = new("DealDiscountPatch", Description, Amount, DiscountType);

    public static readonly Shape NewInstallment = new("NewInstallment", Description.Required(), Amount.Required(), BillingOn.Required());
    public static readonly Shape InstallmentPatch = new("InstallmentPatch", Description, Amount, BillingOn);

    public static DealProductPatch ReadLine(Body body) => new()
    {
        ProductId = body.Clearable(RecordMembers.ProductId),
        VariationId = body.Clearable(VariationId),
        ItemPrice = body.Get(ItemPrice),
        Quantity = body.Get(Quantity),
        Discount = body.Get(Discount),
        DiscountType = body.Get(LineDiscountType),
        Tax = body.Get(Tax),
        TaxMethod = body.Get(TaxMethod),
        Comments = body.ClearableText(Comments),
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
        BillingDate = body.Get(BillingOn),
    };
}
