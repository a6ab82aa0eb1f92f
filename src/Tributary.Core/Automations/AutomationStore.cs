using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Automations;

/// <summary>The SQL of automations.</summary>
internal static class AutomationStore
{
    private const string Columns =
        "id, uid, name, starts_on, condition, actions, is_on, off_reason, since_event_id, clock_at, runs, refusals, failures, last_run_at, added_at, added_by, updated_at, updated_by, version";

    /// <summary>Oldest first; there are at most <see cref="AutomationRules.MaxPerWorkspace"/>.</summary>
    public static async Task<IReadOnlyList<Automation>> All(Tx tx) =>
        [.. (await tx.Many<Row>($"SELECT {Columns} FROM automations WHERE workspace_id = @Workspace ORDER BY id", new { tx.Workspace }))
            .Select(Automation)];

    public static async Task<Automation?> Find(Tx tx, long id, bool forUpdate = false) => await tx.One<Row>($"""
        SELECT {Columns}
        FROM automations
        WHERE workspace_id = @Workspace AND id = @id
        {(forUpdate ? tx.Sql.ForUpdate : "")}
        """, new { tx.Workspace, id }) is { } row ? Automation(row) : null;

    /// <summary>The workspaces that have an automation that is on; asked across all of them.</summary>
    public static Task<IReadOnlyList<long>> Workspaces(Tx everywhere) =>
        everywhere.Many<long>("SELECT DISTINCT workspace_id FROM automations WHERE is_on ORDER BY workspace_id", new { });

    /// <summary>The same, of automations that the clock starts.</summary>
    public static Task<IReadOnlyList<long>> ClockedWorkspaces(Tx everywhere) =>
        everywhere.Many<long>(
            "SELECT DISTINCT workspace_id FROM automations WHERE is_on AND starts IN ('rotten', 'date_reached') ORDER BY workspace_id",
            new { });

    /// <summary>All that ever had one: where there may be old runs.</summary>
    public static Task<IReadOnlyList<long>> AllWorkspaces(Tx everywhere) =>
        everywhere.Many<long>("SELECT DISTINCT workspace_id FROM automations ORDER BY workspace_id", new { });

    public static Task<int> Insert(Tx tx, Automation automation) => tx.Run($"""
        INSERT INTO automations (workspace_id, id, uid, name, starts, starts_on, condition, actions, is_on, off_reason, since_event_id,
                                 clock_at, runs, refusals, failures, added_at, added_by, updated_at, updated_by, version)
        VALUES (@Workspace, @Id, @Uid, @Name, @starts, {tx.Sql.Json("startsOn")}, {tx.Sql.Json("condition")}, {tx.Sql.Json("actions")},
                @IsOn, @OffReason, @SinceEventId, @ClockAt, 0, 0, 0, @AddedAt, @AddedBy, @UpdatedAt, @UpdatedBy, @Version)
        """, Values(tx, automation));

    public static Task<int> Update(Tx tx, Automation automation) => tx.Run($"""
        UPDATE automations
        SET name = @Name, starts = @starts, starts_on = {tx.Sql.Json("startsOn")}, condition = {tx.Sql.Json("condition")},
            actions = {tx.Sql.Json("actions")}, is_on = @IsOn, off_reason = @OffReason, since_event_id = @SinceEventId, clock_at = @ClockAt,
            failures = @Failures, updated_at = @UpdatedAt, updated_by = @UpdatedBy, version = @Version
        WHERE workspace_id = @Workspace AND id = @Id
        """, Values(tx, automation));

    public static Task<int> Delete(Tx tx, long id) =>
        tx.Run("DELETE FROM automations WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });

    public static Task<int> SetClock(Tx tx, long id) =>
        tx.Run("UPDATE automations SET clock_at = @Now WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id, tx.Now });

    /// <summary>A run ended; counts are no change of the automation.</summary>
    public static Task<int> Count(Tx tx, long id, bool isDone) => tx.Run(isDone
        ? "UPDATE automations SET runs = runs + 1, failures = 0, last_run_at = @Now WHERE workspace_id = @Workspace AND id = @id"
        : "UPDATE automations SET refusals = refusals + 1, failures = failures + 1, last_run_at = @Now WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id, tx.Now });

    private static object Values(Tx tx, Automation automation) => new
    {
        tx.Workspace,
        automation.Id,
        automation.Uid,
        automation.Name,
        starts = AutomationJson.Word(automation.Trigger.Kind),
        startsOn = AutomationJson.Write(automation.Trigger).ToJsonString(Documents.Options),
        condition = ConditionJson.Write(automation.Filter),
        actions = AutomationJson.Write(automation.Actions).ToJsonString(Documents.Options),
        automation.IsOn,
        automation.OffReason,
        automation.SinceEventId,
        automation.ClockAt,
        automation.Failures,
        automation.AddedAt,
        automation.AddedBy,
        automation.UpdatedAt,
        automation.UpdatedBy,
        automation.Version,
    };

    private static Automation Automation(Row row)
    {
        var wrong = new List<FieldError>();
        using var startsOn = JsonDocument.Parse(row.StartsOn);
        using var actions = JsonDocument.Parse(row.Actions);
        return new()
        {
            Id = row.Id,
            Uid = row.Uid,
            Name = row.Name,
            Trigger = AutomationJson.Trigger(startsOn.RootElement, wrong)
                ?? throw new InvalidOperationException("A trigger that was stored is spelled well."),
            Filter = ConditionJson.Read(row.Condition),
            Actions = AutomationJson.ReadActions(actions.RootElement, wrong),
            IsOn = row.IsOn,
            OffReason = row.OffReason,
            SinceEventId = row.SinceEventId,
            ClockAt = row.ClockAt,
            Runs = row.Runs,
            Refusals = row.Refusals,
            Failures = row.Failures,
            LastRunAt = row.LastRunAt,
            AddedAt = row.AddedAt,
            AddedBy = row.AddedBy,
            UpdatedAt = row.UpdatedAt,
            UpdatedBy = row.UpdatedBy,
            Version = row.Version,
        };
    }

    private sealed record Row
    {
        public long Id { get; init; }
        public Guid Uid { get; init; }
        public string Name { get; init; } = "";
        public string StartsOn { get; init; } = "";
        public string Condition { get; init; } = "";
        public string Actions { get; init; } = "";
        public bool IsOn { get; init; }
        public string? OffReason { get; init; }
        public long SinceEventId { get; init; }
        public DateTimeOffset ClockAt { get; init; }
        public long Runs { get; init; }
        public long Refusals { get; init; }
        public long Failures { get; init; }
        public DateTimeOffset? LastRunAt { get; init; }
        public DateTimeOffset AddedAt { get; init; }
        public long? AddedBy { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
        public long? UpdatedBy { get; init; }
        public long Version { get; init; }
    }
}
