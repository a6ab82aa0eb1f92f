using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Keys;

/// <summary>The SQL of kept answers.</summary>
internal static class IdempotencyStore
{
    /// <summary>Which request of which credential.</summary>
    public sealed record Key(long KeyId, string Lookup);

    public sealed record Row
    {
        public required string RequestHash { get; init; }
        public int? Status { get; init; }
        public Seq<KeptHeader>? Headers { get; init; }
        public byte[]? Body { get; init; }
        public required DateTimeOffset AddedAt { get; init; }
    }

    /// <returns>False when the key is taken, also by a request that has not ended.</returns>
    public static async Task<bool> Insert(Tx tx, Key key, string requestHash) => await tx.Run("""
        INSERT INTO idempotency_keys (workspace_id, key_id, lookup, request_hash, added_at)
        VALUES (@Workspace, @KeyId, @Lookup, @requestHash, @Now)
        ON CONFLICT (workspace_id, key_id, lookup) DO NOTHING
        """, new { tx.Workspace, key.KeyId, key.Lookup, requestHash, tx.Now }) == 1;

    public static Task<Row?> FindForUpdate(Tx tx, Key key) => tx.One<Row>($"""
        SELECT request_hash, status, headers, body, added_at
        FROM idempotency_keys
        WHERE workspace_id = @Workspace AND key_id = @KeyId AND lookup = @Lookup
        {tx.Sql.ForUpdate}
        """, new { tx.Workspace, key.KeyId, key.Lookup });

    public static Task<int> Restart(Tx tx, Key key, string requestHash) => tx.Run("""
        UPDATE idempotency_keys
        SET request_hash = @requestHash, status = NULL, headers = NULL, body = NULL, added_at = @Now
        WHERE workspace_id = @Workspace AND key_id = @KeyId AND lookup = @Lookup
        """, new { tx.Workspace, key.KeyId, key.Lookup, requestHash, tx.Now });

    public static Task<int> Finish(Tx tx, Key key, KeptAnswer answer) => tx.Run($"""
        UPDATE idempotency_keys
        SET status = @Status, headers = {tx.Sql.Json("Headers")}, body = @Body
        WHERE workspace_id = @Workspace AND key_id = @KeyId AND lookup = @Lookup AND status IS NULL
        """, new { tx.Workspace, key.KeyId, key.Lookup, answer.Status, answer.Headers, answer.Body });

    public static Task<int> Drop(Tx tx, Key key) => tx.Run("""
        DELETE FROM idempotency_keys
        WHERE workspace_id = @Workspace AND key_id = @KeyId AND lookup = @Lookup AND status IS NULL
        """, new { tx.Workspace, key.KeyId, key.Lookup });

    public static Task<int> Purge(Tx tx, DateTimeOffset until) =>
        tx.Run("DELETE FROM idempotency_keys WHERE workspace_id = @Workspace AND added_at <= @until", new { tx.Workspace, until });
}
