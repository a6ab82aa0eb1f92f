using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Products;

/// <summary>The SQL of the installments of deals.</summary>
internal static class InstallmentStore
{
    private static readonly ListSource Source = new("installment", "installments",
    [
        ListSources.Whole("id") with { CanSort = true },
        ListSources.Whole("deal_id") with { CanSort = true },
        ListSources.Day("billing_on") with { IsNullable = false },
    ])
    { IsGuarded = false };

    private const string Columns = "id, deal_id, description, amount_units, billing_on";

    public static async Task<IReadOnlyList<Installment>> OfDeal(Tx tx, long dealId) => [.. (await tx.Many<Row>($"""
        SELECT {Columns}
        FROM installments
        WHERE workspace_id = @Workspace AND deal_id = @dealId
        ORDER BY id
        """, new { tx.Workspace, dealId })).Select(row => row.Installment)];

    public static async Task<Page<Installment>> List(Tx tx, Caller caller, IReadOnlyList<long> dealIds, ListQuery query)
    {
        var page = await ListStore.Rows<Row>(tx, caller, Source, Columns,
            query.And(Condition.Test("deal_id", Operator.In, [.. dealIds.Select(id => (Operand)id)])) with { Scope = Scope.Any });
        return page.Select(row => row.Installment);
    }

    public static Task Insert(Tx tx, Installment installment) => tx.Run("""
        INSERT INTO installments (workspace_id, id, deal_id, description, amount_units, billing_on, added_at, updated_at)
        VALUES (@Workspace, @Id, @DealId, @Description, @amount, @BillingDate, @Now, @Now)
        """, Values(tx, installment));

    public static Task Update(Tx tx, Installment installment) => tx.Run("""
        UPDATE installments SET description = @Description, amount_units = @amount, billing_on = @BillingDate, updated_at = @Now
        WHERE workspace_id = @Workspace AND id = @Id
        """, Values(tx, installment));

    public static Task Delete(Tx tx, long id) =>
        tx.Run("DELETE FROM installments WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });

    private static object Values(Tx tx, Installment installment) => new
    {
        tx.Workspace,
        installment.Id,
        installment.DealId,
        installment.Description,
        amount = Money.ToUnits(installment.Amount),
        installment.BillingDate,
        tx.Now,
    };

    private sealed record Row
    {
        public long Id { get; init; }
        public long DealId { get; init; }
        public required string Description { get; init; }
        public long AmountUnits { get; init; }
        public DateOnly BillingOn { get; init; }

        public Installment Installment => new()
        {
            Id = Id,
            DealId = DealId,
            Description = Description,
            Amount = Money.ToAmount(AmountUnits),
            BillingDate = BillingOn,
        };
    }
}
