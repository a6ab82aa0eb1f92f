using Tributary.Core.Storage;

namespace Tributary.Core.Keys;

/// <summary>The SQL of apps.</summary>
internal static class AppStore
{
    private const string Columns = "id, uid, name, dialect, client_id, user_id, scopes, redirect_uris, added_at, revoked_at";

    public static Task<int> Insert(Tx tx, App app, string secretHash) => tx.Run($"""
        INSERT INTO apps (workspace_id, id, uid, name, dialect, client_id, secret_hash, user_id, scopes, redirect_uris, added_at)
        VALUES (@Workspace, @Id, @Uid, @Name, @Dialect, @ClientId, @secretHash, @UserId, {tx.Sql.Json("Scopes")},
                {tx.Sql.Json("RedirectUris")}, @AddedAt)
        """, new
    {
        tx.Workspace,
        app.Id,
        app.Uid,
        app.Name,
        app.Dialect,
        app.ClientId,
        secretHash,
        app.UserId,
        app.Scopes,
        app.RedirectUris,
        app.AddedAt,
    });

    public static Task<App?> Find(Tx tx, long id) =>
        tx.One<App>($"SELECT {Columns} FROM apps WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });

    public static Task<App?> FindForUpdate(Tx tx, long id) =>
        tx.One<App>($"SELECT {Columns} FROM apps WHERE workspace_id = @Workspace AND id = @id {tx.Sql.ForUpdate}",
            new { tx.Workspace, id });

    public static Task<App?> FindByUid(Tx tx, Guid uid) =>
        tx.One<App>($"SELECT {Columns} FROM apps WHERE workspace_id = @Workspace AND uid = @uid", new { tx.Workspace, uid });

    public static Task<string?> SecretHash(Tx tx, long id) =>
        tx.One<string>("SELECT secret_hash FROM apps WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });

    public static Task<IReadOnlyList<App>> All(Tx tx) =>
        tx.Many<App>($"SELECT {Columns} FROM apps WHERE workspace_id = @Workspace ORDER BY id", new { tx.Workspace });

    public static Task<int> Revoke(Tx tx, long id) =>
        tx.Run("UPDATE apps SET revoked_at = @Now WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id, tx.Now });

    public static Task<int> SetSecretHash(Tx tx, long id, string secretHash) =>
        tx.Run("UPDATE apps SET secret_hash = @secretHash WHERE workspace_id = @Workspace AND id = @id",
            new { tx.Workspace, id, secretHash });
}
