using Dapper;
using Tributary.Core.Deals;
using Tributary.Core.Storage;

namespace Tributary.Core.Totals;

/// <summary>The SQL of sums per stage and currency: from the totals that are kept, or from the deals themselves.</summary>
internal static class SummaryStore
{
    /// <summary>
    /// value × probability, half to even at the fourth decimal, exactly as <see cref="TotalsRules.WeighUnits"/>: the whole and
    /// the broken part are multiplied apart, because their product as one would not fit into 64 bits.
    /// </summary>
    private const string Weighed = """
        value_units / 10000 * probability_bp + value_units % 10000 * probability_bp / 10000
        + CASE
            WHEN value_units % 10000 * probability_bp % 10000 > 5000 THEN 1
            WHEN value_units % 10000 * probability_bp % 10000 < -5000 THEN -1
            WHEN ABS(value_units % 10000 * probability_bp % 10000) = 5000 THEN (value_units / 10000 * probability_bp + value_units % 10000 * probability_bp / 10000) % 2
            ELSE 0 END
        """;

    /// <summary>What every query that fills a <see cref="StageTotal"/> from deals selects, to be grouped by <see cref="Groups"/>.</summary>
    public const string Sums = $"""
        pipeline_id, stage_id, currency, COUNT(*) AS deals,
               CAST(COALESCE(SUM(value_units), 0) AS BIGINT) AS value_units,
               CAST(COALESCE(SUM(CASE WHEN probability_bp IS NOT NULL THEN {Weighed} END), 0) AS BIGINT) AS weighted_units,
               CAST(COALESCE(SUM(CASE WHEN probability_bp IS NULL THEN value_units END), 0) AS BIGINT) AS inherited_units
        """;

    public const string Groups = "pipeline_id, stage_id, currency";

    public static Task<IReadOnlyList<StageTotal>> Kept(Tx tx, SummaryQuery query, string sight, DynamicParameters parameters) => tx.Many<StageTotal>($"""
        SELECT {Groups}, CAST(SUM(deals) AS BIGINT) AS deals, CAST(SUM(value_units) AS BIGINT) AS value_units,
               CAST(SUM(weighted_units) AS BIGINT) AS weighted_units, CAST(SUM(inherited_units) AS BIGINT) AS inherited_units
        FROM deal_totals
        WHERE workspace_id = @Workspace AND archived = @Archived AND {sight}{Narrow(query, parameters)}
        GROUP BY {Groups}
        """, parameters);

    public static Task<IReadOnlyList<StageTotal>> OfDeals(Tx tx, SummaryQuery query, string condition, DynamicParameters parameters) => tx.Many<StageTotal>($"""
        SELECT {Sums}
        FROM deals
        WHERE workspace_id = @Workspace AND deleted_at IS NULL AND archived_at IS {(query.Archived ? "NOT NULL" : "NULL")} AND {condition}{Narrow(query, parameters)}
        GROUP BY {Groups}
        """, parameters);

    /// <summary>Every deal of the workspace, with the members that totals are made of and no others.</summary>
    public static IAsyncEnumerable<Deal> Countable(Tx tx) => tx.Stream<Deal>("""
        SELECT id, pipeline_id, stage_id, status, owner_id, visible_to, currency, value_units, probability_bp, next_activity_on, touched_at, archived_at, deleted_at
        FROM deals
        WHERE workspace_id = @Workspace
        """, new { tx.Workspace });

    private static string Narrow(SummaryQuery query, DynamicParameters parameters)
    {
        var text = "";
        if (query.PipelineId is { } pipeline) Equal("pipeline_id", pipeline);
        if (query.StageId is { } stage) Equal("stage_id", stage);
        if (query.Status is { } status) Equal("status", DealHistory.Word(status));
        if (query.OwnerId is { } owner) Equal("owner_id", owner);
        return text;

        void Equal(string column, object value)
        {
            text += $" AND {column} = @{column}";
            parameters.Add(column, value);
        }
    }
}
