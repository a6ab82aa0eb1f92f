using Tributary.Core.Storage;

namespace Tributary.Core.Users;

/// <summary>The SQL of groups. Reading them is the catalog's.</summary>
internal static class GroupStore
{
    public static Task<int> Insert(Tx tx, UserGroup group) => tx.Run("""
        INSERT INTO user_groups (workspace_id, id, uid, name, parent_id, added_at, updated_at, version)
        VALUES (@Workspace, @Id, @Uid, @Name, @ParentId, @AddedAt, @UpdatedAt, @Version)
        """, Row(tx, group));

    /// <returns>False when someone else changed the group meanwhile.</returns>
    public static async Task<bool> Update(Tx tx, UserGroup group) => await tx.Run("""
        UPDATE user_groups
        SET name = @Name, parent_id = @ParentId, updated_at = @UpdatedAt, version = @Version
        WHERE workspace_id = @Workspace AND id = @Id AND version = @Version - 1
        """, Row(tx, group)) == 1;

    public static Task<int> Delete(Tx tx, long id) =>
        tx.Run("DELETE FROM user_groups WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });

    private static object Row(Tx tx, UserGroup group) =>
        new { tx.Workspace, group.Id, group.Uid, group.Name, group.ParentId, group.AddedAt, group.UpdatedAt, group.Version };
}
