using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

// What hangs on a deal.
internal static partial class DealStore
{
    public static Task<bool> Follows(Tx tx, long dealId, long userId) => tx.One<bool>("""
        SELECT COUNT(*) > 0
        FROM deal_followers
        WHERE workspace_id = @Workspace AND deal_id = @dealId AND user_id = @userId
        """, new { tx.Workspace, dealId, userId });

    /// <summary>Which of the deals a user follows.</summary>
    public static Task<IReadOnlyList<long>> Followed(Tx tx, IReadOnlyCollection<long> ids, long userId) => tx.Many<long>($"""
        SELECT deal_id
        FROM deal_followers
        WHERE workspace_id = @Workspace AND user_id = @userId AND {tx.Sql.In("deal_id", "ids")}
        """, new { tx.Workspace, userId, ids = tx.Sql.List(ids) });

    /// <summary>
    /// The day, not as the bare column that indexes have in order: without statistics SQLite would go through the days of all activities
    /// rather than sort those of one deal. For the same reason the latest message is asked of a group.
    /// </summary>
    private const string Day = "COALESCE(c.due_on, c.due_on)";

    /// <summary>
    /// Counts anew what hangs on a deal: followers, contacts, products, notes, files, activities, mail. Called by every
    /// write to one of them; it does not raise the deal's version, because the deal itself did not change.
    /// </summary>
    public static Task RefreshFacts(Tx tx, long id) => tx.Run($"""
        UPDATE deals SET
            products_count = (SELECT COUNT(*) FROM deal_products c WHERE c.workspace_id = @Workspace AND c.deal_id = @id),
            files_count = (SELECT COUNT(*) FROM files c WHERE c.workspace_id = @Workspace AND c.deal_id = @id AND c.deleted_at IS NULL),
            notes_count = (SELECT COUNT(*) FROM notes c WHERE c.workspace_id = @Workspace AND c.deal_id = @id AND c.deleted_at IS NULL),
            followers_count = (SELECT COUNT(*) FROM deal_followers c WHERE c.workspace_id = @Workspace AND c.deal_id = @id),
            participants_count = (SELECT COUNT(*) FROM deal_contacts c WHERE c.workspace_id = @Workspace AND c.deal_id = @id),
            (activities_count, done_activities_count) = (SELECT COUNT(*), COUNT(*) FILTER (WHERE c.done) FROM activities c
                WHERE c.workspace_id = @Workspace AND c.deal_id = @id AND c.deleted_at IS NULL),
            mail_count = (SELECT COUNT(*) FROM mail_messages c
                          WHERE c.workspace_id = @Workspace AND c.deal_id = @id AND c.deleted_at IS NULL),
            (next_activity_id, next_activity_on, next_activity_time) = (SELECT c.id, c.due_on, c.due_time FROM activities c
                WHERE c.workspace_id = @Workspace AND c.deal_id = @id AND c.deleted_at IS NULL
                  AND c.status IN ('open', 'in_progress') AND c.due_on IS NOT NULL
                ORDER BY {Day}, c.due_time NULLS FIRST, c.id LIMIT 1),
            (last_activity_id, last_activity_on) = (SELECT c.id, c.due_on FROM activities c
                WHERE c.workspace_id = @Workspace AND c.deal_id = @id AND c.deleted_at IS NULL AND c.done
                ORDER BY {Day} DESC NULLS LAST, c.id DESC LIMIT 1),
            last_incoming_mail_at = (SELECT MAX(c.message_at) FROM mail_messages c
                                     WHERE c.workspace_id = @Workspace AND c.deal_id = @id AND c.deleted_at IS NULL
                                       AND c.direction = 'incoming'
                                     GROUP BY c.deal_id),
            last_outgoing_mail_at = (SELECT MAX(c.message_at) FROM mail_messages c
                                     WHERE c.workspace_id = @Workspace AND c.deal_id = @id AND c.deleted_at IS NULL
                                       AND c.direction = 'outgoing'
                                     GROUP BY c.deal_id),
            touched_at = @Now
        WHERE workspace_id = @Workspace AND id = @id
        """, new { tx.Workspace, id, tx.Now });

    /// <summary>For a purge: an import that is run again brings the deal and what hung on it anew.</summary>
    public static Task ForgetSources(Tx tx, long id) => tx.Run("""
        DELETE FROM external_ids
        WHERE workspace_id = @Workspace
          AND (subject = 'deal' AND subject_id = @id
            OR subject = 'activity' AND subject_id IN (SELECT id FROM activities WHERE workspace_id = @Workspace AND deal_id = @id)
            OR subject = 'note' AND subject_id IN (SELECT id FROM notes WHERE workspace_id = @Workspace AND deal_id = @id))
        """, new { tx.Workspace, id });
}
