using Tributary.Core.Kernel;
using Tributary.Core.Products;
using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

/// <summary>The SQL that takes all that hangs on a deal somewhere else: to another deal, to a copy, or away.</summary>
internal static class DealBelongings
{
    private static readonly string[] Moving = ["activities", "notes", "files", "mail_messages", "deal_discounts", "installments"];

    /// <summary>Everything but products, people and history.</summary>
    public static async Task Move(Tx tx, long fromDealId, long toDealId)
    {
        foreach (var table in Moving)
        {
            await tx.Run($"UPDATE {table} SET deal_id = @toDealId WHERE workspace_id = @Workspace AND deal_id = @fromDealId",
                new { tx.Workspace, fromDealId, toDealId });
        }
        await tx.Run("""
            UPDATE search_docs SET subject_id = @toDealId
            WHERE workspace_id = @Workspace AND subject = 'deal' AND subject_id = @fromDealId AND field = 'notes'
            """, new { tx.Workspace, fromDealId, toDealId });
        await tx.Run("""
            UPDATE external_ids SET subject_id = @toDealId
            WHERE workspace_id = @Workspace AND subject = 'deal' AND subject_id = @fromDealId
            """, new { tx.Workspace, fromDealId, toDealId });
    }

    /// <summary>The lines go behind those that are there and are taxed as they are.</summary>
    public static Task MoveLines(Tx tx, long fromDealId, long toDealId, int behind, TaxMethod? method) => tx.Run("""
        UPDATE deal_products SET deal_id = @toDealId, order_nr = order_nr + @behind, tax_method = COALESCE(@method, tax_method)
        WHERE workspace_id = @Workspace AND deal_id = @fromDealId
        """, new { tx.Workspace, fromDealId, toDealId, behind, method = method?.ToString().ToLowerInvariant() });

    public static Task<int> Installments(Tx tx, long dealId) =>
        tx.One<int>("SELECT COUNT(*) FROM installments WHERE workspace_id = @Workspace AND deal_id = @dealId",
            new { tx.Workspace, dealId });

    /// <summary>Copies products and discounts; a copy has ids of its own.</summary>
    public static async Task Copy(Tx tx, Caller caller, long fromDealId, long toDealId)
    {
        var lines = await DealProductStore.OfDeal(tx, fromDealId);
        var ids = lines.Count == 0 ? [] : await tx.NextIds("deal_product_ids", lines.Count);
        foreach (var (line, id) in lines.Zip(ids))
        {
            await tx.Run("""
                INSERT INTO deal_products (workspace_id, id, uid, deal_id, product_id, variation_id, name, item_price_units, quantity_units,
                                           currency, discount_units, discount_type, tax_units, tax_method, comments, is_enabled,
                                           billing_frequency, billing_cycles, billing_start, order_nr, added_at, updated_at)
                SELECT workspace_id, @id, @uid, @toDealId, product_id, variation_id, name, item_price_units, quantity_units, currency,
                       discount_units, discount_type, tax_units, tax_method, comments, is_enabled, billing_frequency, billing_cycles,
                       billing_start, order_nr, @Now, @Now
                FROM deal_products
                WHERE workspace_id = @Workspace AND id = @original
                """, new { tx.Workspace, id, uid = tx.NextUid(), toDealId, tx.Now, original = line.Id });
        }
        foreach (var discount in await DealDiscountStore.OfDeal(tx, fromDealId))
        {
            await tx.Run("""
                INSERT INTO deal_discounts (workspace_id, uid, deal_id, description, amount_units, type, added_at, added_by, updated_at,
                    updated_by)
                SELECT workspace_id, @uid, @toDealId, description, amount_units, type, @Now, @by, @Now, @by
                FROM deal_discounts
                WHERE workspace_id = @Workspace AND uid = @original
                """, new { tx.Workspace, uid = tx.NextUid(), toDealId, tx.Now, by = caller.UserId, original = discount.Id });
        }
    }
}
