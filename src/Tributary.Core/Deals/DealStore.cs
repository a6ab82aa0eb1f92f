using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

/// <summary>The SQL of deals. Each method is one statement; rules and transactions live elsewhere.</summary>
internal static class DealStore
{
    /// <summary>Every column, in the table's order.</summary>
    public static readonly string[] Names =
    [
        "id", "uid", "number", "title", "value_units", "currency", "pipeline_id", "stage_id", "status", "probability_bp", "priority",
        "position_units",
        "owner_id", "assignee_id", "creator_id", "person_id", "org_id", "expected_close", "next_followup_at", "won_at", "lost_at",
        "closed_at", "first_won_at",
        "stage_changed_at", "won_reason", "lost_reason", "loss_category", "closure_notes", "competitors", "source", "deal_type",
        "forecast_category",
        "description", "label_ids", "tag_ids", "visible_to", "custom", "rfp_id", "links", "origin", "origin_id", "channel", "channel_id",
        "source_lead_id",
        "provenance", "source_type", "app_id", "mrr_units", "arr_units", "acv_units", "products_count", "files_count", "notes_count",
        "followers_count",
        "participants_count", "activities_count", "done_activities_count", "mail_count", "next_activity_id", "next_activity_on",
        "next_activity_time",
        "last_activity_id", "last_activity_on", "last_incoming_mail_at", "last_outgoing_mail_at", "touched_at", "added_at", "updated_at",
        "updated_by",
        "archived_at", "deleted_at", "deleted_by", "schema_version", "version",
    ];

    private static readonly HashSet<string> JsonNames = ["competitors", "label_ids", "tag_ids", "custom", "links"];

    private static readonly RowTexts Texts = new("deals", Names, JsonNames);

    /// <summary>What every query that fills a <see cref="Deal"/> selects.</summary>
    public static readonly string Columns = string.Join(", ", Names);

    private static readonly string ById = $"""
        SELECT {Columns}
        FROM deals
        WHERE workspace_id = @Workspace AND id = @id
        """;

    private static readonly string ByUid = $"""
        SELECT {Columns}
        FROM deals
        WHERE workspace_id = @Workspace AND uid = @uid
        """;

    public static Task<Deal?> Find(Tx tx, long id) => tx.One<Deal?>(ById, DealRow.Read, ("Workspace", tx.Workspace), ("id", id));

    public static Task<Deal?> Find(Tx tx, Guid uid) => tx.One<Deal?>(ByUid, DealRow.Read, ("Workspace", tx.Workspace), ("uid", uid));

    public static Task<Deal?> FindForUpdate(Tx tx, long id) => tx.One<Deal?>($"""
        {ById}
        {tx.Sql.ForUpdate}
        """, DealRow.Read, ("Workspace", tx.Workspace), ("id", id));

    public static Task<IReadOnlyList<Deal>> FindMany(Tx tx, IReadOnlyCollection<long> ids) => tx.Many<Deal>($"""
        SELECT {Columns}
        FROM deals
        WHERE workspace_id = @Workspace AND {tx.Sql.In("id", "ids")}
        ORDER BY id
        """, DealRow.Read, ("Workspace", tx.Workspace), ("ids", tx.Sql.List(ids)));

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

    public static Task<bool> NumberTaken(Tx tx, string number, long exceptId) => tx.One<bool>("""
        SELECT COUNT(*) > 0
        FROM deals
        WHERE workspace_id = @Workspace AND number = @number AND id <> @exceptId
        """, new { tx.Workspace, number, exceptId });

    /// <summary>The next number of a year, counted per workspace.</summary>
    public static Task<long> NextNumber(Tx tx, int year) =>
        tx.Bulk is { } bulk ? bulk.NextNumber(year, count => TakeNumbers(tx, year, count)) : TakeNumbers(tx, year, 1);

    /// <summary>Gives back the numbers that were taken in a block and not given out; nobody else can have come after them.</summary>
    public static async Task ReturnNumbers(Tx tx, Bulk bulk)
    {
        foreach (var (year, given, taken) in bulk.Left)
        {
            await tx.Put("UPDATE deal_numbers SET last = @given WHERE workspace_id = @Workspace AND year = @year AND last = @taken",
                new { tx.Workspace, year, given, taken });
        }
    }

    /// <summary>
    /// What a new deal needs to know before it is written: its number in the year, its id and the last place in its stage.
    /// </summary>
    public static async Task<(long Number, long Id, long? Last)> NextPlace(Tx tx, int year, long stageId)
    {
        if (!tx.Sql.IsPostgres || tx.Bulk is not null)
        {
            return (await NextNumber(tx, year), await tx.NextId("deal_ids"), await LastPosition(tx, stageId));
        }

        // Differs by necessity: on PostgreSQL the workspace's other creates would wait for this one's commit to get a number.
        var counting = new { tx.Workspace, year, count = 1 };
        long? apart = tx.CountsApart ? await tx.Alone(TakeNumbersText, counting) : null;
        var found = await tx.Wholes([
            .. apart is null ? [(TakeNumbersText, counting)] : Array.Empty<(string, object)>(),
            ("SELECT nextval('deal_ids')", new { }),
            (LastPositionText, new { tx.Workspace, stageId, exceptId = 0L }),
        ]);
        return (apart ?? found[0]!.Value, found[^2]!.Value, found[^1]);
    }

    private static Task<long> TakeNumbers(Tx tx, int year, int count) => tx.One<long>(TakeNumbersText, new { tx.Workspace, year, count });

    private const string TakeNumbersText = """
        INSERT INTO deal_numbers (workspace_id, year, last) VALUES (@Workspace, @year, @count)
        ON CONFLICT (workspace_id, year) DO UPDATE SET last = deal_numbers.last + @count
        RETURNING last
        """;

    /// <summary>Keeps a number that an import brought from being given out later.</summary>
    public static Task NeverGiveOutNumber(Tx tx, int year, long count) => tx.Run("""
        INSERT INTO deal_numbers (workspace_id, year, last) VALUES (@Workspace, @year, @count)
        ON CONFLICT (workspace_id, year) DO UPDATE
        SET last = CASE WHEN deal_numbers.last < excluded.last THEN excluded.last ELSE deal_numbers.last END
        """, new { tx.Workspace, year, count });

    private const string OnBoard =
        "workspace_id = @Workspace AND stage_id = @stageId AND status = 'open' AND deleted_at IS NULL AND archived_at IS NULL";

    /// <summary>The last place in a stage, that of one deal left out; new and moved deals go behind it.</summary>
    public static Task<long?> LastPosition(Tx tx, long stageId, long exceptId = 0) =>
        tx.One<long?>(LastPositionText, new { tx.Workspace, stageId, exceptId });

    private const string LastPositionText = $"""
        SELECT MAX(position_units)
        FROM deals
        WHERE {OnBoard} AND id <> @exceptId
        """;

    /// <summary>The places of two neighbours, counted from the top, one deal left out.</summary>
    public static Task<IReadOnlyList<long>> PositionsFrom(Tx tx, long stageId, long exceptId, int skip) => tx.Many<long>($"""
        SELECT position_units
        FROM deals
        WHERE {OnBoard} AND id <> @exceptId
        ORDER BY position_units, id
        LIMIT 2 OFFSET @skip
        """, new { tx.Workspace, stageId, exceptId, skip });

    public static Task<long?> PositionAbove(Tx tx, long stageId, long exceptId, Deal deal) => tx.One<long?>($"""
        SELECT position_units
        FROM deals
        WHERE {OnBoard} AND id <> @exceptId AND (position_units, id) < (@PositionUnits, @Id)
        ORDER BY position_units DESC, id DESC
        LIMIT 1
        """, new { tx.Workspace, stageId, exceptId, deal.PositionUnits, deal.Id });

    public static Task<long?> PositionBelow(Tx tx, long stageId, long exceptId, Deal deal) => tx.One<long?>($"""
        SELECT position_units
        FROM deals
        WHERE {OnBoard} AND id <> @exceptId AND (position_units, id) > (@PositionUnits, @Id)
        ORDER BY position_units, id
        LIMIT 1
        """, new { tx.Workspace, stageId, exceptId, deal.PositionUnits, deal.Id });

    /// <summary>Numbers the open deals of a stage 1, 2, 3, … in the order they have.</summary>
    public static Task NumberAnew(Tx tx, long stageId) => tx.Run($"""
        UPDATE deals
        SET position_units = placed.place * {DealPositionRules.Step}
        FROM (SELECT id AS placed_id, ROW_NUMBER() OVER (ORDER BY position_units, id) AS place FROM deals WHERE {OnBoard}) placed
        WHERE workspace_id = @Workspace AND id = placed.placed_id
        """, new { tx.Workspace, stageId });

    public static Task Insert(Tx tx, Deal deal) => tx.Put(Texts.Insert(tx.Sql), Values(tx, deal));

    /// <summary>Refuses as stale when someone else was faster.</summary>
    public static async Task Update(Tx tx, Deal deal)
    {
        if (await tx.Run(Texts.Update(tx.Sql), Values(tx, deal)) == 0) throw Problem.Stale("deal", deal.Id);
    }

    /// <summary>For a purge: an import that is run again brings the deal and what hung on it anew.</summary>
    public static Task ForgetSources(Tx tx, long id) => tx.Run("""
        DELETE FROM external_ids
        WHERE workspace_id = @Workspace
          AND (subject = 'deal' AND subject_id = @id
            OR subject = 'activity' AND subject_id IN (SELECT id FROM activities WHERE workspace_id = @Workspace AND deal_id = @id)
            OR subject = 'note' AND subject_id IN (SELECT id FROM notes WHERE workspace_id = @Workspace AND deal_id = @id))
        """, new { tx.Workspace, id });

    public static Task Delete(Tx tx, long id) =>
        tx.Run("DELETE FROM deals WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });

    /// <summary>
    /// Counts anew what hangs on a deal: followers, contacts, products, notes, files, activities, mail. Called by every
    /// write to one of them; it does not raise the deal's version, because the deal itself did not change.
    /// </summary>
    public static Task RefreshFacts(Tx tx, long id) => tx.Run("""
        UPDATE deals SET
            products_count = (SELECT COUNT(*) FROM deal_products c WHERE c.workspace_id = @Workspace AND c.deal_id = @id),
            files_count = (SELECT COUNT(*) FROM files c WHERE c.workspace_id = @Workspace AND c.deal_id = @id AND c.deleted_at IS NULL),
            notes_count = (SELECT COUNT(*) FROM notes c WHERE c.workspace_id = @Workspace AND c.deal_id = @id AND c.deleted_at IS NULL),
            followers_count = (SELECT COUNT(*) FROM deal_followers c WHERE c.workspace_id = @Workspace AND c.deal_id = @id),
            participants_count = (SELECT COUNT(*) FROM deal_contacts c WHERE c.workspace_id = @Workspace AND c.deal_id = @id),
            activities_count = (SELECT COUNT(*) FROM activities c
            WHERE c.workspace_id = @Workspace AND c.deal_id = @id AND c.deleted_at IS NULL),
                done_activities_count = (SELECT COUNT(*) FROM activities c
                WHERE c.workspace_id = @Workspace AND c.deal_id = @id AND c.deleted_at IS NULL AND c.done),
            mail_count = (SELECT COUNT(*) FROM mail_messages c
            WHERE c.workspace_id = @Workspace AND c.deal_id = @id AND c.deleted_at IS NULL),
                next_activity_id = (SELECT c.id FROM activities c
                WHERE c.workspace_id = @Workspace AND c.deal_id = @id AND c.deleted_at IS NULL AND c.status IN ('open', 'in_progress')
                    AND c.due_on IS NOT NULL
                                ORDER BY c.due_on, c.due_time NULLS FIRST, c.id LIMIT 1),
            next_activity_on = (SELECT c.due_on FROM activities c
            WHERE c.workspace_id = @Workspace AND c.deal_id = @id AND c.deleted_at IS NULL AND c.status IN ('open', 'in_progress')
                AND c.due_on IS NOT NULL
                                ORDER BY c.due_on, c.due_time NULLS FIRST, c.id LIMIT 1),
            next_activity_time = (SELECT c.due_time FROM activities c
            WHERE c.workspace_id = @Workspace AND c.deal_id = @id AND c.deleted_at IS NULL AND c.status IN ('open', 'in_progress')
                AND c.due_on IS NOT NULL
                                  ORDER BY c.due_on, c.due_time NULLS FIRST, c.id LIMIT 1),
            last_activity_id = (SELECT c.id FROM activities c
            WHERE c.workspace_id = @Workspace AND c.deal_id = @id AND c.deleted_at IS NULL AND c.done
                                ORDER BY c.due_on DESC NULLS LAST, c.id DESC LIMIT 1),
            last_activity_on = (SELECT c.due_on FROM activities c
            WHERE c.workspace_id = @Workspace AND c.deal_id = @id AND c.deleted_at IS NULL AND c.done
                                ORDER BY c.due_on DESC NULLS LAST, c.id DESC LIMIT 1),
            last_incoming_mail_at = (SELECT MAX(c.message_at) FROM mail_messages c
            WHERE c.workspace_id = @Workspace AND c.deal_id = @id AND c.deleted_at IS NULL AND c.direction = 'incoming'),
            last_outgoing_mail_at = (SELECT MAX(c.message_at) FROM mail_messages c
            WHERE c.workspace_id = @Workspace AND c.deal_id = @id AND c.deleted_at IS NULL AND c.direction = 'outgoing'),
            touched_at = @Now
        WHERE workspace_id = @Workspace AND id = @id
        """, new { tx.Workspace, id, tx.Now });

    // Member names are column names, so that the texts above can be built from one list.
    private static object Values(Tx tx, Deal deal) => new
    {
        workspace_id = tx.Workspace,
        id = deal.Id,
        uid = deal.Uid,
        number = deal.Number,
        title = deal.Title,
        value_units = deal.ValueUnits,
        currency = deal.Currency,
        pipeline_id = deal.PipelineId,
        stage_id = deal.StageId,
        status = DealHistory.Word(deal.Status),
        probability_bp = deal.ProbabilityBp,
        priority = Word(deal.Priority),
        position_units = deal.PositionUnits,
        owner_id = deal.OwnerId,
        assignee_id = deal.AssigneeId,
        creator_id = deal.CreatorId,
        person_id = deal.PersonId,
        org_id = deal.OrgId,
        expected_close = deal.ExpectedClose,
        next_followup_at = deal.NextFollowupAt,
        won_at = deal.WonAt,
        lost_at = deal.LostAt,
        closed_at = deal.ClosedAt,
        first_won_at = deal.FirstWonAt,
        stage_changed_at = deal.StageChangedAt,
        won_reason = deal.WonReason,
        lost_reason = deal.LostReason,
        loss_category = deal.LossCategory,
        closure_notes = deal.ClosureNotes,
        competitors = deal.Competitors,
        source = deal.Source,
        deal_type = deal.DealType,
        forecast_category = deal.ForecastCategory,
        description = deal.Description,
        label_ids = deal.LabelIds,
        tag_ids = deal.TagIds,
        visible_to = deal.VisibleTo,
        custom = deal.Custom,
        rfp_id = deal.RfpId,
        links = deal.Links,
        origin = deal.Origin,
        origin_id = deal.OriginId,
        channel = deal.Channel,
        channel_id = deal.ChannelId,
        source_lead_id = deal.SourceLeadId,
        provenance = deal.Provenance,
        source_type = deal.SourceType,
        app_id = deal.AppId,
        mrr_units = deal.MrrUnits,
        arr_units = deal.ArrUnits,
        acv_units = deal.AcvUnits,
        products_count = deal.ProductsCount,
        files_count = deal.FilesCount,
        notes_count = deal.NotesCount,
        followers_count = deal.FollowersCount,
        participants_count = deal.ParticipantsCount,
        activities_count = deal.ActivitiesCount,
        done_activities_count = deal.DoneActivitiesCount,
        mail_count = deal.MailCount,
        next_activity_id = deal.NextActivityId,
        next_activity_on = deal.NextActivityOn,
        next_activity_time = deal.NextActivityTime,
        last_activity_id = deal.LastActivityId,
        last_activity_on = deal.LastActivityOn,
        last_incoming_mail_at = deal.LastIncomingMailAt,
        last_outgoing_mail_at = deal.LastOutgoingMailAt,
        touched_at = deal.TouchedAt,
        added_at = deal.AddedAt,
        updated_at = deal.UpdatedAt,
        updated_by = deal.UpdatedBy,
        archived_at = deal.ArchivedAt,
        deleted_at = deal.DeletedAt,
        deleted_by = deal.DeletedBy,
        schema_version = deal.SchemaVersion,
        version = deal.Version,
    };

    private static string Word(DealPriority priority) => priority switch
    {
        DealPriority.Low => "low",
        DealPriority.Medium => "medium",
        DealPriority.High => "high",
        DealPriority.Urgent => "urgent",
    };
}
