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
                INSERT INTO activity_types (workspace_id, id, uid, key, name, icon, color, position, is_active, is_custom, added_at, updated_at, version)
                VALUES (@Workspace, @id, @uid, @key, @name, @key, NULL,
                        (SELECT COUNT(*) + 1 FROM activity_types WHERE workspace_id = @Workspace), @isActive, @isCustom, @Now, @Now, 1)
                """, new { tx.Workspace, id, uid = tx.NextUid(), key, name, isActive = true, isCustom = false, tx.Now });
        }
    }
}
