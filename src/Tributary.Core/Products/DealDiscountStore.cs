using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Products;

/// <summary>The SQL of the discounts of deals.</summary>
internal static class DealDiscountStore
{
    /// <summary>A deal's discounts in the order they were added, which is the order they are taken in.</summary>
    public static async Task<IReadOnlyList<DealDiscount>> OfDeal(Tx tx, long dealId) =>
        Discounts(await tx.Many<Row>(Select("deal_id = @dealId"), new { tx.Workspace, dealId }));

    /// <summary>Those of several deals, each deal's in that order.</summary>
    public static async Task<IReadOnlyList<DealDiscount>> OfDeals(Tx tx, IReadOnlyCollection<long> dealIds) =>
        Discounts(await tx.Many<Row>(Select(tx.Sql.In("deal_id", "dealIds")), new { tx.Workspace, dealIds = tx.Sql.List(dealIds) }));

    private static string Select(string deals) => $"""
        SELECT uid, deal_id, description, amount_units, type, added_at, added_by, updated_at, updated_by
        FROM deal_discounts
        WHERE workspace_id = @Workspace AND {deals}
        ORDER BY added_at, uid
        """;

    private static IReadOnlyList<DealDiscount> Discounts(IReadOnlyList<Row> rows) => [.. rows.Select(row => row.Discount)];

    public static Task Insert(Tx tx, DealDiscount discount) => tx.Run("""
        INSERT INTO deal_discounts (workspace_id, uid, deal_id, description, amount_units, type, added_at, added_by, updated_at, updated_by)
        VALUES (@Workspace, @Id, @DealId, @Description, @amount, @type, @CreatedAt, @createdBy, @UpdatedAt, @updatedBy)
        """, Values(tx, discount));

    public static Task Update(Tx tx, DealDiscount discount) => tx.Run("""
        UPDATE deal_discounts SET description = @Description, amount_units = @amount, type = @type, updated_at = @UpdatedAt,
            updated_by = @updatedBy
        WHERE workspace_id = @Workspace AND uid = @Id
        """, Values(tx, discount));

    public static Task Delete(Tx tx, Guid id) =>
        tx.Run("DELETE FROM deal_discounts WHERE workspace_id = @Workspace AND uid = @id", new { tx.Workspace, id });

    // Ids of users are never 0; the engine itself, which has none, is kept as nobody.
    private static object Values(Tx tx, DealDiscount discount) => new
    {
        tx.Workspace,
        discount.Id,
        discount.DealId,
        discount.Description,
        amount = Money.ToUnits(discount.Amount),
        type = SaleWords.Word(discount.Type),
        discount.CreatedAt,
        createdBy = discount.CreatedBy == 0 ? (long?)null : discount.CreatedBy,
        discount.UpdatedAt,
        updatedBy = discount.UpdatedBy == 0 ? (long?)null : discount.UpdatedBy,
    };

    private sealed record Row
    {
        public Guid Uid { get; init; }
        public long DealId { get; init; }
        public required string Description { get; init; }
        public long AmountUnits { get; init; }
        public DiscountType Type { get; init; }
        public DateTimeOffset AddedAt { get; init; }
        public long? AddedBy { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
        public long? UpdatedBy { get; init; }

        public DealDiscount Discount => new()
        {
            Id = Uid,
            DealId = DealId,
            Description = Description,
            Amount = Money.ToAmount(AmountUnits),
            Type = Type,
            CreatedAt = AddedAt,
            CreatedBy = AddedBy ?? 0,
            UpdatedAt = UpdatedAt,
            UpdatedBy = UpdatedBy ?? 0,
        };
    }
}
