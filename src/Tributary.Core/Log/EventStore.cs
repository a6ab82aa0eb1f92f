using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Log;

/// <summary>
/// The SQL of the log: append, and the few ways to read it. Nothing updates it; only a purge takes a record's lines away, and a person
/// who is erased out of lists in others' (PersonTraceStore).
/// </summary>
internal static class EventStore
{
    private const string Columns =
        "id, tx, uid, at, subject, subject_id, action, deal_id, from_stage_id, to_stage_id, from_status, to_status, changes, note, actor_id, dialect, app_id, key_id, user_agent, is_bulk, is_quiet_move, chain";

    private static readonly string ColumnsOfReplay =
        Columns.Replace(" changes,", " CASE WHEN action = 'created' THEN NULL ELSE changes END AS changes,", StringComparison.Ordinal);

    // What a move is made of; the rest, above all the changes, is left unread.
    private const string MoveColumns =
        "id, subject, subject_id, action, at, from_stage_id, to_stage_id, from_status, to_status, note, actor_id";

    // What decides who hears of a line.
    private const string HeardColumns = "id, tx, at, subject, subject_id, action, deal_id, from_stage_id, to_status";

    public static async Task Append(Tx tx, Caller caller, LogEntry entry)
    {
        var (place, id) = await tx.PlaceId("event_ids");
        await tx.Put($"""
            INSERT INTO events (workspace_id, id, tx, uid, at, subject, subject_id, action, deal_id, from_stage_id, to_stage_id,
                                from_status, to_status, changes, note, actor_id, dialect, app_id, key_id, user_agent, is_bulk,
                                is_quiet_move, chain)
            VALUES (@Workspace, {place}, {tx.Sql.TransactionNumber}, @uid, @Now, @Subject, @SubjectId, @Action, @DealId, @FromStageId,
                    @ToStageId, @FromStatus, @ToStatus, {tx.Sql.Json("changes")}, @Note, @UserId, @Dialect, @AppId, @KeyId, @UserAgent,
                    @IsBulk, @IsQuietMove, {tx.Sql.Json("chain")})
            """, new
        {
            tx.Workspace,
            id,
            uid = tx.NextUid(),
            tx.Now,
            entry.Subject,
            entry.SubjectId,
            entry.Action,
            entry.DealId,
            entry.FromStageId,
            entry.ToStageId,
            entry.FromStatus,
            entry.ToStatus,
            changes = (Seq<Change>)[.. entry.Changes],
            entry.Note,
            caller.UserId,
            caller.Dialect,
            caller.AppId,
            caller.KeyId,
            UserAgent = caller.UserAgent is { Length: > 200 } agent ? agent[..200] : caller.UserAgent,
            caller.IsBulk,
            entry.IsQuietMove,
            chain = caller.Chain.Count == 0 ? null : caller.Chain,
        });
        tx.WhenCommitted(() => tx.Db.LogGrew(tx.Workspace));
    }

    /// <summary>Events after a position, in commit order, of settled transactions only.</summary>
    public static Task<IReadOnlyList<LogEvent>> After(Tx tx, LogPosition position, int limit) => tx.Many<LogEvent>($"""
        SELECT {Columns}
        FROM events
        WHERE workspace_id = @Workspace AND {tx.Sql.LaterInLog} {tx.Sql.SettledOnly}
        ORDER BY {tx.Sql.LogOrder}
        LIMIT @limit
        """, new { tx.Workspace, position.Tx, position.EventId, limit });

    /// <summary>As above, with no more of each line than decides who hears of it: in particular not what changed.</summary>
    public static Task<IReadOnlyList<LogEvent>> HeardAfter(Tx tx, LogPosition position, int limit) => tx.Many<LogEvent>($"""
        SELECT {HeardColumns}
        FROM events
        WHERE workspace_id = @Workspace AND {tx.Sql.LaterInLog} {tx.Sql.SettledOnly}
        ORDER BY {tx.Sql.LogOrder}
        LIMIT @limit
        """, new { tx.Workspace, position.Tx, position.EventId, limit });

    /// <summary>As above, but only the lines that are asked for.</summary>
    public static Task<IReadOnlyList<LogEvent>> After(Tx tx, LogPosition position, EventQuery query, int limit) => tx.Many<LogEvent>($"""
        SELECT {Columns}
        FROM events
        WHERE workspace_id = @Workspace AND {tx.Sql.LaterInLog}{Asked(query)} {tx.Sql.SettledOnly}
        ORDER BY {tx.Sql.LogOrder}
        LIMIT @limit
        """, new { tx.Workspace, position.Tx, position.EventId, query.Subject, query.SubjectId, query.Action, query.DealId, limit });

    /// <summary>
    /// Events before a position, the last one first. Who reads backwards sees what is committed at once: nobody goes on from here to later
    /// lines, so that nothing is skipped by showing a line while an older unit of work still runs.
    /// </summary>
    public static Task<IReadOnlyList<LogEvent>> Before(Tx tx, LogPosition position, AuditQuery query, int limit)
    {
        var asked = Asked(query.Events) + (query.ActorId is null ? "" : " AND actor_id = @ActorId")
            + (query.Dialect is null ? "" : " AND dialect = @Dialect")
            + (query.KeyId is null ? "" : " AND key_id = @KeyId") + (query.Since is null ? "" : " AND at >= @Since")
            + (query.Until is null ? "" : " AND at <= @Until");
        return tx.Many<LogEvent>($"""
            SELECT {Columns}
            FROM events
            WHERE workspace_id = @Workspace AND {tx.Sql.EarlierInLog}{asked}
            ORDER BY {tx.Sql.LogOrderBackwards}
            LIMIT @limit
            """, new
        {
            tx.Workspace,
            position.Tx,
            position.EventId,
            query.Events.Subject,
            query.Events.SubjectId,
            query.Events.Action,
            query.Events.DealId,
            query.ActorId,
            query.Dialect,
            query.KeyId,
            query.Since,
            query.Until,
            limit,
        });
    }

    private static string Asked(EventQuery query) =>
        (query.Subject is null ? "" : " AND subject = @Subject") + (query.SubjectId is null ? "" : " AND subject_id = @SubjectId")
        + (query.Action is null ? "" : " AND action = @Action") + (query.DealId is null ? "" : " AND deal_id = @DealId");

    /// <summary>The place of the last settled line.</summary>
    public static Task<LogPosition> Last(Tx tx) => tx.One($"""
        SELECT tx, id AS event_id
        FROM events
        WHERE workspace_id = @Workspace {tx.Sql.SettledOnly}
        ORDER BY {tx.Sql.LogOrderBackwards}
        LIMIT 1
        """, Position, ("Workspace", tx.Workspace));

    /// <summary>Reads a place in the log: the columns tx and event_id.</summary>
    public static LogPosition Position(ref Row row) => new(row.Whole(), row.Whole());

    public static Task<LogEvent?> Find(Tx tx, long id) =>
        tx.One<LogEvent>($"SELECT {Columns} FROM events WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });

    public static Task<IReadOnlyList<LogEvent>> FindMany(Tx tx, IReadOnlyCollection<long> ids) => tx.Many<LogEvent>($"""
        SELECT {Columns}
        FROM events
        WHERE workspace_id = @Workspace AND {tx.Sql.In("id", "ids")}
        """, new { tx.Workspace, ids = tx.Sql.List(ids) });

    /// <summary>The id of the last line about a record.</summary>
    public static Task<long> NewestOf(Tx tx, string subject, long subjectId) =>
        tx.One<long>("SELECT MAX(id) FROM events WHERE workspace_id = @Workspace AND subject = @subject AND subject_id = @subjectId",
            new { tx.Workspace, subject, subjectId });

    /// <summary>
    /// What happened to some deals themselves from a line on, newest first. Of a creation without what it set, which is the deal.
    /// </summary>
    public static Task<IReadOnlyList<LogEvent>> OfDealsFrom(Tx tx, IReadOnlyCollection<long> ids, long from) => tx.Many<LogEvent>($"""
        SELECT {ColumnsOfReplay}
        FROM events
        WHERE workspace_id = @Workspace AND subject = 'deal' AND {tx.Sql.In("subject_id", "ids")} AND id >= @from
        ORDER BY id DESC
        """, new { tx.Workspace, ids = tx.Sql.List(ids), from });

    /// <summary>The history of one record, newest first, before an event id (or from the newest).</summary>
    public static Task<IReadOnlyList<LogEvent>> OfSubject(Tx tx, string subject, long subjectId, long? before, int limit) =>
        tx.Many<LogEvent>($"""
        SELECT {Columns}
        FROM events
        WHERE workspace_id = @Workspace AND subject = @subject AND subject_id = @subjectId AND id < @before
        ORDER BY id DESC
        LIMIT @limit
        """, new { tx.Workspace, subject, subjectId, before = before ?? long.MaxValue, limit });

    /// <summary>What happened to some deals themselves after a moment, deal by deal, newest first.</summary>
    public static Task<IReadOnlyList<LogEvent>> OfDealsSince(Tx tx, IReadOnlyCollection<long> ids, DateTimeOffset since) =>
        tx.Many<LogEvent>($"""
        SELECT {Columns}
        FROM events
        WHERE workspace_id = @Workspace AND subject = 'deal' AND {tx.Sql.In("subject_id", "ids")} AND at > @since
        ORDER BY subject_id, id DESC
        """, new { tx.Workspace, ids = tx.Sql.List(ids), since });

    /// <summary>Everything that happened to a deal and what hangs on it, newest first.</summary>
    public static Task<IReadOnlyList<LogEvent>> OfDeal(Tx tx, long dealId, long? before, int limit) => tx.Many<LogEvent>($"""
        SELECT {Columns}
        FROM events
        WHERE workspace_id = @Workspace AND deal_id = @dealId AND id < @before
        ORDER BY id DESC
        LIMIT @limit
        """, new { tx.Workspace, dealId, before = before ?? long.MaxValue, limit });

    /// <summary>Where deals began and every change of their stage or status, oldest first: place, time, actor and note only.</summary>
    public static async Task<IReadOnlyList<LogEvent>> Moves(Tx tx, IReadOnlyCollection<long> dealIds) =>
        InOrder(await tx.Many(MovesOf(tx, dealIds)));

    /// <summary>Here, because they are few, and SQLite would make a tree of them.</summary>
    public static IReadOnlyList<LogEvent> InOrder(IReadOnlyList<LogEvent> moves) =>
        moves.Count < 2 ? moves : [.. moves.OrderBy(move => move.Id)];

    /// <summary>To be asked together with something else.</summary>
    public static Question<LogEvent> MovesOf(Tx tx, IReadOnlyCollection<long> dealIds) => dealIds.Count == 1
        ? new(movesOfOne, new { tx.Workspace, dealId = dealIds.First() })
        : new(MovesOf(tx.Sql.In("deal_id", "dealIds")), new { tx.Workspace, dealIds = tx.Sql.List(dealIds) });

    private static readonly string movesOfOne = MovesOf("deal_id = @dealId");

    private static string MovesOf(string deals) => $"""
        SELECT {MoveColumns}
        FROM events
        WHERE workspace_id = @Workspace AND {deals} AND subject = 'deal' AND (to_stage_id IS NOT NULL OR to_status IS NOT NULL)
        """;

    /// <summary>For a purge: the record and its history go together.</summary>
    public static Task ForgetDeal(Tx tx, long dealId) =>
        tx.Run("DELETE FROM events WHERE workspace_id = @Workspace AND deal_id = @dealId", new { tx.Workspace, dealId });

    /// <summary>When two deals become one, the history of the one that goes is read with the one that stays.</summary>
    public static Task Rehang(Tx tx, long fromDealId, long toDealId) =>
        tx.Run("UPDATE events SET deal_id = @toDealId WHERE workspace_id = @Workspace AND deal_id = @fromDealId",
            new { tx.Workspace, fromDealId, toDealId });
}
