using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Pipelines;

/// <summary>The SQL that writes pipelines. Reading them is the catalog's.</summary>
internal static class PipelineStore
{
    public static Task Insert(Tx tx, Pipeline pipeline) => tx.Run("""
        INSERT INTO pipelines (workspace_id, id, uid, name, position, is_default, uses_probability, added_at, updated_at, version)
        VALUES (@Workspace, @Id, @Uid, @Name, @Position, @IsDefault, @UsesProbability, @AddedAt, @UpdatedAt, @Version)
        """, Row(tx, pipeline));

    public static async Task Update(Tx tx, Pipeline pipeline)
    {
        var updated = await tx.Run("""
            UPDATE pipelines
            SET name = @Name, position = @Position, is_default = @IsDefault, uses_probability = @UsesProbability, updated_at = @UpdatedAt,
                deleted_at = @DeletedAt, version = @Version
            WHERE workspace_id = @Workspace AND id = @Id AND version = @Version - 1
            """, Row(tx, pipeline));
        if (updated == 0) throw Problem.Stale("pipeline", pipeline.Id);
    }

    private static object Row(Tx tx, Pipeline pipeline) => new
    {
        tx.Workspace,
        pipeline.Id,
        pipeline.Uid,
        pipeline.Name,
        pipeline.Position,
        pipeline.IsDefault,
        pipeline.UsesProbability,
        pipeline.AddedAt,
        pipeline.UpdatedAt,
        pipeline.DeletedAt,
        pipeline.Version,
    };
}
