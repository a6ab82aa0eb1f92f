using Tributary.Core.Insights;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Goals;

/// <summary>The SQL of goals.</summary>
internal static class GoalStore
{
    private const string Columns =
        "id, uid, owner_id, pipeline_id, period, value_units, currency, holds_from, holds_until, added_at, updated_at, version";

    /// <summary>Oldest first; there are at most <see cref="GoalRules.MaxPerWorkspace"/>.</summary>
    public static async Task<IReadOnlyList<Goal>> All(Tx tx) =>
        [.. (await tx.Many<Row>($"SELECT {Columns} FROM goals WHERE workspace_id = @Workspace ORDER BY id", new { tx.Workspace }))
            .Select(Goal)];

    public static Task<int> Insert(Tx tx, Goal goal) => tx.Run($"""
        INSERT INTO goals (workspace_id, {Columns})
        VALUES (@Workspace, @Id, @Uid, @OwnerId, @PipelineId, @period, @units, @Currency, @From, @Until, @AddedAt, @UpdatedAt, @Version)
        """, Values(tx, goal));

    /// <returns>False when someone else changed the goal meanwhile.</returns>
    public static async Task<bool> Update(Tx tx, Goal goal) => await tx.Run("""
        UPDATE goals
        SET owner_id = @OwnerId, pipeline_id = @PipelineId, period = @period, value_units = @units, currency = @Currency,
            holds_from = @From, holds_until = @Until, updated_at = @UpdatedAt, version = @Version
        WHERE workspace_id = @Workspace AND id = @Id AND version = @Version - 1
        """, Values(tx, goal)) == 1;

    public static Task<int> Delete(Tx tx, long id) =>
        tx.Run("DELETE FROM goals WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });

    private static object Values(Tx tx, Goal goal) => new
    {
        tx.Workspace,
        goal.Id,
        goal.Uid,
        goal.OwnerId,
        goal.PipelineId,
        period = GoalRules.Word(goal.Period),
        units = Money.ToUnits(goal.Value),
        goal.Currency,
        goal.From,
        goal.Until,
        goal.AddedAt,
        goal.UpdatedAt,
        goal.Version,
    };

    private static Goal Goal(Row row) => new()
    {
        Id = row.Id,
        Uid = row.Uid,
        OwnerId = row.OwnerId,
        PipelineId = row.PipelineId,
        Period = row.Period is "quarter" ? Interval.Quarter : Interval.Month,
        Value = Money.ToAmount(row.ValueUnits),
        Currency = row.Currency,
        From = row.HoldsFrom,
        Until = row.HoldsUntil,
        AddedAt = row.AddedAt,
        UpdatedAt = row.UpdatedAt,
        Version = row.Version,
    };

    private sealed record Row
    {
        public long Id { get; init; }
        public Guid Uid { get; init; }
        public long? OwnerId { get; init; }
        public long? PipelineId { get; init; }
        public string Period { get; init; } = "";
        public long ValueUnits { get; init; }
        public string Currency { get; init; } = "";
        public DateOnly HoldsFrom { get; init; }
        public DateOnly? HoldsUntil { get; init; }
        public DateTimeOffset AddedAt { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
        public long Version { get; init; }
    }
}
