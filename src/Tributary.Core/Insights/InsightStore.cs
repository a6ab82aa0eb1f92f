using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Insights;

/// <summary>The SQL that hands deals and their moves to insights, one at a time.</summary>
internal static class InsightStore
{
    private const string Columns = "id, pipeline_id, stage_id, status, currency, value_units, probability_bp, added_at, closed_at, stage_changed_at, expected_close, lost_reason";

    /// <summary>The deals the query is about that the caller sees, in order of their ids.</summary>
    public static IAsyncEnumerable<InsightRow> Deals(Tx tx, Caller caller, WorkspaceCatalog catalog, InsightQuery query, params ReadOnlySpan<Condition> more)
    {
        var sql = new ListSql(tx.Sql, ListSources.Deals, tx.Workspace).Add($"SELECT {Columns}");
        Where(sql, tx, caller, catalog, query, more);
        return tx.Stream<InsightRow>(sql.Add("\nORDER BY id").ToString(), sql.Parameters);
    }

    /// <summary>The moves of the same deals, deal by deal, oldest first.</summary>
    public static IAsyncEnumerable<MoveRow> Moves(Tx tx, Caller caller, WorkspaceCatalog catalog, InsightQuery query)
    {
        var sql = new ListSql(tx.Sql, ListSources.Deals, tx.Workspace).Add("""
            SELECT deal_id, at, from_stage_id, to_stage_id, to_status
            FROM events
            WHERE workspace_id = @Workspace AND subject = 'deal' AND (to_stage_id IS NOT NULL OR to_status IS NOT NULL) AND deal_id IN (SELECT id
            """);
        Where(sql, tx, caller, catalog, query, []);
        return tx.Stream<MoveRow>(sql.Add(")\nORDER BY deal_id, id").ToString(), sql.Parameters);
    }

    private static void Where(ListSql sql, Tx tx, Caller caller, WorkspaceCatalog catalog, InsightQuery query, ReadOnlySpan<Condition> more)
    {
        var conditions = new List<Condition> { query.Condition };
        if (query.PipelineId is { } pipeline) conditions.Add(Condition.Equal("pipeline_id", pipeline));
        if (query.OwnerId is { } owner) conditions.Add(Condition.Equal("owner_id", owner));
        conditions.AddRange(more);
        ListStore.Where(sql, tx, caller, ListSources.Deals, catalog, new Condition.And([.. conditions]), Scope.Live);
    }
}
