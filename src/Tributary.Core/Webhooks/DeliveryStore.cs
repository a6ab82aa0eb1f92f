using Tributary.Core.Storage;

namespace Tributary.Core.Webhooks;

/// <summary>The SQL of deliveries. Each method is one statement; who sends what and when lives in WebhookCourier.</summary>
internal static class DeliveryStore
{
    private const string Columns =
        "id, webhook_id, message_uid, event_id, type, lane, replay_of, automation_id, state, attempts, run_after, attempted_at, request, status, milliseconds, reply, error, added_at";

    /// <param name="tx">The unit of work.</param>
    /// <param name="delivery">With its first attempt, when it is claimed as it is written.</param>
    /// <param name="lockedUntil">Until when it is claimed.</param>
    public static Task Insert(Tx tx, WebhookDelivery delivery, DateTimeOffset? lockedUntil = null) => tx.Put("""
        INSERT INTO webhook_deliveries (workspace_id, id, webhook_id, message_uid, event_id, type, lane, replay_of, automation_id, state,
            attempts, run_after, locked_until, attempted_at, added_at)
        VALUES (@Workspace, @Id, @WebhookId, @MessageUid, @EventId, @Type, @Lane, @ReplayOf, @AutomationId, 'waiting', @Attempts, @Now,
            @lockedUntil, @AttemptedAt, @Now)
        """, new
    {
        tx.Workspace,
        delivery.Id,
        delivery.WebhookId,
        delivery.MessageUid,
        delivery.EventId,
        delivery.Type,
        delivery.Lane,
        delivery.ReplayOf,
        delivery.AutomationId,
        delivery.Attempts,
        tx.Now,
        lockedUntil,
        delivery.AttemptedAt,
    });

    /// <summary>Which of some webhooks are well and have nothing waiting.</summary>
    public static Task<IReadOnlyList<long>> Idle(Tx tx, IReadOnlyCollection<long> webhookIds) => tx.Many<long>($"""
        SELECT w.id
        FROM webhooks w
        WHERE w.workspace_id = @Workspace AND {tx.Sql.In("w.id", "webhookIds")} AND w.paused_at IS NULL AND w.failures = 0
            AND NOT EXISTS (SELECT 1 FROM webhook_deliveries d
                            WHERE d.workspace_id = w.workspace_id AND d.webhook_id = w.id AND d.state = 'waiting')
        """, new { tx.Workspace, webhookIds = tx.Sql.List(webhookIds) });

    public static Task<WebhookDelivery?> Find(Tx tx, long webhookId, long id) => tx.One<WebhookDelivery>($"""
        SELECT {Columns}
        FROM webhook_deliveries
        WHERE workspace_id = @Workspace AND webhook_id = @webhookId AND id = @id
        """, new { tx.Workspace, webhookId, id });

    /// <summary>Newest first.</summary>
    public static Task<IReadOnlyList<WebhookDelivery>> Newest(Tx tx, long webhookId, DeliveryState? state, long before, int limit) =>
        tx.Many<WebhookDelivery>($"""
        SELECT {Columns}
        FROM webhook_deliveries
        WHERE workspace_id = @Workspace AND webhook_id = @webhookId AND id < @before {(state is null ? "" : "AND state = @state")}
        ORDER BY id DESC
        LIMIT @limit
        """, new { tx.Workspace, webhookId, before, limit, state = state is { } known ? Word(known) : null });

    /// <summary>The newest of each webhook that was tried, read from the end of its deliveries.</summary>
    public static Task<IReadOnlyList<LastDelivery>> LastOfEach(Tx tx) => tx.Many<LastDelivery>("""
        SELECT d.webhook_id, d.attempted_at, d.state
        FROM webhooks w
        JOIN webhook_deliveries d ON d.workspace_id = w.workspace_id AND d.id = (SELECT e.id FROM webhook_deliveries e
                                                                                WHERE e.workspace_id = w.workspace_id AND e.webhook_id = w.id AND e.attempted_at IS NOT NULL
                                                                                ORDER BY e.id DESC
                                                                                LIMIT 1)
        WHERE w.workspace_id = @Workspace
        """, new { tx.Workspace });

    /// <summary>What a replay takes, oldest first: nothing that is still on its way.</summary>
    public static Task<IReadOnlyList<WebhookDelivery>> InRange(Tx tx, long webhookId, ReplayRange range, int limit)
    {
        var asked = (range.FromId is null ? "" : " AND id >= @FromId") + (range.ToId is null ? "" : " AND id <= @ToId")
            + (range.Since is null ? "" : " AND added_at >= @Since") + (range.Until is null ? "" : " AND added_at <= @Until");
        return tx.Many<WebhookDelivery>($"""
            SELECT {Columns}
            FROM webhook_deliveries
            WHERE workspace_id = @Workspace AND webhook_id = @webhookId AND {(range.OnlyParked ? "state = 'parked'" : "state <> 'waiting'")}
                AND replay_of IS NULL{asked}
            ORDER BY id
            LIMIT @limit
            """, new { tx.Workspace, webhookId, range.FromId, range.ToId, range.Since, range.Until, limit });
    }

    /// <summary>Asked across all workspaces. One that is due tells enough, however many wait.</summary>
    public static Task<IReadOnlyList<DueWebhook>> DueWebhooks(Tx everywhere) => everywhere.Many<DueWebhook>("""
        SELECT w.workspace_id, w.id AS webhook_id
        FROM webhooks w
        WHERE w.paused_at IS NULL
          AND EXISTS (SELECT 1 FROM webhook_deliveries d
                      WHERE d.workspace_id = w.workspace_id AND d.webhook_id = w.id AND d.state = 'waiting' AND d.run_after <= @Now
                          AND (d.locked_until IS NULL OR d.locked_until <= @Now))
        ORDER BY w.workspace_id, w.id
        """, new { everywhere.Now });

    /// <summary>
    /// The first of each lane, when it is due and nobody holds it; those behind it wait until it is sent or parked. Who is first stays
    /// it until then, so that what is found here may be claimed a moment later, if nobody else has.
    /// </summary>
    public static Task<IReadOnlyList<WebhookDelivery>> NextDue(Tx tx, long webhookId, int limit) => tx.Many<WebhookDelivery>($"""
        SELECT {Columns}
        FROM webhook_deliveries d
        WHERE workspace_id = @Workspace AND webhook_id = @webhookId AND state = 'waiting' AND run_after <= @Now
            AND (locked_until IS NULL OR locked_until <= @Now)
          AND NOT EXISTS (SELECT 1 FROM webhook_deliveries e
                          WHERE e.workspace_id = d.workspace_id AND e.webhook_id = d.webhook_id AND e.lane = d.lane AND e.state = 'waiting'
                              AND e.id < d.id)
        ORDER BY id
        LIMIT @limit
        """, new { tx.Workspace, webhookId, tx.Now, limit });

    /// <summary>What of these is still due and nobody's, unless the webhook was paused meanwhile: with the number of the attempt.</summary>
    public static Task<IReadOnlyList<ClaimedDelivery>> Claim(Tx tx, long webhookId, IReadOnlyCollection<long> ids,
        DateTimeOffset lockedUntil) => tx.Many<ClaimedDelivery>($"""
        UPDATE webhook_deliveries
        SET attempts = attempts + 1, locked_until = @lockedUntil, attempted_at = @Now
        WHERE workspace_id = @Workspace AND id IN (SELECT e.id
                                                   FROM webhook_deliveries e
                                                   WHERE e.workspace_id = @Workspace AND {tx.Sql.In("e.id", "ids")} AND e.state = 'waiting'
                                                       AND e.run_after <= @Now AND (e.locked_until IS NULL OR e.locked_until <= @Now)
                                                   ORDER BY e.id
                                                   {tx.Sql.SkipLocked})
            AND EXISTS (SELECT 1 FROM webhooks w WHERE w.workspace_id = @Workspace AND w.id = @webhookId AND w.paused_at IS NULL)
        RETURNING id, attempts
        """, new { tx.Workspace, webhookId, ids = tx.Sql.List(ids), lockedUntil, tx.Now });

    /// <returns>Which of them were this sender's: the lease of others ran out and another began them.</returns>
    public static async Task<IReadOnlySet<long>> Record(Tx tx, IReadOnlyList<WebhookDelivery> deliveries)
    {
        var rows = deliveries.Select(delivery => new
        {
            tx.Workspace,
            delivery.Id,
            delivery.Attempts,
            state = Word(delivery.State),
            delivery.RunAfter,
            delivery.Request,
            delivery.Status,
            delivery.Milliseconds,
            delivery.Reply,
            delivery.Error,
        }).ToList();
        // Differs by necessity: a statement costs SQLite nearly nothing, and PostgreSQL as much as some dozens of rows do.
        if (tx.Sql.IsPostgres)
        {
            return (await tx.Many<long>("""
                UPDATE webhook_deliveries d
                SET state = v.state, run_after = v.run_after, locked_until = NULL, request = v.request, status = v.status,
                    milliseconds = v.milliseconds, reply = v.reply, error = v.error
                FROM unnest(@Workspace, @Id, @Attempts, @state, @RunAfter, @Request, @Status, @Milliseconds, @Reply, @Error)
                    AS v (workspace_id, id, attempts, state, run_after, request, status, milliseconds, reply, error)
                WHERE d.workspace_id = v.workspace_id AND d.id = v.id AND d.state = 'waiting' AND d.attempts = v.attempts
                RETURNING d.id
                """, new ArraysOf(rows))).ToHashSet();
        }
        var recorded = new HashSet<long>();
        foreach (var row in rows)
        {
            var changed = await tx.Run("""
                UPDATE webhook_deliveries
                SET state = @state, run_after = @RunAfter, locked_until = NULL, request = @Request, status = @Status,
                    milliseconds = @Milliseconds, reply = @Reply, error = @Error
                WHERE workspace_id = @Workspace AND id = @Id AND state = 'waiting' AND attempts = @Attempts
                """, row);
            if (changed > 0) recorded.Add(row.Id);
        }
        return recorded;
    }

    /// <summary>Forgets the oldest, so many at most. Ids are given in the order of time, or nearly, so no index is kept for this.</summary>
    public static Task<int> Purge(Tx tx, DateTimeOffset before, int most) => tx.Run("""
        DELETE FROM webhook_deliveries
        WHERE workspace_id = @Workspace AND added_at < @before
            AND id IN (SELECT id FROM webhook_deliveries WHERE workspace_id = @Workspace ORDER BY id LIMIT @most)
        """, new { tx.Workspace, before, most });

    private static string Word(DeliveryState state) => state switch
    {
        DeliveryState.Waiting => "waiting",
        DeliveryState.Sent => "sent",
        DeliveryState.Parked => "parked",
    };
}
