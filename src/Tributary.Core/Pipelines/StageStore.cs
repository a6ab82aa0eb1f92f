using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Pipelines;

/// <summary>The SQL that writes stages, and asks which deals are in them. Reading stages is the catalog's.</summary>
internal static class StageStore
{
    public static Task Insert(Tx tx, Stage stage) => tx.Run($"""
        INSERT INTO stages (workspace_id, id, uid, pipeline_id, name, position, kind, probability_bp, rotten_days, color, entry,
                            added_at, updated_at, version)
        VALUES (@Workspace, @Id, @Uid, @PipelineId, @Name, @Position, @kind, @ProbabilityBp, @RottenDays, @Color, {tx.Sql.Json("entry")},
                @AddedAt, @UpdatedAt, @Version)
        """, Row(tx, stage));

    public static async Task Update(Tx tx, Stage stage)
    {
        var updated = await tx.Run($"""
            UPDATE stages
            SET pipeline_id = @PipelineId, name = @Name, position = @Position, probability_bp = @ProbabilityBp, rotten_days = @RottenDays,
                color = @Color, entry = {tx.Sql.Json("entry")},
                updated_at = @UpdatedAt, deleted_at = @DeletedAt, version = @Version
            WHERE workspace_id = @Workspace AND id = @Id AND version = @Version - 1
            """, Row(tx, stage));
        if (updated == 0) throw Problem.Stale("stage", stage.Id);
    }

    /// <summary>Every deal that a reader or a restore could find in one of these stages: closed, archived and deleted ones too.</summary>
    public static Task<long> CountDeals(Tx tx, IReadOnlyCollection<long> stageIds) => tx.One<long>($"""
        SELECT COUNT(*)
        FROM deals
        WHERE workspace_id = @Workspace AND {tx.Sql.In("stage_id", "stageIds")}
        """, new { tx.Workspace, stageIds = tx.Sql.List(stageIds) });

    /// <summary>The next of them after an id, locked.</summary>
    public static Task<IReadOnlyList<Deal>> DealsAfter(Tx tx, IReadOnlyCollection<long> stageIds, long afterId, int limit) =>
        tx.Many<Deal>($"""
        SELECT {DealStore.Columns}
        FROM deals
        WHERE workspace_id = @Workspace AND {tx.Sql.In("stage_id", "stageIds")} AND id > @afterId
        ORDER BY id
        LIMIT @limit
        {tx.Sql.ForUpdate}
        """, new { tx.Workspace, stageIds = tx.Sql.List(stageIds), afterId, limit });

    /// <summary>From the totals, so that it costs the same however many deals there are.</summary>
    public static async Task<IReadOnlyList<StageDeals>> Deals(Tx tx, Caller caller, long pipelineId)
    {
        var parameters = new SqlValues { { "Workspace", tx.Workspace }, { "pipelineId", pipelineId }, { "archived", false } };
        return await tx.Many<StageDeals>($"""
            SELECT stage_id,
                   CAST(SUM(CASE WHEN status = 'open' THEN deals ELSE 0 END) AS BIGINT) AS open,
                   CAST(SUM(CASE WHEN status = 'won' THEN deals ELSE 0 END) AS BIGINT) AS won,
                   CAST(SUM(CASE WHEN status = 'lost' THEN deals ELSE 0 END) AS BIGINT) AS lost
            FROM deal_totals
            WHERE workspace_id = @Workspace AND pipeline_id = @pipelineId AND archived = @archived{OfApps(caller, parameters)}
                AND {Visibility.ByOwner(caller, await tx.Catalog(), tx.Sql, parameters)}
            GROUP BY stage_id
            """, parameters);
    }

    private static string OfApps(Caller caller, SqlValues parameters)
    {
        if (caller.AppId is not { } app) return "";
        parameters.Add("app", app);
        return " AND app_id IN (0, @app)";
    }

    private static object Row(Tx tx, Stage stage) => new
    {
        tx.Workspace,
        stage.Id,
        stage.Uid,
        stage.PipelineId,
        stage.Name,
        stage.Position,
        kind = stage.Kind.ToString().ToLowerInvariant(),
        stage.ProbabilityBp,
        stage.RottenDays,
        stage.Color,
        entry = stage.Entry == StageEntry.Free ? null : stage.Entry,
        stage.AddedAt,
        stage.UpdatedAt,
        stage.DeletedAt,
        stage.Version,
    };
}
