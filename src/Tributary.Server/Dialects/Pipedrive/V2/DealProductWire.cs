using Tributary.Core.Products;
using Tributary.Server.Api;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>What a deal sells, what it takes off, and how it is paid, as v2 shows it (appendix A20 to A24).</summary>
internal static class DealProductWire
{
    public static readonly Wire<DealProduct> Line =
        new Wire<DealProduct>("DealProduct", "A product attached to a deal, in the deal's currency.")
        .Whole("id", l => l.Id)
        .Number("sum", RevenueRules.LineSum, "price × quantity, less the discount; exclusive tax is added. Of one billing.")
        .Number("tax", l => l.Tax, "Percent.")
        .Whole("deal_id", l => l.DealId)
        .Text("name", l => l.ProductId is null ? null : l.Name, "null when the product was deleted.")
        .Whole("product_id", l => l.ProductId, "null when the product was deleted.")
        .Whole("product_variation_id", l => l.VariationId)
        .Whole("order_nr", l => l.OrderNr)
        .Instant("add_time", l => l.AddedAt, Spell.V2Time)
        .Instant("update_time", l => l.UpdatedAt, Spell.V2Time)
        .Text("comments", l => l.Comments, nullable: false)
        .Text("currency", l => l.Currency, nullable: false)
        .Number("discount", l => l.Discount)
        .Number("quantity", l => l.Quantity)
        .Number("item_price", l => l.ItemPrice)
        .Word("tax_method", l => SaleWords.TaxMethods.Of(l.TaxMethod), SaleWords.TaxMethods.Spellings())
        .Word("discount_type", l => SaleWords.DiscountTypes.Of(l.DiscountType), SaleWords.DiscountTypes.Spellings())
        .Flag("is_enabled", l => l.IsEnabled)
        .Word("billing_frequency", l => SaleWords.Billings.Of(l.Billing), SaleWords.Billings.Spellings())
        .Whole("billing_frequency_cycles", l => l.Cycles)
        .Day("billing_start_date", l => l.BillingStart);

    public static readonly Wire<DealDiscount> Discount =
        new Wire<DealDiscount>("DealDiscount", "A discount on the one-time products of a whole deal.")
        .Uid("id", d => d.Id)
        .Text("description", d => d.Description, nullable: false)
        .Number("amount", d => d.Amount)
        .Word("type", d => SaleWords.DiscountTypes.Of(d.Type), SaleWords.DiscountTypes.Spellings())
        .Whole("deal_id", d => d.DealId)
        .Instant("created_at", d => d.CreatedAt, Spell.V2Time)
        .Whole("created_by", d => d.CreatedBy)
        .Instant("updated_at", d => d.UpdatedAt, Spell.V2Time)
        .Whole("updated_by", d => d.UpdatedBy);

    public static readonly Wire<Installment> Installment =
        new Wire<Installment>("Installment", "A part of a deal's value and the day it is charged.")
        .Whole("id", i => i.Id)
        .Number("amount", i => i.Amount)
        .Day("billing_date", i => i.BillingDate)
        .Whole("deal_id", i => i.DealId)
        .Text("description", i => i.Description, nullable: false);

    private static readonly Wire<Guid> DiscountId = new Wire<Guid>(null).Uid("id", id => id);

    /// <summary>The specification's example shows a number here, as it does nowhere else of discounts.</summary>
    public static readonly Wire<GoneDiscount> DeletedDiscount = new Wire<GoneDiscount>("DeletedDiscountReply").Flag("success", _ => true)
        .Json("data", DiscountId.Schema(new()), (json, gone) => DiscountId.Write(json, gone.Id));
}

/// <summary>The id of a discount that was removed.</summary>
internal sealed record GoneDiscount(Guid Id);
