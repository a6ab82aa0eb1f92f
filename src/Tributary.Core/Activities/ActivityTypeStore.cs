using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Activities;

/// <summary>The SQL of activity types.</summary>
internal static class ActivityTypeStore
{
    private static readonly IReadOnlyList<(string Key, string Name)> Standard =
    [
        ("call", "Call"), ("meeting", "Meeting"), ("task", "Task"), ("deadline", "Deadline"), ("email", "Email"), ("lunch", "Lunch"),
    ];

    /// <summary>What a new workspace starts with.</summary>
    public static async Task InsertStandard(Tx tx)
    {
        foreach (var (key, name) in Standard)
        {
            var id = await tx.NextId("activity_type_ids");
            await tx.Run("""
                INSERT INTO activity_types (workspace_id, id, uid, key, name, icon, color, position, is_active, is_custom,
                                            added_at, updated_at, version)
                VALUES (@Workspace, @id, @uid, @key, @name, @key, NULL,
                        (SELECT COUNT(*) + 1 FROM activity_types WHERE workspace_id = @Workspace), @isActive, @isCustom, @Now, @Now, 1)
                """, new { tx.Workspace, id, uid = tx.NextUid(), key, name, isActive = true, isCustom = false, tx.Now });
        }
    }

    public static Task<int> Insert(Tx tx, ActivityType type) => tx.Run("""
        INSERT INTO activity_types (workspace_id, id, uid, key, name, icon, color, position, is_active, is_custom, added_at, updated_at,
            version)
        VALUES (@Workspace, @Id, @Uid, @Key, @Name, @Icon, @Color, @Position, @IsActive, @IsCustom, @AddedAt, @UpdatedAt, @Version)
        """, Row(tx, type));

    public static async Task Update(Tx tx, ActivityType type)
    {
        var written = await tx.Run("""
            UPDATE activity_types
            SET name = @Name, icon = @Icon, color = @Color, position = @Position, is_active = @IsActive, updated_at = @UpdatedAt,
                version = @Version
            WHERE workspace_id = @Workspace AND id = @Id AND version = @Version - 1
            """, Row(tx, type));
        if (written == 0) throw Problem.Stale("activity type", type.Id);
    }

    public static Task<int> Delete(Tx tx, long id) =>
        tx.Run("DELETE FROM activity_types WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });

    public static Task<bool> IsUsed(Tx tx, string key) => tx.One<bool>("""
        SELECT EXISTS (SELECT 1 FROM activities WHERE workspace_id = @Workspace AND type = @key)
        """, new { tx.Workspace, key });

    private static object Row(Tx tx, ActivityType type) => new
    {
        tx.Workspace,
        type.Id,
        type.Uid,
        type.Key,
        type.Name,
        type.Icon,
        type.Color,
        type.Position,
        type.IsActive,
        type.IsCustom,
        type.AddedAt,
        type.UpdatedAt,
        type.Version,
    };
}
