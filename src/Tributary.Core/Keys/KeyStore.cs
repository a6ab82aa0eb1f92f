using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Keys;

/// <summary>The SQL of keys.</summary>
internal static class KeyStore
{
    private const string Columns =
        "id, uid, dialect, name, user_id, prefix, scopes, allowed_ips, expires_at, daily_budget, revoked_at, last_used_at, added_at, added_by";

    /// <summary>What only the check of a credential reads.</summary>
    public sealed record Hashes
    {
        public required string Hash { get; init; }
        public string? SecretHash { get; init; }
    }

    public static Task<int> Insert(Tx tx, ApiKey key, string hash, string? secretHash) => tx.Run($"""
        INSERT INTO api_keys (workspace_id, id, uid, dialect, name, user_id, prefix, hash, secret_hash, scopes, allowed_ips,
                              expires_at, daily_budget, added_at, added_by)
        VALUES (@Workspace, @Id, @Uid, @Dialect, @Name, @UserId, @Prefix, @hash, @secretHash, {tx.Sql.Json("Scopes")},
                {tx.Sql.Json("AllowedIps")}, @ExpiresAt, @DailyBudget, @AddedAt, @AddedBy)
        """, new
    {
        tx.Workspace,
        key.Id,
        key.Uid,
        key.Dialect,
        key.Name,
        key.UserId,
        key.Prefix,
        hash,
        secretHash,
        key.Scopes,
        key.AllowedIps,
        key.ExpiresAt,
        key.DailyBudget,
        key.AddedAt,
        key.AddedBy,
    });

    public static Task<ApiKey?> Find(Tx tx, long id) =>
        tx.One<ApiKey>($"SELECT {Columns} FROM api_keys WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });

    public static Task<ApiKey?> FindForUpdate(Tx tx, long id) =>
        tx.One<ApiKey>($"SELECT {Columns} FROM api_keys WHERE workspace_id = @Workspace AND id = @id {tx.Sql.ForUpdate}",
            new { tx.Workspace, id });

    public static Task<Hashes?> FindHashes(Tx tx, long id) =>
        tx.One<Hashes>("SELECT hash, secret_hash FROM api_keys WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });

    public static Task<IReadOnlyList<ApiKey>> All(Tx tx) =>
        tx.Many<ApiKey>($"SELECT {Columns} FROM api_keys WHERE workspace_id = @Workspace ORDER BY id", new { tx.Workspace });

    public static Task<int> Revoke(Tx tx, long id) =>
        tx.Run("UPDATE api_keys SET revoked_at = @Now WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id, tx.Now });

    public static Task<int> Update(Tx tx, ApiKey key) => tx.Run("""
        UPDATE api_keys
        SET name = @Name, daily_budget = @DailyBudget
        WHERE workspace_id = @Workspace AND id = @Id
        """, new { tx.Workspace, key.Id, key.Name, key.DailyBudget });

    public static Task<int> Replace(Tx tx, long id, string prefix, string hash, string? secretHash) => tx.Run("""
        UPDATE api_keys
        SET prefix = @prefix, hash = @hash, secret_hash = @secretHash
        WHERE workspace_id = @Workspace AND id = @id
        """, new { tx.Workspace, id, prefix, hash, secretHash });

    /// <summary>Writes a use unless one of the last minute is written, whichever server saw it.</summary>
    public static Task<int> SetLastUsed(Tx tx, long id, DateTimeOffset at) => tx.Run("""
        UPDATE api_keys
        SET last_used_at = @at
        WHERE workspace_id = @Workspace AND id = @id AND (last_used_at IS NULL OR last_used_at <= @minuteBefore)
        """, new { tx.Workspace, id, at, minuteBefore = at.AddMinutes(-1) });
}
