using Tributary.Core.Storage;

namespace Tributary.Core.Webhooks;

/// <summary>The SQL of webhooks.</summary>
internal static class WebhookStore
{
    private const string Columns =
        "id, uid, dialect, name, url, events, terms, scopes, app_id, since_event_id, former_until, paused_at, pause_reason, failures, failing_since, added_at, added_by, updated_at, version";

    /// <summary>What only signing reads.</summary>
    public sealed record Secrets
    {
        public required string Secret { get; init; }
        public string? FormerSecret { get; init; }
        public DateTimeOffset? FormerUntil { get; init; }

        /// <summary>Of the app that made the webhook.</summary>
        public Guid? AppUid { get; init; }
    }

    public static Task<int> Insert(Tx tx, Webhook webhook, string secret) => tx.Run($"""
        INSERT INTO webhooks (workspace_id, id, uid, dialect, name, url, events, terms, scopes, app_id, secret, since_event_id, paused_at,
            pause_reason, failures, added_at, added_by, updated_at, version)
        VALUES (@Workspace, @Id, @Uid, @Dialect, @Name, @Url, {tx.Sql.Json("Events")}, {tx.Sql.Json("terms")}, {tx.Sql.Json("Scopes")},
            @AppId, @secret, @SinceEventId, @PausedAt, @PauseReason, 0, @AddedAt, @AddedBy, @UpdatedAt, @Version)
        """, new
    {
        tx.Workspace,
        webhook.Id,
        webhook.Uid,
        webhook.Dialect,
        webhook.Name,
        webhook.Url,
        webhook.Events,
        terms = Written(webhook),
        webhook.Scopes,
        webhook.AppId,
        secret,
        webhook.SinceEventId,
        webhook.PausedAt,
        webhook.PauseReason,
        webhook.AddedAt,
        webhook.AddedBy,
        webhook.UpdatedAt,
        webhook.Version,
    });

    public static Task<int> Update(Tx tx, Webhook webhook) => tx.Run($"""
        UPDATE webhooks
        SET name = @Name, url = @Url, events = {tx.Sql.Json("Events")}, terms = {tx.Sql.Json("terms")}, paused_at = @PausedAt,
            pause_reason = @PauseReason, failures = @Failures, failing_since = @FailingSince, updated_at = @UpdatedAt, version = @Version
        WHERE workspace_id = @Workspace AND id = @Id
        """, new { tx.Workspace, webhook.Id, webhook.Name, webhook.Url, webhook.Events, terms = Written(webhook), webhook.PausedAt, webhook.PauseReason, webhook.Failures, webhook.FailingSince, webhook.UpdatedAt, webhook.Version });

    /// <summary>What signed until now signs beside the new one for a while.</summary>
    public static Task<int> SetSecret(Tx tx, long id, string secret, DateTimeOffset formerUntil) => tx.Run("""
        UPDATE webhooks
        SET former_secret = secret, former_until = @formerUntil, secret = @secret
        WHERE workspace_id = @Workspace AND id = @id
        """, new { tx.Workspace, id, secret, formerUntil });

    public static Task<int> Delete(Tx tx, long id) =>
        tx.Run("DELETE FROM webhooks WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });

    public static Task<Webhook?> Find(Tx tx, long id) =>
        tx.One<Webhook>($"SELECT {Columns} FROM webhooks WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });

    public static Task<Webhook?> FindForUpdate(Tx tx, long id) =>
        tx.One<Webhook>($"SELECT {Columns} FROM webhooks WHERE workspace_id = @Workspace AND id = @id {tx.Sql.ForUpdate}",
            new { tx.Workspace, id });

    public static Task<Secrets?> FindSecrets(Tx tx, long id) =>
        tx.One<Secrets>("""
        SELECT secret, former_secret, former_until,
            (SELECT a.uid FROM apps a WHERE a.workspace_id = w.workspace_id AND a.id = w.app_id) AS app_uid
        FROM webhooks w
        WHERE workspace_id = @Workspace AND id = @id
        """, new { tx.Workspace, id });

    public static Task<IReadOnlyList<Webhook>> All(Tx tx) =>
        tx.Many<Webhook>($"SELECT {Columns} FROM webhooks WHERE workspace_id = @Workspace ORDER BY id", new { tx.Workspace });

    /// <summary>The workspaces that have a webhook; asked across all of them.</summary>
    public static Task<IReadOnlyList<long>> Workspaces(Tx everywhere) =>
        everywhere.Many<long>("SELECT DISTINCT workspace_id FROM webhooks ORDER BY workspace_id", new { });

    private static WebhookTerms? Written(Webhook webhook) => webhook.Terms == WebhookTerms.Usual ? null : webhook.Terms;
}
