using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Files;

/// <summary>The SQL of files.</summary>
internal static class FileStore
{
    public const string Columns = """
        id, uid, name, description, content_type, size_bytes, sha256, storage_key, remote_location, deal_id, lead_id, person_id, org_id, product_id, activity_id,
        user_id, added_at, updated_at, updated_by, deleted_at, version
        """;

    public static Task<StoredFile?> Find(Tx tx, long id) => tx.One<StoredFile>($"""
        SELECT {Columns}
        FROM files
        WHERE workspace_id = @Workspace AND id = @id
        """, new { tx.Workspace, id });

    public static Task<StoredFile?> Find(Tx tx, Guid uid) => tx.One<StoredFile>($"""
        SELECT {Columns}
        FROM files
        WHERE workspace_id = @Workspace AND uid = @uid
        """, new { tx.Workspace, uid });

    public static Task<StoredFile?> FindForUpdate(Tx tx, long id) => tx.One<StoredFile>($"""
        SELECT {Columns}
        FROM files
        WHERE workspace_id = @Workspace AND id = @id
        {tx.Sql.ForUpdate}
        """, new { tx.Workspace, id });

    public static Task<IReadOnlyList<StoredFile>> FindMany(Tx tx, IReadOnlyCollection<long> ids) => tx.Many<StoredFile>($"""
        SELECT {Columns}
        FROM files
        WHERE workspace_id = @Workspace AND {tx.Sql.In("id", "ids")}
        ORDER BY id
        """, new { tx.Workspace, ids = tx.Sql.List(ids) });

    /// <summary>Those of the keys that files have, deleted ones included.</summary>
    public static Task<IReadOnlyList<string>> KnownKeys(Tx tx, IReadOnlyCollection<string> keys) => tx.Many<string>($"""
        SELECT storage_key
        FROM files
        WHERE workspace_id = @Workspace AND {tx.Sql.In("storage_key", "keys")}
        """, new { tx.Workspace, keys = tx.Sql.List(keys) });

    public static Task<int> Insert(Tx tx, StoredFile file) => tx.Run($"""
        INSERT INTO files (workspace_id, {Columns})
        VALUES (@Workspace, @Id, @Uid, @Name, @Description, @ContentType, @SizeBytes, @Sha256, @StorageKey, @RemoteLocation, @DealId,
                @LeadId, @PersonId, @OrgId, @ProductId, @ActivityId, @UserId, @AddedAt, @UpdatedAt, @UpdatedBy, @DeletedAt, @Version)
        """, Row(tx, file));

    /// <summary>Refuses as stale when someone else was faster.</summary>
    public static async Task Update(Tx tx, StoredFile file)
    {
        var written = await tx.Run("""
            UPDATE files
            SET name = @Name, description = @Description, deal_id = @DealId, lead_id = @LeadId, person_id = @PersonId, org_id = @OrgId,
                product_id = @ProductId, activity_id = @ActivityId, updated_at = @UpdatedAt, updated_by = @UpdatedBy,
                deleted_at = @DeletedAt, version = @Version
            WHERE workspace_id = @Workspace AND id = @Id AND version = @Version - 1
            """, Row(tx, file));
        if (written == 0) throw Problem.Stale("file", file.Id);
    }

    public static Task<int> Delete(Tx tx, long id) =>
        tx.Run("DELETE FROM files WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });

    private static object Row(Tx tx, StoredFile file) => new
    {
        tx.Workspace,
        file.Id,
        file.Uid,
        file.Name,
        file.Description,
        file.ContentType,
        file.SizeBytes,
        file.Sha256,
        file.StorageKey,
        file.RemoteLocation,
        file.DealId,
        file.LeadId,
        file.PersonId,
        file.OrgId,
        file.ProductId,
        file.ActivityId,
        file.UserId,
        file.AddedAt,
        file.UpdatedAt,
        file.UpdatedBy,
        file.DeletedAt,
        file.Version,
    };
}
