using System.Text.Json;
using Tributary.Core.Log;

namespace Tributary.Core.Products;

/// <summary>What the log says about lines, discounts and installments of a deal. Pure.</summary>
internal static class SaleHistory
{
    private static readonly IReadOnlyList<Tracked<DealProduct>> LineFields =
    [
        new("product_id", line => line.ProductId),
        new("variation_id", line => line.VariationId),
        new("name", line => line.Name),
        new("item_price", line => line.ItemPrice),
        new("quantity", line => line.Quantity),
        new("discount", line => line.Discount),
        new("discount_type", line => line.DiscountType),
        new("tax", line => line.Tax),
        new("tax_method", line => line.TaxMethod),
        new("comments", line => line.Comments.Length == 0 ? null : line.Comments),
        new("is_enabled", line => line.IsEnabled),
        new("billing_frequency", line => line.Billing),
        new("billing_cycles", line => line.Cycles),
        new("billing_start", line => line.BillingStart),
        new("order_nr", line => line.OrderNr),
    ];

    private static readonly IReadOnlyList<Tracked<DealDiscount>> DiscountFields =
    [
        new("description", discount => discount.Description),
        new("amount", discount => discount.Amount),
        new("type", discount => discount.Type),
    ];

    private static readonly IReadOnlyList<Tracked<Installment>> InstallmentFields =
    [
        new("description", installment => installment.Description),
        new("amount", installment => installment.Amount),
        new("billing_on", installment => installment.BillingDate),
    ];

    public static LogEntry Between(DealProduct? before, DealProduct? after) =>
        Entry("deal_product", (after ?? before)!.Id, (after ?? before)!.DealId, before, after, Tracked.Between(LineFields, before, after));

    /// <summary>A discount has no number, so its line of the log stands under the deal's and names it in the change "id".</summary>
    public static LogEntry Between(DealDiscount? before, DealDiscount? after)
    {
        var discount = (after ?? before)!;
        var id = JsonSerializer.SerializeToElement(discount.Id);
        return Entry("discount", discount.DealId, discount.DealId, before, after,
            [new("id", before is null ? null : id, after is null ? null : id), .. Tracked.Between(DiscountFields, before, after)]);
    }

    public static LogEntry Between(Installment? before, Installment? after) =>
        Entry("installment", (after ?? before)!.Id, (after ?? before)!.DealId, before, after,
            Tracked.Between(InstallmentFields, before, after));

    private static LogEntry Entry(string subject, long id, long dealId, object? before, object? after, IReadOnlyList<Change> changes) =>
        new()
        {
            Subject = subject,
            SubjectId = id,
            DealId = dealId,
            Action = before is null ? "created" : after is null ? "deleted" : "updated",
            Changes = changes,
        };
}
