using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Automations;

/// <summary>The SQL of runs.</summary>
internal static class RunStore
{
    public const string Columns =
        "id, automation_id, deal_id, reason, event_id, chain, state, attempts, run_after, steps, message, added_at, ended_at";

    /// <summary>Once per automation, deal and reason, however often it is asked for.</summary>
    public static Task<int> Insert(Tx tx, AutomationRun run) => tx.Run($"""
        INSERT INTO automation_runs (workspace_id, id, automation_id, deal_id, reason, event_id, chain, state, attempts, run_after, steps,
            message, added_at, ended_at)
        VALUES (@Workspace, @Id, @AutomationId, @DealId, @Reason, @EventId, {tx.Sql.Json("Chain")}, @state, 0, @RunAfter,
            {tx.Sql.Json("Steps")}, @Message, @AddedAt, @EndedAt)
        ON CONFLICT (workspace_id, automation_id, deal_id, reason) DO NOTHING
        """, new
    {
        tx.Workspace,
        run.Id,
        run.AutomationId,
        run.DealId,
        run.Reason,
        run.EventId,
        run.Chain,
        state = Word(run.State),
        run.RunAfter,
        run.Steps,
        run.Message,
        run.AddedAt,
        run.EndedAt,
    });

    /// <summary>The workspaces where a run is due; asked across all of them.</summary>
    public static Task<IReadOnlyList<long>> DueWorkspaces(Tx everywhere) => everywhere.Many<long>("""
        SELECT DISTINCT workspace_id
        FROM automation_runs
        WHERE state = 'waiting' AND run_after <= @Now
        ORDER BY workspace_id
        """, new { everywhere.Now });

    /// <summary>The first runs of their deals, oldest first, that are due; those behind them wait.</summary>
    public static Task<IReadOnlyList<AutomationRun>> NextDue(Tx tx, int limit) => tx.Many<AutomationRun>($"""
        SELECT {Columns}
        FROM automation_runs r
        WHERE workspace_id = @Workspace AND state = 'waiting' AND run_after <= @Now
          AND NOT EXISTS (SELECT 1 FROM automation_runs e
          WHERE e.workspace_id = r.workspace_id AND e.deal_id = r.deal_id AND e.state = 'waiting' AND e.id < r.id)
        ORDER BY id
        LIMIT @limit
        """, new { tx.Workspace, tx.Now, limit });

    /// <summary>The run, while nobody has ended it; locked until the unit of work ends.</summary>
    public static Task<AutomationRun?> FindWaiting(Tx tx, long id) => tx.One<AutomationRun>($"""
        SELECT {Columns}
        FROM automation_runs
        WHERE workspace_id = @Workspace AND id = @id AND state = 'waiting'
        {tx.Sql.ForUpdate}
        """, new { tx.Workspace, id });

    public static Task<int> End(Tx tx, long id, RunState state, Seq<RunStep> steps, string? message) => tx.Run($"""
        UPDATE automation_runs
        SET state = @state, attempts = attempts + 1, steps = {tx.Sql.Json("steps")}, message = @message, ended_at = @Now
        WHERE workspace_id = @Workspace AND id = @id AND state = 'waiting'
        """, new { tx.Workspace, id, state = Word(state), steps, message, tx.Now });

    public static Task<int> PutOff(Tx tx, long id, DateTimeOffset runAfter, string message) => tx.Run("""
        UPDATE automation_runs
        SET attempts = attempts + 1, run_after = @runAfter, message = @message
        WHERE workspace_id = @Workspace AND id = @id AND state = 'waiting'
        """, new { tx.Workspace, id, runAfter, message });

    public static Task<int> Purge(Tx tx, DateTimeOffset before) =>
        tx.Run("DELETE FROM automation_runs WHERE workspace_id = @Workspace AND added_at < @before AND state <> 'waiting'",
            new { tx.Workspace, before });

    /// <summary>For a purge: what was done to a deal goes with it.</summary>
    public static Task<int> ForgetDeal(Tx tx, long dealId) =>
        tx.Run("DELETE FROM automation_runs WHERE workspace_id = @Workspace AND deal_id = @dealId", new { tx.Workspace, dealId });

    private static string Word(RunState state) => state switch
    {
        RunState.Waiting => "waiting",
        RunState.Done => "done",
        RunState.Refused => "refused",
        RunState.Skipped => "skipped",
        RunState.Failed => "failed",
    };
}
