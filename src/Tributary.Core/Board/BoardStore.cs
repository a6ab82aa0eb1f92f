using System.Globalization;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Pipelines;
using Tributary.Core.Storage;
using Tributary.Core.Totals;

namespace Tributary.Core.Board;

/// <summary>The SQL of how many deals of each stage wait for what.</summary>
internal static class BoardStore
{
    /// <summary>What waits in one stage.</summary>
    internal sealed record States
    {
        public long StageId { get; init; }
        public long Overdue { get; init; }
        public long Today { get; init; }
        public long Planned { get; init; }
        public long None { get; init; }
        public long Rotten { get; init; }
    }

    /// <summary>Whether no open deal of the pipeline is hidden from the caller, so that totals without owners tell the truth.</summary>
    public static async Task<bool> SeesAll(Tx tx, Caller caller, WorkspaceCatalog catalog, long pipelineId)
    {
        if (caller.IsAdmin) return true;
        var sql = new ListSql(tx.Sql, SummaryStore.Cells, tx.Workspace);
        sql.Add($"""
            SELECT COUNT(*)
            FROM deal_totals
            WHERE workspace_id = @Workspace AND pipeline_id = {sql.Parameter(pipelineId)} AND status = 'open'
                AND archived = {sql.Parameter(false)} AND deals <> 0
            """).Add(" AND NOT COALESCE((TRUE").AndVisible(SummaryStore.Cells, caller, catalog, tx.Sql).Add("), FALSE)");
        return await tx.One<long>(sql.ToString(), sql.Parameters) == 0;
    }

    /// <summary>
    /// Every open deal is counted on the day of its next activity and on the day when it was last touched. The latter days go back for
    /// years; those since a stage's patience began are few, and whoever was not touched on any of them is rotten.
    /// </summary>
    public static Question<States> KeptStates(Tx tx, long pipelineId, IReadOnlyList<Stage> stages, DateOnly today)
    {
        var sql = new ListSql(tx.Sql, SummaryStore.Cells, tx.Workspace);
        var (pipeline, now, never) = (sql.Parameter(pipelineId), sql.Parameter(today), sql.Parameter(TotalsRules.Never));
        var patient = stages.Where(stage => stage.RottenDays is not null).ToList();
        var fresh = patient.ToDictionary(stage => stage.Id, stage => RottenRules.LastTouched(stage.RottenDays!.Value, tx.Now));
        sql.Add($"""
            SELECT stage_id,
                   {Sum($"kind = 'due' AND day < {now}")} AS overdue,
                   {Sum($"kind = 'due' AND day = {now}")} AS today,
                   {Sum($"kind = 'due' AND day > {now} AND day < {never}")} AS planned,
                   {Sum($"kind = 'due' AND day = {never}")} AS none,
                   {(patient.Count == 0 ? "0" : Sum($"kind = 'due' AND {In(patient)}") + " - " + Sum(Fresh()))} AS rotten
            FROM (
            {Days(stages, "kind = 'due'")}
            """);
        if (patient.Count > 0) sql.Add($"\nUNION ALL\n{Days(patient, $"kind = 'touched' AND day > {sql.Parameter(fresh.Values.Min())}")}");
        sql.Add(") AS days\nGROUP BY stage_id").Parameters.HasOnePlan = true;
        return new(sql.ToString(), sql.Parameters);

        string Days(IReadOnlyList<Stage> of, string test) => $"""
            SELECT stage_id, kind, day, deals
            FROM deal_day_totals
            WHERE workspace_id = @Workspace AND pipeline_id = {pipeline} AND {In(of)} AND {test}
            """;

        string Fresh() => string.Join(" OR ",
            patient.Select(stage => $"kind = 'touched' AND {In([stage])} AND day > {sql.Parameter(fresh[stage.Id])}"));

        static string In(IReadOnlyList<Stage> of) => of.Count == 0 ? "1 = 0"
            : $"stage_id IN ({string.Join(", ", of.Select(stage => stage.Id.ToString(CultureInfo.InvariantCulture)))})";

        static string Sum(string test) => $"CAST(SUM(CASE WHEN {test} THEN deals ELSE 0 END) AS BIGINT)";
    }

    public static Question<States> StatesOfDeals(Tx tx, Caller caller, WorkspaceCatalog catalog, SummaryQuery query,
        IReadOnlyList<Stage> stages, DateOnly today)
    {
        var sql = new ListSql(tx.Sql, ListSources.Deals, tx.Workspace);
        var now = sql.Parameter(today);
        sql.Add($"""
            SELECT stage_id,
                   {Count($"next_activity_on < {now}")} AS overdue,
                   {Count($"next_activity_on = {now}")} AS today,
                   {Count($"next_activity_on > {now}")} AS planned,
                   {Count("next_activity_on IS NULL")} AS none,
                   {Count(Rotten(stages, days => $"touched_at < {sql.Parameter(RottenRules.FreshFrom(days, tx.Now))}"))} AS rotten
            """);
        ListStore.Where(sql, tx, caller, ListSources.Deals, catalog, SummaryRules.Meaning(query), Scope.Live);
        return new(sql.Add("\nGROUP BY stage_id").ToString(), sql.Parameters);

        static string Count(string test) => $"COUNT(CASE WHEN {test} THEN 1 END)";
    }

    /// <summary>True of what is rotten: each stage has its own patience.</summary>
    private static string Rotten(IReadOnlyList<Stage> stages, Func<int, string> test)
    {
        var tests = stages.Where(stage => stage.RottenDays is not null)
            .Select(stage => string.Create(CultureInfo.InvariantCulture,
                $"stage_id = {stage.Id} AND {test(stage.RottenDays!.Value)}"));
        return string.Join(" OR ", tests) is { Length: > 0 } any ? any : "FALSE";
    }
}
