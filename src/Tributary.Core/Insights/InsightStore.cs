using Tributary.Core.Catalog;
using Tributary.Core.Currencies;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Insights;

/// <summary>The SQL that hands deals and their moves to insights, one at a time.</summary>
internal static class InsightStore
{
    private const string Columns =
        "id, pipeline_id, stage_id, owner_id, status, currency, value_units, mrr_units, probability_bp, added_at, closed_at, stage_changed_at, expected_close, lost_reason";

    /// <summary>The deals that match and that the caller sees, in order of their ids.</summary>
    public static IAsyncEnumerable<InsightRow> Deals(Tx tx, Caller caller, WorkspaceCatalog catalog, Condition condition, Scope scope,
        bool locked)
    {
        var sql = new ListSql(tx.Sql, ListSources.Deals, tx.Workspace).Add($"SELECT {Selected(locked)}");
        ListStore.Where(sql, tx, caller, ListSources.Deals, catalog, condition, scope);
        return tx.Stream<InsightRow>(sql.Add("\nORDER BY id").ToString(), sql.Parameters);
    }

    /// <summary>The same with the date that a field holds.</summary>
    public static IAsyncEnumerable<InsightRow> Dated(Tx tx, Caller caller, WorkspaceCatalog catalog, ListField field, Condition condition,
        Scope scope, bool locked)
    {
        var sql = new ListSql(tx.Sql, ListSources.Deals, tx.Workspace);
        var name = field.Path.Count > 0 ? "dated_text" : field.Kind is FieldKind.Day ? "dated_on" : "dated_at";
        sql.Add($"SELECT {Selected(locked)}, {sql.Expression(field, field.Column)} AS {name}");
        ListStore.Where(sql, tx, caller, ListSources.Deals, catalog, condition, scope);
        return tx.Stream<InsightRow>(sql.Add("\nORDER BY id").ToString(), sql.Parameters);
    }

    // Only who asks for locked rates pays for looking them up.
    private static string Selected(bool locked) => locked ? $"{Columns}, {LockedRateStore.Column}" : Columns;

    /// <summary>The moves up to a moment of the same deals, deal by deal, oldest first.</summary>
    public static IAsyncEnumerable<MoveRow> Moves(Tx tx, Caller caller, WorkspaceCatalog catalog, Condition condition, Scope scope,
        DateTimeOffset until)
    {
        var sql = new ListSql(tx.Sql, ListSources.Deals, tx.Workspace);
        sql.Add($"""
            SELECT deal_id, at, from_stage_id, to_stage_id, to_status
            FROM events
            WHERE workspace_id = @Workspace AND subject = 'deal' AND (to_stage_id IS NOT NULL OR to_status IS NOT NULL)
                AND at <= {sql.Parameter(until)}
              AND deal_id IN (SELECT id
            """);
        ListStore.Where(sql, tx, caller, ListSources.Deals, catalog, condition, scope);
        return tx.Stream<MoveRow>(sql.Add(")\nORDER BY deal_id, id").ToString(), sql.Parameters);
    }

    /// <summary>How many activities that the caller sees match, by their owner; 0 is nobody.</summary>
    public static async Task<Dictionary<long, long>> Activities(Tx tx, Caller caller, WorkspaceCatalog catalog, Condition condition)
    {
        var sql = new ListSql(tx.Sql, ListSources.Activities, tx.Workspace)
            .Add("SELECT COALESCE(owner_id, 0) AS owner_id, COUNT(*) AS activities");
        ListStore.Where(sql, tx, caller, ListSources.Activities, catalog, condition, Scope.Live);
        var rows = await tx.Many<OwnerCount>(sql.Add("\nGROUP BY COALESCE(owner_id, 0)").ToString(), sql.Parameters);
        return rows.ToDictionary(row => row.OwnerId, row => row.Activities);
    }

    /// <summary>The deals that left one of some stages after a moment, for another stage of whatever pipeline.</summary>
    public static Task<IReadOnlyList<long>> Left(Tx tx, IReadOnlyCollection<long> stageIds, DateTimeOffset since) => tx.Many<long>($"""
        SELECT DISTINCT subject_id
        FROM events
        WHERE workspace_id = @Workspace AND at > @since AND subject = 'deal' AND {tx.Sql.In("from_stage_id", "stageIds")}
        ORDER BY subject_id
        """, new { tx.Workspace, since, stageIds = tx.Sql.List(stageIds) });

    /// <summary>The stages of a pipeline, the deleted ones included.</summary>
    public static Task<IReadOnlyList<long>> Stages(Tx tx, long pipelineId) =>
        tx.Many<long>("SELECT id FROM stages WHERE workspace_id = @Workspace AND pipeline_id = @pipelineId",
            new { tx.Workspace, pipelineId });

    /// <summary>What happened to stages after a moment.</summary>
    public static Task<IReadOnlyList<StageLine>> StageLines(Tx tx, DateTimeOffset since) => tx.Many<StageLine>("""
        SELECT subject_id AS stage_id, changes
        FROM events
        WHERE workspace_id = @Workspace AND at > @since AND subject = 'stage'
        ORDER BY id
        """, new { tx.Workspace, since });

    private sealed record OwnerCount
    {
        public long OwnerId { get; init; }
        public long Activities { get; init; }
    }

    /// <summary>A line of the log about a stage.</summary>
    internal sealed record StageLine
    {
        public long StageId { get; init; }
        public Seq<Change> Changes { get; init; } = [];
    }
}
