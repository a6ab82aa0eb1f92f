using Tributary.Core.Products;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Deals;

/// <summary>How our own API spells what a deal sells, what it takes off, and how it is paid.</summary>
internal static class SaleWire
{
    public static readonly Wire<DealProduct> Line =
        new Wire<DealProduct>("DealProduct", "A product as sold in one deal, in the deal's currency.")
        .Whole("id", l => l.Id)
        .Uid("uid", l => l.Uid)
        .Whole("deal_id", l => l.DealId)
        .Whole("product_id", l => l.ProductId, "null when the product is no longer in the catalogue.")
        .Whole("variation_id", l => l.VariationId)
        .Text("name", l => l.Name)
        .Number("item_price", l => l.ItemPrice)
        .Number("quantity", l => l.Quantity)
        .Text("currency", l => l.Currency, nullable: false)
        .Number("discount", l => l.Discount)
        .Word("discount_type", l => Words.Spell(Words.DiscountTypes, l.DiscountType), Words.Spellings(Words.DiscountTypes))
        .Number("tax", l => l.Tax, "Percent.")
        .Word("tax_method", l => Words.Spell(Words.TaxMethods, l.TaxMethod), Words.Spellings(Words.TaxMethods),
            "The same on every line of a deal.")
        .Text("comments", l => l.Comments, nullable: false)
        .Flag("is_enabled", l => l.IsEnabled, "A line that is not enabled counts for nothing.")
        .Word("billing_frequency", l => Words.Spell(Words.Billings, l.Billing), Words.Spellings(Words.Billings))
        .Whole("billing_cycles", l => l.Cycles, "null is once for a one-time line and until cancelled for a recurring one.")
        .Day("billing_start", l => l.BillingStart)
        .Whole("order_nr", l => l.OrderNr)
        .Instant("added_at", l => l.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("updated_at", l => l.UpdatedAt, TimeStyle.IsoMilliseconds);

    public static readonly Wire<DealDiscount> Discount =
        new Wire<DealDiscount>("DealDiscount", "A discount on the one-time part of a whole deal.")
        .Uid("uid", d => d.Id)
        .Whole("deal_id", d => d.DealId)
        .Text("description", d => d.Description, nullable: false)
        .Number("amount", d => d.Amount)
        .Word("type", d => Words.Spell(Words.DiscountTypes, d.Type), Words.Spellings(Words.DiscountTypes))
        .Instant("added_at", d => d.CreatedAt, TimeStyle.IsoMilliseconds)
        .Whole("added_by", d => d.CreatedBy)
        .Instant("updated_at", d => d.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("updated_by", d => d.UpdatedBy);

    public static readonly Wire<Installment> Installment =
        new Wire<Installment>("Installment", "One part of a one-time deal's value and the day it is charged.")
        .Whole("id", i => i.Id)
        .Whole("deal_id", i => i.DealId)
        .Text("description", i => i.Description, nullable: false)
        .Number("amount", i => i.Amount)
        .Day("billing_on", i => i.BillingDate);
}
