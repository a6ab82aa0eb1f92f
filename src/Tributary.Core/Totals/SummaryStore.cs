using Tributary.Core.Catalog;
using Tributary.Core.Currencies;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
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

    /// <summary>What every query that fills a <see cref="StageTotal"/> from deals selects beside its <see cref="Groups"/>.</summary>
    public const string Sums = $"""
        COUNT(*) AS deals,
        CAST(COALESCE(SUM(value_units), 0) AS BIGINT) AS value_units,
        CAST(COALESCE(SUM(CASE WHEN probability_bp IS NOT NULL THEN {Weighed} END), 0) AS BIGINT) AS weighted_units,
        CAST(COALESCE(SUM(CASE WHEN probability_bp IS NULL THEN value_units END), 0) AS BIGINT) AS inherited_units
        """;

    private const string KeptSums = """
        CAST(SUM(deals) AS BIGINT) AS deals,
        CAST(SUM(value_units) AS BIGINT) AS value_units,
        CAST(SUM(weighted_units) AS BIGINT) AS weighted_units,
        CAST(SUM(inherited_units) AS BIGINT) AS inherited_units
        """;

    public const string Groups = "pipeline_id, stage_id, currency";

    /// <summary>Totals as a noun, guarded like the deals they count, except that no cell knows who follows.</summary>
    public static readonly ListSource Cells = new("deal", "deal_totals", []);

    public static Question<StageTotal> Kept(Tx tx, Caller caller, WorkspaceCatalog catalog, SummaryQuery query)
    {
        var sql = KeptCells(tx, caller, catalog, $"{Groups}, {KeptSums}", query).Add($"\nGROUP BY {Groups}");
        return new(sql.ToString(), sql.Parameters);
    }

    /// <summary>Won deals of a pipeline by the stage they were won in, with the seconds that winning them took.</summary>
    public static Task<IReadOnlyList<WonTotal>> Won(Tx tx, Caller caller, WorkspaceCatalog catalog, long pipelineId)
    {
        const string sums = "stage_id, CAST(SUM(deals) AS BIGINT) AS deals, CAST(SUM(won_seconds) AS BIGINT) AS seconds";
        var sql = KeptCells(tx, caller, catalog, sums, new() { PipelineId = pipelineId, Status = DealStatus.Won });
        sql.Add("\nGROUP BY stage_id");
        return tx.Many<WonTotal>(sql.ToString(), sql.Parameters);
    }

    /// <summary>How many deals the caller sees that the totals know of; what only following shows is <see cref="CountFollowed"/>.</summary>
    public static Question<long> CountKept(Tx tx, Caller caller, WorkspaceCatalog catalog, SummaryQuery query)
    {
        var sql = KeptCells(tx, caller, catalog, "CAST(COALESCE(SUM(deals), 0) AS BIGINT)", query);
        return new(sql.ToString(), sql.Parameters);
    }

    /// <summary>How many more the caller sees because they follow them; admins see all without.</summary>
    public static async Task<long> CountFollowed(Tx tx, Caller caller, WorkspaceCatalog catalog, SummaryQuery query) =>
        caller.IsAdmin ? 0 : (await tx.Many(OfDeals(tx, caller, catalog, query, onlyFollowed: true))).Sum(total => total.Deals);

    private static ListSql KeptCells(Tx tx, Caller caller, WorkspaceCatalog catalog, string what, SummaryQuery query)
    {
        var sql = new ListSql(tx.Sql, Cells, tx.Workspace);
        sql.Parameters.HasOnePlan = true;
        sql.Add($"""
            SELECT {what}
            FROM deal_totals
            WHERE workspace_id = @Workspace
            """);
        if (query.PipelineId is { } pipeline) sql.Add($" AND pipeline_id = {sql.Parameter(pipeline)}");
        if (query.StageId is { } stage) sql.Add($" AND stage_id = {sql.Parameter(stage)}");
        if (query.Status is { } status) sql.Add($" AND status = {sql.Parameter(DealHistory.Word(status))}");
        if (query.OwnerId is { } owner) sql.Add($" AND owner_id = {sql.Parameter(owner)}");
        if (caller.AppId is { } app) sql.Add($" AND app_id IN (0, {sql.Parameter(app)})");
        return sql.Add($" AND archived = {sql.Parameter(query.Archived)}").AndVisible(Cells, caller, catalog, tx.Sql);
    }

    /// <summary>Adds up the deals themselves: as much work as there are that match.</summary>
    public static Question<StageTotal> OfDeals(Tx tx, Caller caller, WorkspaceCatalog catalog, SummaryQuery query,
        bool onlyFollowed = false)
    {
        var locked = query.Rates is ReportRates.Locked;
        var sql = new ListSql(tx.Sql, ListSources.Deals, tx.Workspace)
            .Add($"SELECT {Groups}, {Sums}{(locked ? ", " + LockedRateStore.Column : "")}");
        ListStore.Where(sql, tx, caller, ListSources.Deals, catalog, SummaryRules.Meaning(query),
            query.Archived ? Scope.Archived : Scope.Live);
        if (onlyFollowed)
        {
            // What is seen for another reason is in the cells already.
            sql.Add($" AND id IN ({ListSources.Deals.Followed}) AND NOT COALESCE((TRUE").AndVisible(Cells, caller, catalog, tx.Sql)
                .Add("), FALSE)");
        }
        return new(sql.Add($"\nGROUP BY {Groups}{(locked ? ", locked_e8" : "")}").ToString(), sql.Parameters);
    }

    /// <summary>Every deal of the workspace, with the members that totals are made of and no others.</summary>
    public static IAsyncEnumerable<Deal> Countable(Tx tx) => tx.Stream<Deal>("""
        SELECT id, pipeline_id, stage_id, status, owner_id, visible_to, app_id, currency, value_units, probability_bp, next_activity_on,
            touched_at, added_at, won_at, archived_at, deleted_at
        FROM deals
        WHERE workspace_id = @Workspace
        """, new { tx.Workspace });
}
