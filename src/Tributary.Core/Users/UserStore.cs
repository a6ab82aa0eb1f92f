using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Users;

/// <summary>The SQL of users. Reading them is the catalog's.</summary>
internal static class UserStore
{
    public static Task<int> Insert(Tx tx, User user, string? passwordHash) => tx.Run("""
        INSERT INTO users (workspace_id, id, uid, name, email, email_folded, role, group_id, phone, locale, time_zone, default_currency,
                           password_hash, is_active, added_at, updated_at, version)
        VALUES (@Workspace, @Id, @Uid, @Name, @Email, @emailFolded, @role, @GroupId, @Phone, @Locale, @TimeZone, @DefaultCurrency,
                @passwordHash, @IsActive, @AddedAt, @UpdatedAt, @Version)
        """, Row(tx, user, passwordHash));

    /// <returns>False when someone else changed the user meanwhile.</returns>
    public static async Task<bool> Update(Tx tx, User user) => await tx.Run("""
        UPDATE users
        SET name = @Name, email = @Email, email_folded = @emailFolded, role = @role, group_id = @GroupId, phone = @Phone, locale = @Locale,
            time_zone = @TimeZone, default_currency = @DefaultCurrency, is_active = @IsActive, updated_at = @UpdatedAt, version = @Version
        WHERE workspace_id = @Workspace AND id = @Id AND version = @Version - 1
        """, Row(tx, user, null)) == 1;

    /// <summary>
    /// PostgreSQL lets two changes pass the rule of the last admin at once, unless they queue here; the workspace's row
    /// is what they share.
    /// </summary>
    public static Task<long> LockWorkspace(Tx tx) =>
        tx.One<long>($"SELECT id FROM workspaces WHERE id = @Workspace {tx.Sql.ForUpdate}", new { tx.Workspace });

    public static async Task<bool> EmailIsTaken(Tx tx, string email, long exceptId) => await tx.One<long?>(
        "SELECT id FROM users WHERE workspace_id = @Workspace AND email_folded = @folded AND id <> @exceptId",
        new { tx.Workspace, folded = Folding.Fold(email), exceptId }) is not null;

    public static Task<int> SetPasswordHash(Tx tx, long id, string? hash) =>
        tx.Run("UPDATE users SET password_hash = @hash WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id, hash });

    public static Task<string?> PasswordHash(Tx tx, long id) =>
        tx.One<string>("SELECT password_hash FROM users WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });

    public static Task<int> SetLastLogin(Tx tx, long id) =>
        tx.Run("UPDATE users SET last_login_at = @Now WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id, tx.Now });

    private static object Row(Tx tx, User user, string? passwordHash) => new
    {
        tx.Workspace,
        user.Id,
        user.Uid,
        user.Name,
        user.Email,
        emailFolded = Folding.Fold(user.Email),
        role = user.Role.ToString().ToLowerInvariant(),
        user.GroupId,
        user.Phone,
        user.Locale,
        user.TimeZone,
        user.DefaultCurrency,
        passwordHash,
        user.IsActive,
        user.AddedAt,
        user.UpdatedAt,
        user.Version,
    };
}
