using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Filters;

/// <summary>The SQL of saved filters.</summary>
internal static class FilterStore
{
    private const string Columns =
        "id, uid, subject, name, condition, view, owner_id, visible_to, is_temporary, last_used_at, added_at, updated_at, version";

    /// <summary>Every filter of the workspace that is not deleted; there are at most <see cref="FilterRules.MaxFilters"/>.</summary>
    public static async Task<IReadOnlyList<SavedFilter>> All(Tx tx) => [.. (await tx.Many<Row>($"""
        SELECT {Columns}
        FROM filters
        WHERE workspace_id = @Workspace AND deleted_at IS NULL
        ORDER BY id
        """, new { tx.Workspace })).Select(Filter)];

    public static async Task<SavedFilter?> Find(Tx tx, long id) => await tx.One<Row>($"""
        SELECT {Columns}
        FROM filters
        WHERE workspace_id = @Workspace AND id = @id AND deleted_at IS NULL
        """, new { tx.Workspace, id }) is { } row ? Filter(row) : null;

    public static Task<long> Count(Tx tx) =>
        tx.One<long>("SELECT COUNT(*) FROM filters WHERE workspace_id = @Workspace AND deleted_at IS NULL", new { tx.Workspace });

    public static Task Insert(Tx tx, SavedFilter filter) => tx.Run($"""
        INSERT INTO filters (workspace_id, id, uid, subject, name, condition, view, owner_id, visible_to, is_temporary, added_at,
            updated_at, version)
        VALUES (@Workspace, @Id, @Uid, @Subject, @Name, {tx.Sql.Json("condition")}, {tx.Sql.Json("View")}, @OwnerId, @VisibleTo,
            @IsTemporary, @AddedAt, @UpdatedAt, @Version)
        """, Values(tx, filter));

    /// <summary>Refuses as stale when someone else was faster.</summary>
    public static async Task Update(Tx tx, SavedFilter filter)
    {
        var changed = await tx.Run($"""
            UPDATE filters
            SET name = @Name, condition = {tx.Sql.Json("condition")}, view = {tx.Sql.Json("View")}, visible_to = @VisibleTo,
                updated_at = @UpdatedAt, version = @Version
            WHERE workspace_id = @Workspace AND id = @Id AND version = @Version - 1 AND deleted_at IS NULL
            """, Values(tx, filter));
        if (changed == 0) throw Problem.Stale("filter", filter.Id);
    }

    public static Task MarkUsed(Tx tx, long id) =>
        tx.Run("UPDATE filters SET last_used_at = @Now WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id, tx.Now });

    public static Task Delete(Tx tx, long id) =>
        tx.Run("UPDATE filters SET deleted_at = @Now WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id, tx.Now });

    /// <summary>The filters that a user begins lists with.</summary>
    public static Task<IReadOnlyList<long>> Defaults(Tx tx, long user) => tx.Many<long>("""
        SELECT filter_id
        FROM default_filters
        WHERE workspace_id = @Workspace AND user_id = @user
        """, new { tx.Workspace, user });

    public static Task PutDefault(Tx tx, long user, SavedFilter filter) => tx.Run("""
        INSERT INTO default_filters (workspace_id, user_id, subject, filter_id)
        VALUES (@Workspace, @user, @Subject, @Id)
        ON CONFLICT (workspace_id, user_id, subject) DO UPDATE SET filter_id = excluded.filter_id
        """, new { tx.Workspace, user, filter.Subject, filter.Id });

    public static Task RemoveDefault(Tx tx, long user, long id) =>
        tx.Run("DELETE FROM default_filters WHERE workspace_id = @Workspace AND user_id = @user AND filter_id = @id",
            new { tx.Workspace, user, id });

    /// <summary>For everyone.</summary>
    public static Task RemoveDefaults(Tx tx, long id) =>
        tx.Run("DELETE FROM default_filters WHERE workspace_id = @Workspace AND filter_id = @id", new { tx.Workspace, id });

    private static object Values(Tx tx, SavedFilter filter) => new
    {
        tx.Workspace,
        filter.Id,
        filter.Uid,
        filter.Subject,
        filter.Name,
        condition = ConditionJson.Write(filter.Condition),
        filter.View,
        filter.OwnerId,
        filter.VisibleTo,
        filter.IsTemporary,
        filter.AddedAt,
        filter.UpdatedAt,
        filter.Version,
    };

    private static SavedFilter Filter(Row row) => new()
    {
        Id = row.Id,
        Uid = row.Uid,
        Subject = row.Subject,
        Name = row.Name,
        Condition = ConditionJson.Read(row.Condition),
        View = row.View,
        OwnerId = row.OwnerId,
        VisibleTo = row.VisibleTo,
        IsTemporary = row.IsTemporary,
        LastUsedAt = row.LastUsedAt,
        AddedAt = row.AddedAt,
        UpdatedAt = row.UpdatedAt,
        Version = row.Version,
    };

    private sealed record Row
    {
        public long Id { get; init; }
        public Guid Uid { get; init; }
        public string Subject { get; init; } = "";
        public string Name { get; init; } = "";
        public string Condition { get; init; } = "";
        public string? View { get; init; }
        public long OwnerId { get; init; }
        public int VisibleTo { get; init; }
        public bool IsTemporary { get; init; }
        public DateTimeOffset? LastUsedAt { get; init; }
        public DateTimeOffset AddedAt { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
        public long Version { get; init; }
    }
}
