using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Labels;

/// <summary>The SQL that writes labels. Reading them is the catalog's.</summary>
internal static class LabelStore
{
    public static Task Insert(Tx tx, Label label) => tx.Run("""
        INSERT INTO labels (workspace_id, id, uid, subject, name, color, position, added_at, updated_at, version)
        VALUES (@Workspace, @Id, @Uid, @Subject, @Name, @Color, @Position, @AddedAt, @UpdatedAt, @Version)
        """, Row(tx, label));

    public static async Task Update(Tx tx, Label label)
    {
        var updated = await tx.Run("""
            UPDATE labels
            SET name = @Name, color = @Color, position = @Position, updated_at = @UpdatedAt, deleted_at = @DeletedAt, version = @Version
            WHERE workspace_id = @Workspace AND id = @Id AND version = @Version - 1
            """, Row(tx, label));
        if (updated == 0) throw Problem.Stale("label", label.Id);
    }

    private static object Row(Tx tx, Label label) => new
    {
        tx.Workspace,
        label.Id,
        label.Uid,
        label.Subject,
        label.Name,
        label.Color,
        label.Position,
        label.AddedAt,
        label.UpdatedAt,
        label.DeletedAt,
        label.Version,
    };
}
