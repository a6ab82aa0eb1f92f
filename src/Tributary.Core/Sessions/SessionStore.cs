using Tributary.Core.Storage;

namespace Tributary.Core.Sessions;

/// <summary>The SQL of sessions.</summary>
internal static class SessionStore
{
    private const string Columns = "id, user_id, user_agent, address, added_at, last_used_at, expires_at";

    public sealed record CandidateRow
    {
        public long WorkspaceId { get; init; }
        public Guid WorkspaceUid { get; init; }
        public required string WorkspaceName { get; init; }
        public long Id { get; init; }
        public required string PasswordHash { get; init; }
    }

    /// <summary>A session that ended, as the directory knows it.</summary>
    public sealed record EndedRow
    {
        public long Id { get; init; }
        public required string Hash { get; init; }
    }

    /// <summary>Across workspaces: active users with this address and a password.</summary>
    public static Task<IReadOnlyList<CandidateRow>> Candidates(Tx tx, string folded) => tx.Many<CandidateRow>("""
        SELECT u.workspace_id, w.uid AS workspace_uid, w.name AS workspace_name, u.id, u.password_hash
        FROM directory d
        JOIN users u ON u.workspace_id = d.workspace_id AND u.id = d.subject_id
        JOIN workspaces w ON w.id = u.workspace_id
        WHERE d.kind = 'email' AND d.lookup = @folded AND u.is_active = @active AND u.password_hash IS NOT NULL
        ORDER BY u.workspace_id
        """, new { folded, active = true });

    public static Task<int> Insert(Tx tx, Session session, string hash) => tx.Run("""
        INSERT INTO sessions (workspace_id, id, user_id, hash, user_agent, address, added_at, last_used_at, expires_at)
        VALUES (@Workspace, @Id, @UserId, @hash, @UserAgent, @Address, @AddedAt, @LastUsedAt, @ExpiresAt)
        """, new
    {
        tx.Workspace,
        session.Id,
        session.UserId,
        hash,
        session.UserAgent,
        session.Address,
        session.AddedAt,
        session.LastUsedAt,
        session.ExpiresAt,
    });

    public static Task<Session?> Find(Tx tx, long id) =>
        tx.One<Session>($"SELECT {Columns} FROM sessions WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });

    /// <summary>Those that still open, newest first.</summary>
    public static Task<IReadOnlyList<Session>> Of(Tx tx, long userId) => tx.Many<Session>($"""
        SELECT {Columns}
        FROM sessions
        WHERE workspace_id = @Workspace AND user_id = @userId AND expires_at > @Now
        ORDER BY id DESC
        """, new { tx.Workspace, userId, tx.Now });

    public static Task<int> Use(Tx tx, long id, DateTimeOffset expires) =>
        tx.Run("UPDATE sessions SET last_used_at = @Now, expires_at = @expires WHERE workspace_id = @Workspace AND id = @id",
            new { tx.Workspace, id, tx.Now, expires });

    public static Task<IReadOnlyList<EndedRow>> End(Tx tx, long id) =>
        tx.Many<EndedRow>("DELETE FROM sessions WHERE workspace_id = @Workspace AND id = @id RETURNING id, hash", new { tx.Workspace, id });

    public static Task<IReadOnlyList<EndedRow>> EndAll(Tx tx, long userId, long exceptId) => tx.Many<EndedRow>("""
        DELETE FROM sessions
        WHERE workspace_id = @Workspace AND user_id = @userId AND id <> @exceptId
        RETURNING id, hash
        """, new { tx.Workspace, userId, exceptId });

    public static Task<IReadOnlyList<EndedRow>> Purge(Tx tx) =>
        tx.Many<EndedRow>("DELETE FROM sessions WHERE workspace_id = @Workspace AND expires_at <= @Now RETURNING id, hash",
            new { tx.Workspace, tx.Now });
}
