using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Products;

/// <summary>The SQL of the catalogue: products with their variations and prices.</summary>
internal static class ProductStore
{
    private const string Columns =
        "id, uid, name, code, description, unit, tax_units, category, owner_id, is_linkable, visible_to, billing_frequency, billing_cycles, label_ids, custom, added_at, added_by, updated_at, updated_by, deleted_at, deleted_by, version";

    public static async Task<Product?> Find(Tx tx, long id) => (await Whole(tx, await tx.Many<Row>($"""
        SELECT {Columns}
        FROM products
        WHERE workspace_id = @Workspace AND id = @id
        """, new { tx.Workspace, id }))) is [var product] ? product : null;

    public static async Task<Product?> Find(Tx tx, Guid uid) => (await Whole(tx, await tx.Many<Row>($"""
        SELECT {Columns}
        FROM products
        WHERE workspace_id = @Workspace AND uid = @uid
        """, new { tx.Workspace, uid }))) is [var product] ? product : null;

    public static async Task<Product?> FindForUpdate(Tx tx, long id) => (await Whole(tx, await tx.Many<Row>($"""
        SELECT {Columns}
        FROM products
        WHERE workspace_id = @Workspace AND id = @id
        {tx.Sql.ForUpdate}
        """, new { tx.Workspace, id }))) is [var product] ? product : null;

    /// <summary>In the order of the ids; those that are not there are left out.</summary>
    public static async Task<IReadOnlyList<Product>> FindMany(Tx tx, IReadOnlyCollection<long> ids) =>
        await Whole(tx, await tx.Many<Row>($"""
        SELECT {Columns}
        FROM products
        WHERE workspace_id = @Workspace AND {tx.Sql.In("id", "ids")}
        ORDER BY id
        """, new { tx.Workspace, ids = tx.Sql.List(ids) }));

    public static async Task<Page<Product>> List(Tx tx, Caller caller, ListQuery query)
    {
        var page = await ListStore.Rows<Row>(tx, caller, ListSources.Products, Columns, query);
        return new(await Whole(tx, page.Items), page.NextCursor, page.HasMore, page.Total);
    }

    public static async Task Insert(Tx tx, Product product)
    {
        await tx.Run($"""
            INSERT INTO products (workspace_id, id, uid, name, name_folded, code, description, unit, tax_units, category, owner_id,
                is_linkable, visible_to, billing_frequency, billing_cycles, label_ids, custom, added_at, added_by, updated_at, updated_by,
                deleted_at, deleted_by, version)
            VALUES (@Workspace, @Id, @Uid, @Name, @nameFolded, @Code, @Description, @Unit, @taxUnits, @Category, @OwnerId, @IsLinkable,
                @VisibleTo, @billing, @Cycles, {tx.Sql.Json("LabelIds")}, {tx.Sql.Json("Custom")}, @AddedAt, @AddedBy, @UpdatedAt,
                @UpdatedBy, @DeletedAt, @DeletedBy, @Version)
            """, Values(tx, product));
        await PutPrices(tx, product.Id, 0, product.Prices);
        foreach (var variation in product.Variations) await InsertVariation(tx, product.Id, variation);
    }

    /// <summary>Refuses as stale when someone else was faster.</summary>
    public static async Task Update(Tx tx, Product before, Product after)
    {
        var updated = await tx.Run($"""
            UPDATE products SET name = @Name, name_folded = @nameFolded, code = @Code, description = @Description, unit = @Unit,
                tax_units = @taxUnits, category = @Category, owner_id = @OwnerId, is_linkable = @IsLinkable, visible_to = @VisibleTo,
                billing_frequency = @billing, billing_cycles = @Cycles, label_ids = {tx.Sql.Json("LabelIds")},
                custom = {tx.Sql.Json("Custom")}, updated_at = @UpdatedAt, updated_by = @UpdatedBy, deleted_at = @DeletedAt,
                deleted_by = @DeletedBy, version = @Version
            WHERE workspace_id = @Workspace AND id = @Id AND version = @Version - 1
            """, Values(tx, after));
        if (updated == 0) throw Problem.Stale("product", after.Id);

        if (after.Prices != before.Prices) await ReplacePrices(tx, after.Id, 0, after.Prices);
        foreach (var (old, @new) in Places.Differences(before.Variations, after.Variations, variation => variation.Id))
        {
            if (old is null) await InsertVariation(tx, after.Id, @new!);
            else if (@new is null) await DeleteVariation(tx, after.Id, old.Id);
            else await UpdateVariation(tx, after.Id, @new);
        }
    }

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

    private static object Values(Tx tx, Product product) => new
    {
        tx.Workspace,
        product.Id,
        product.Uid,
        product.Name,
        nameFolded = Folding.Fold(product.Name),
        product.Code,
        product.Description,
        product.Unit,
        taxUnits = Money.ToUnits(product.Tax),
        product.Category,
        product.OwnerId,
        product.IsLinkable,
        product.VisibleTo,
        billing = SaleWords.Word(product.Billing),
        product.Cycles,
        product.LabelIds,
        product.Custom,
        product.AddedAt,
        product.AddedBy,
        product.UpdatedAt,
        product.UpdatedBy,
        product.DeletedAt,
        product.DeletedBy,
        product.Version,
    };

    private static long? Units(decimal? amount) => amount is { } known ? Money.ToUnits(known) : null;

    private static decimal? Amount(long? units) => units is { } known ? Money.ToAmount(known) : null;

    private sealed record Row
    {
        public long Id { get; init; }
        public Guid Uid { get; init; }
        public required string Name { get; init; }
        public string? Code { get; init; }
        public string? Description { get; init; }
        public string? Unit { get; init; }
        public long TaxUnits { get; init; }
        public string? Category { get; init; }
        public long? OwnerId { get; init; }
        public bool IsLinkable { get; init; }
        public int VisibleTo { get; init; }
        public required string BillingFrequency { get; init; }
        public int? BillingCycles { get; init; }
        public Seq<long> LabelIds { get; init; } = [];
        public CustomValues Custom { get; init; } = CustomValues.None;
        public DateTimeOffset AddedAt { get; init; }
        public long? AddedBy { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
        public long? UpdatedBy { get; init; }
        public DateTimeOffset? DeletedAt { get; init; }
        public long? DeletedBy { get; init; }
        public long Version { get; init; }

        public Product Product => new()
        {
            Id = Id,
            Uid = Uid,
            Name = Name,
            Code = Code,
            Description = Description,
            Unit = Unit,
            Tax = Money.ToAmount(TaxUnits),
            Category = Category,
            OwnerId = OwnerId,
            IsLinkable = IsLinkable,
            VisibleTo = VisibleTo,
            Billing = SaleWords.Billing(BillingFrequency),
            Cycles = BillingCycles,
            LabelIds = LabelIds,
            Custom = Custom,
            AddedAt = AddedAt,
            AddedBy = AddedBy,
            UpdatedAt = UpdatedAt,
            UpdatedBy = UpdatedBy,
            DeletedAt = DeletedAt,
            DeletedBy = DeletedBy,
            Version = Version,
        };
    }

    private sealed record VariationRow
    {
        public long Id { get; init; }
        public Guid Uid { get; init; }
        public long ProductId { get; init; }
        public required string Name { get; init; }
        public DateTimeOffset AddedAt { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
    }

    private sealed record PriceRow
    {
        public long ProductId { get; init; }
        public long VariationId { get; init; }
        public required string Currency { get; init; }
        public long PriceUnits { get; init; }
        public long? CostUnits { get; init; }
        public long? DirectCostUnits { get; init; }
        public string? Notes { get; init; }

        public ProductPrice Price => new()
        {
            Currency = Currency,
            Price = Money.ToAmount(PriceUnits),
            Cost = Amount(CostUnits),
            DirectCost = Amount(DirectCostUnits),
            Notes = Notes,
        };
    }
}
