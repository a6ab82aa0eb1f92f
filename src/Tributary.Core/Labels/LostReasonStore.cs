using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Labels;

/// <summary>The SQL that writes lost reasons. Reading them is the catalog's.</summary>
internal static class LostReasonStore
{
    public static Task Insert(Tx tx, LostReason reason) => tx.Run("""
        INSERT INTO lost_reasons (workspace_id, id, uid, name, category, position, is_active, version)
        VALUES (@Workspace, @Id, @Uid, @Name, @Category, @Position, @IsActive, @Version)
        """, Row(tx, reason));

    public static async Task Update(Tx tx, LostReason reason)
    {
        var updated = await tx.Run("""
            UPDATE lost_reasons SET name = @Name, category = @Category, position = @Position, is_active = @IsActive, version = @Version
            WHERE workspace_id = @Workspace AND id = @Id AND version = @Version - 1
            """, Row(tx, reason));
        if (updated == 0) throw Problem.Stale("lost reason", reason.Id);
    }

    public static Task Delete(Tx tx, long id) =>
        tx.Run("DELETE FROM lost_reasons WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });

    private static object Row(Tx tx, LostReason reason) => new
    {
        tx.Workspace,
        reason.Id,
        reason.Uid,
        reason.Name,
        reason.Category,
        reason.Position,
        reason.IsActive,
        reason.Version,
    };
}
