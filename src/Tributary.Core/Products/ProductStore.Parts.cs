using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Products;

// Variations and prices: a price belongs to a product (variation 0) or to one of its variations.
internal static partial class ProductStore
{
    private static async Task InsertVariation(Tx tx, long productId, ProductVariation variation)
    {
        await tx.Run("""
            INSERT INTO product_variations (workspace_id, id, uid, product_id, name, added_at, updated_at)
            VALUES (@Workspace, @Id, @Uid, @productId, @Name, @AddedAt, @UpdatedAt)
            """, new { tx.Workspace, variation.Id, variation.Uid, productId, variation.Name, variation.AddedAt, variation.UpdatedAt });
        await PutPrices(tx, productId, variation.Id, variation.Prices);
    }

    private static async Task UpdateVariation(Tx tx, long productId, ProductVariation variation)
    {
        await tx.Run("UPDATE product_variations SET name = @Name, updated_at = @UpdatedAt WHERE workspace_id = @Workspace AND id = @Id",
            new { tx.Workspace, variation.Id, variation.Name, variation.UpdatedAt });
        await ReplacePrices(tx, productId, variation.Id, variation.Prices);
    }

    private static async Task DeleteVariation(Tx tx, long productId, long id)
    {
        await ReplacePrices(tx, productId, id, []);
        await tx.Run("DELETE FROM product_variations WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });
    }

    private static async Task ReplacePrices(Tx tx, long productId, long variationId, Seq<ProductPrice> prices)
    {
        await tx.Run(
            "DELETE FROM product_prices WHERE workspace_id = @Workspace AND product_id = @productId AND variation_id = @variationId",
            new { tx.Workspace, productId, variationId });
        await PutPrices(tx, productId, variationId, prices);
    }

    private static async Task PutPrices(Tx tx, long productId, long variationId, Seq<ProductPrice> prices)
    {
        foreach (var price in prices)
        {
            await tx.Run("""
                INSERT INTO product_prices (workspace_id, product_id, variation_id, currency, price_units, cost_units, direct_cost_units,
                    notes)
                VALUES (@Workspace, @productId, @variationId, @Currency, @price, @cost, @directCost, @Notes)
                """, new { tx.Workspace, productId, variationId, price.Currency, price = Money.ToUnits(price.Price), cost = Units(price.Cost), directCost = Units(price.DirectCost), price.Notes });
        }
    }

    /// <summary>Products with what belongs to them: two more statements however many they are.</summary>
    private static async Task<IReadOnlyList<Product>> Whole(Tx tx, IReadOnlyList<Row> rows)
    {
        if (rows.Count == 0) return [];
        var scope = new { tx.Workspace, ids = tx.Sql.List([.. rows.Select(row => row.Id)]) };
        var variations = await tx.Many<VariationRow>($"""
            SELECT id, uid, product_id, name, added_at, updated_at
            FROM product_variations
            WHERE workspace_id = @Workspace AND {tx.Sql.In("product_id", "ids")}
            ORDER BY id
            """, scope);
        var prices = (await tx.Many<PriceRow>($"""
            SELECT product_id, variation_id, currency, price_units, cost_units, direct_cost_units, notes
            FROM product_prices
            WHERE workspace_id = @Workspace AND {tx.Sql.In("product_id", "ids")}
            ORDER BY currency
            """, scope)).ToLookup(price => (price.ProductId, price.VariationId), price => price.Price);
        var ofProduct = variations.ToLookup(variation => variation.ProductId, variation => new ProductVariation
        {
            Id = variation.Id,
            Uid = variation.Uid,
            Name = variation.Name,
            Prices = [.. prices[(variation.ProductId, variation.Id)]],
            AddedAt = variation.AddedAt,
            UpdatedAt = variation.UpdatedAt,
        });
        return [.. rows.Select(row => row.Product with { Prices = [.. prices[(row.Id, 0)]], Variations = [.. ofProduct[row.Id]] })];
    }

    private static long? Units(decimal? amount) => amount is { } known ? Money.ToUnits(known) : null;
}
