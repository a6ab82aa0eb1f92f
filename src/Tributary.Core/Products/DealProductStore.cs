using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Products;

/// <summary>The SQL of the lines of deals.</summary>
internal static class DealProductStore
{
    private static readonly ListSource Source = new("deal_product", "deal_products",
    [
        ListSources.Whole("id") with { CanSort = true },
        ListSources.Whole("deal_id") with { CanSort = true },
        ListSources.Whole("order_nr") with { CanSort = true },
        ListSources.Instant("added_at"),
        ListSources.Instant("updated_at"),
        ListSources.Id("product_id"),
    ])
    { IsGuarded = false };

    // A product that is no longer in the catalogue has no id here (Pipedrive's changelog on deleted products); the row keeps it, for a
    // restore.
    private const string Columns = """
        id, uid, deal_id,
        CASE WHEN EXISTS (SELECT 1 FROM products p
        WHERE p.workspace_id = @Workspace AND p.id = deal_products.product_id AND p.deleted_at IS NULL) THEN product_id END AS product_id,
        variation_id, name, item_price_units, quantity_units, currency, discount_units, discount_type, tax_units, tax_method, comments,
        is_enabled, billing_frequency, billing_cycles, billing_start, order_nr, added_at, updated_at
        """;

    /// <summary>A deal's lines in the order they were added.</summary>
    public static Task<IReadOnlyList<DealProduct>> OfDeal(Tx tx, long dealId) => OfDeals(tx, [dealId]);

    /// <summary>The lines of many deals, each deal's in the order they were added.</summary>
    public static async Task<IReadOnlyList<DealProduct>> OfDeals(Tx tx, IReadOnlyCollection<long> dealIds) => [.. (await tx.Many<Row>($"""
        SELECT {Columns}
        FROM deal_products
        WHERE workspace_id = @Workspace AND {tx.Sql.In("deal_id", "dealIds")}
        ORDER BY deal_id, id
        """, new { tx.Workspace, dealIds = tx.Sql.List(dealIds) })).Select(row => row.Line)];

    public static Task<bool> Exists(Tx tx, long id) => tx.One<bool>("""
        SELECT COUNT(*) > 0
        FROM deal_products
        WHERE workspace_id = @Workspace AND id = @id
        """, new { tx.Workspace, id });

    public static async Task<DealProduct?> Find(Tx tx, long dealId, long id) => (await tx.One<Row>($"""
        SELECT {Columns}
        FROM deal_products
        WHERE workspace_id = @Workspace AND id = @id AND deal_id = @dealId
        """, new { tx.Workspace, id, dealId }))?.Line;

    public static async Task<Page<DealProduct>> List(Tx tx, Caller caller, IReadOnlyList<long> dealIds, ListQuery query)
    {
        var page = await ListStore.Rows<Row>(tx, caller, Source, Columns,
            query.And(Condition.Test("deal_id", Operator.In, [.. dealIds.Select(id => (Operand)id)])) with { Scope = Scope.Any });
        return page.Select(row => row.Line);
    }

    public static Task Insert(Tx tx, DealProduct line) => tx.Run("""
        INSERT INTO deal_products (workspace_id, id, uid, deal_id, product_id, variation_id, name, item_price_units, quantity_units,
            currency, discount_units, discount_type, tax_units, tax_method, comments, is_enabled, billing_frequency, billing_cycles,
            billing_start, order_nr, added_at, updated_at)
        VALUES (@Workspace, @Id, @Uid, @DealId, @ProductId, @VariationId, @Name, @itemPrice, @quantity, @Currency, @discount,
            @discountType, @tax, @taxMethod, @Comments, @IsEnabled, @billing, @Cycles, @BillingStart, @OrderNr, @AddedAt, @UpdatedAt)
        """, Values(tx, line));

    /// <summary>No line is ever taken off its product, so none here means: the one it had, deleted or not.</summary>
    public static Task Update(Tx tx, DealProduct line) => tx.Run("""
        UPDATE deal_products SET product_id = COALESCE(@ProductId, product_id), variation_id = @VariationId, name = @Name,
            item_price_units = @itemPrice, quantity_units = @quantity, discount_units = @discount, discount_type = @discountType,
            tax_units = @tax, tax_method = @taxMethod, comments = @Comments, is_enabled = @IsEnabled, billing_frequency = @billing,
            billing_cycles = @Cycles, billing_start = @BillingStart, order_nr = @OrderNr, updated_at = @UpdatedAt
        WHERE workspace_id = @Workspace AND id = @Id
        """, Values(tx, line));

    public static Task Delete(Tx tx, long id) =>
        tx.Run("DELETE FROM deal_products WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });

    /// <summary>
    /// Lines are always in their deal's currency; a deal that changes it keeps the numbers, in its value and in its lines.
    /// </summary>
    public static Task SetCurrency(Tx tx, long dealId, string currency) => tx.Run(
        "UPDATE deal_products SET currency = @currency, updated_at = @Now WHERE workspace_id = @Workspace AND deal_id = @dealId",
        new { tx.Workspace, dealId, currency, tx.Now });

    private static object Values(Tx tx, DealProduct line) => new
    {
        tx.Workspace,
        line.Id,
        line.Uid,
        line.DealId,
        line.ProductId,
        line.VariationId,
        line.Name,
        itemPrice = Money.ToUnits(line.ItemPrice),
        quantity = Money.ToUnits(line.Quantity),
        line.Currency,
        discount = Money.ToUnits(line.Discount),
        discountType = SaleWords.Word(line.DiscountType),
        tax = Money.ToUnits(line.Tax),
        taxMethod = SaleWords.Word(line.TaxMethod),
        line.Comments,
        line.IsEnabled,
        billing = SaleWords.Word(line.Billing),
        line.Cycles,
        line.BillingStart,
        line.OrderNr,
        line.AddedAt,
        line.UpdatedAt,
    };

    private sealed record Row
    {
        public long Id { get; init; }
        public Guid Uid { get; init; }
        public long DealId { get; init; }
        public long? ProductId { get; init; }
        public long? VariationId { get; init; }
        public string? Name { get; init; }
        public long ItemPriceUnits { get; init; }
        public long QuantityUnits { get; init; }
        public required string Currency { get; init; }
        public long DiscountUnits { get; init; }
        public DiscountType DiscountType { get; init; }
        public long TaxUnits { get; init; }
        public TaxMethod TaxMethod { get; init; }
        public required string Comments { get; init; }
        public bool IsEnabled { get; init; }
        public required string BillingFrequency { get; init; }
        public int? BillingCycles { get; init; }
        public DateOnly? BillingStart { get; init; }
        public int OrderNr { get; init; }
        public DateTimeOffset AddedAt { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }

        public DealProduct Line => new()
        {
            Id = Id,
            Uid = Uid,
            DealId = DealId,
            ProductId = ProductId,
            VariationId = VariationId,
            Name = Name,
            ItemPrice = Money.ToAmount(ItemPriceUnits),
            Quantity = Money.ToAmount(QuantityUnits),
            Currency = Currency,
            Discount = Money.ToAmount(DiscountUnits),
            DiscountType = DiscountType,
            Tax = Money.ToAmount(TaxUnits),
            TaxMethod = TaxMethod,
            Comments = Comments,
            IsEnabled = IsEnabled,
            Billing = SaleWords.Billing(BillingFrequency),
            Cycles = BillingCycles,
            BillingStart = BillingStart,
            OrderNr = OrderNr,
            AddedAt = AddedAt,
            UpdatedAt = UpdatedAt,
        };
    }
}
