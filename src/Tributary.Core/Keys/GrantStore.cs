using Tributary.Core.Storage;

namespace Tributary.Core.Keys;

/// <summary>The SQL of grants.</summary>
internal static class GrantStore
{
    private const string Columns =
        "id, uid, app_id, user_id, scopes, redirect_uri, code_until, exchanged_at, refresh_until, epoch, added_at, revoked_at";

    /// <summary>What only the check of a code or refresh token reads.</summary>
    public sealed record Hashes
    {
        public required string CodeHash { get; init; }
        public string? RefreshHash { get; init; }
        public string? NextRefreshHash { get; init; }
        public string? SpentRefreshHash { get; init; }
    }

    public static Task<int> Insert(Tx tx, Grant grant, string codeHash) => tx.Run($"""
        INSERT INTO grants (workspace_id, id, uid, app_id, user_id, scopes, redirect_uri, code_hash, code_until, epoch, added_at)
        VALUES (@Workspace, @Id, @Uid, @AppId, @UserId, {tx.Sql.Json("Scopes")}, @RedirectUri, @codeHash, @CodeUntil, @Epoch, @AddedAt)
        """, new
    {
        tx.Workspace,
        grant.Id,
        grant.Uid,
        grant.AppId,
        grant.UserId,
        grant.Scopes,
        grant.RedirectUri,
        codeHash,
        grant.CodeUntil,
        grant.Epoch,
        grant.AddedAt,
    });

    public static Task<Grant?> FindByUid(Tx tx, Guid uid) =>
        tx.One<Grant>($"SELECT {Columns} FROM grants WHERE workspace_id = @Workspace AND uid = @uid", new { tx.Workspace, uid });

    public static Task<Grant?> FindForUpdate(Tx tx, long id) =>
        tx.One<Grant>($"SELECT {Columns} FROM grants WHERE workspace_id = @Workspace AND id = @id {tx.Sql.ForUpdate}",
            new { tx.Workspace, id });

    public static Task<Hashes?> FindHashes(Tx tx, long id) => tx.One<Hashes>("""
        SELECT code_hash, refresh_hash, next_refresh_hash, spent_refresh_hash
        FROM grants
        WHERE workspace_id = @Workspace AND id = @id
        """, new { tx.Workspace, id });

    /// <summary>Those that stand and were exchanged, oldest first.</summary>
    public static Task<IReadOnlyList<Grant>> Standing(Tx tx) => tx.Many<Grant>($"""
        SELECT {Columns}
        FROM grants
        WHERE workspace_id = @Workspace AND revoked_at IS NULL AND refresh_until > @Now
        ORDER BY id
        """, new { tx.Workspace, tx.Now });

    public static Task<int> SetTokens(Tx tx, Grant grant, Hashes hashes) => tx.Run("""
        UPDATE grants
        SET exchanged_at = @ExchangedAt, refresh_hash = @RefreshHash, next_refresh_hash = @NextRefreshHash,
            spent_refresh_hash = @SpentRefreshHash, refresh_until = @RefreshUntil
        WHERE workspace_id = @Workspace AND id = @Id
        """, new { tx.Workspace, grant.Id, grant.ExchangedAt, hashes.RefreshHash, hashes.NextRefreshHash, hashes.SpentRefreshHash, grant.RefreshUntil });

    public static Task<int> NextEpoch(Tx tx, long id) =>
        tx.Run("UPDATE grants SET epoch = epoch + 1 WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });

    public static Task<int> Revoke(Tx tx, long id) =>
        tx.Run("UPDATE grants SET revoked_at = @Now WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id, tx.Now });

    /// <summary>Those that were over before the given moment: revoked, run out, or never exchanged.</summary>
    public static Task<int> Purge(Tx tx, DateTimeOffset before) => tx.Run("""
        DELETE FROM grants
        WHERE workspace_id = @Workspace
          AND (revoked_at < @before OR refresh_until < @before OR (refresh_until IS NULL AND code_until < @before))
        """, new { tx.Workspace, before });
}
