namespace Tributary.Bench.Floor;

/// <summary>
/// The questions, each as a statement of one parameter that reads the columns its answer shows, in the order in which they are written.
/// </summary>
internal static class FloorStatements
{
    private const string Native = """
        SELECT id, uid, number, title, value_units, currency, probability_bp, pipeline_id, stage_id, status, priority, position_units,
               owner_id, assignee_id, creator_id, person_id, org_id, expected_close, next_followup_at, won_at, lost_at, closed_at,
               first_won_at, stage_changed_at, won_reason, lost_reason, loss_category, closure_notes, competitors, source, deal_type,
               forecast_category, description, label_ids, tag_ids, visible_to, custom, rfp_id, links, origin, origin_id, channel,
               channel_id, source_lead_id, provenance, source_type, app_id, mrr_units, arr_units, acv_units, products_count, files_count,
               notes_count, followers_count, participants_count, activities_count, done_activities_count, mail_count, next_activity_id,
               next_activity_on, next_activity_time, last_activity_id, last_activity_on, last_incoming_mail_at, last_outgoing_mail_at,
               touched_at, added_at, updated_at, updated_by, archived_at, deleted_at, deleted_by, schema_version, version
        FROM deals
        WHERE workspace_id = 1 AND
        """;

    // CASE, not COALESCE: under row-level security PostgreSQL looks nothing up in an index by a COALESCE, and read all organizations.
    private const string Switch = """
        SELECT d.uid, d.pipeline_id, d.stage_id, d.title, d.value_units, d.currency, d.status, d.priority, d.owner_id, d.expected_close,
               d.description, d.tag_ids, d.position_units, d.won_at, d.lost_at, d.added_at, p.uid, p.name, p.emails, o.uid, o.name, o.email
        FROM deals d
        LEFT JOIN persons p ON p.workspace_id = 1 AND p.id = d.person_id
        LEFT JOIN organizations o ON o.workspace_id = 1 AND o.id = CASE WHEN p.org_id IS NULL THEN d.org_id ELSE p.org_id END
        WHERE d.workspace_id = 1 AND
        """;

    private const string Pipedrive = """
        SELECT id, title, creator_id, owner_id, value_units, person_id, org_id, stage_id, pipeline_id, currency, archived_at, added_at,
               updated_at, stage_changed_at, status, probability_bp, lost_reason, visible_to, closed_at, won_at, lost_at, expected_close,
               label_ids, origin, origin_id, channel, channel_id, acv_units, arr_units, mrr_units
        FROM deals
        WHERE workspace_id = 1 AND deleted_at IS NULL AND
        """;

    // The key is the term, lower-case, as the trigram index wants it; the order is that of the scores. SQLite only.
    private const string PipedriveSearch = """
        SELECT LENGTH(s.text), d.id, d.title, d.value_units, d.currency, d.status, d.visible_to, d.owner_id, d.stage_id, d.pipeline_id,
            p.id, p.name, o.id, o.name
        FROM (SELECT rowid AS hit FROM search_trigrams WHERE found MATCH @key)
        CROSS JOIN search_docs s ON s.doc_id = hit AND s.workspace_id = 1 AND s.subject = 'deal'
        AND s.field IN ('title', 'notes', 'custom')
        JOIN deals d ON d.workspace_id = 1 AND d.id = s.subject_id AND d.deleted_at IS NULL
        LEFT JOIN persons p ON p.workspace_id = 1 AND p.id = d.person_id
        LEFT JOIN organizations o ON o.workspace_id = 1 AND o.id = d.org_id
        ORDER BY LENGTH(s.text), d.id DESC
        LIMIT 101
        """;

    private const string AutomateNexus = """
        SELECT d.id, d.uid, d.title, d.pipeline_id, d.stage_id, d.value_units, d.currency, d.status, d.probability_bp, d.owner_id, p.uid,
               d.expected_close, d.custom, d.added_at, d.updated_at, d.tag_ids, d.won_reason, d.lost_reason, d.closed_at
        FROM deals d
        LEFT JOIN persons p ON p.workspace_id = 1 AND p.id = d.person_id
        WHERE d.workspace_id = 1 AND d.deleted_at IS NULL AND
        """;

    private const string CPod = """
        SELECT d.id, d.uid, d.added_at, d.updated_at, d.creator_id, d.updated_by, d.provenance, d.source_type, d.schema_version,
               o.uid, d.owner_id, d.title, d.number, d.pipeline_id, d.status, d.stage_id, d.value_units, d.currency, d.probability_bp,
               d.forecast_category, d.expected_close, d.closed_at, d.next_followup_at, d.deal_type, d.source, d.competitors, d.lost_reason,
               d.loss_category, d.closure_notes, p.uid, d.rfp_id, d.links, d.custom, d.tag_ids, d.version
        FROM deals d
        LEFT JOIN persons p ON p.workspace_id = 1 AND p.id = d.person_id
        LEFT JOIN organizations o ON o.workspace_id = 1 AND o.id = d.org_id
        WHERE d.workspace_id = 1 AND d.deleted_at IS NULL AND d.app_id IS NULL AND
        """;

    private const string YSuite = """
        SELECT d.id, d.title, d.value_units, d.source, d.expected_close, d.pipeline_id, d.org_id, d.owner_id, o.name, d.currency,
               d.person_id, p.name, d.description, d.assignee_id, d.stage_id, d.status, d.tag_ids, d.closed_at, d.added_at, d.updated_at
        FROM deals d
        LEFT JOIN persons p ON p.workspace_id = 1 AND p.id = d.person_id
        LEFT JOIN organizations o ON o.workspace_id = 1 AND o.id = d.org_id
        WHERE d.workspace_id = 1 AND d.deleted_at IS NULL AND d.id = @key
        """;

    private const string YSuiteList = """
        SELECT id, title, value_units, source, expected_close, pipeline_id, org_id, owner_id
        FROM deals
        WHERE workspace_id = 1 AND deleted_at IS NULL AND archived_at IS NULL AND status = 'open' AND stage_id = @key
        ORDER BY added_at DESC, id DESC
        LIMIT 100
        """;

    // The deal's own person comes first, who here was the first to take part.
    private const string Contacts = """
        SELECT c.deal_id, p.uid, p.name, p.emails, c.role, CASE WHEN d.person_id = c.person_id THEN 1 ELSE 0 END
        FROM deal_contacts c
        JOIN persons p ON p.workspace_id = 1 AND p.id = c.person_id
        JOIN deals d ON d.workspace_id = 1 AND d.id = c.deal_id
        WHERE c.workspace_id = 1 AND c.deal_id
        """;

    private const string Moves = """
        SELECT deal_id, action, from_stage_id, to_stage_id, from_status, to_status, at, actor_id, note
        FROM events
        WHERE workspace_id = 1 AND subject = 'deal' AND (to_stage_id IS NOT NULL OR to_status IS NOT NULL) AND deal_id
        """;

    private const string OfTheUid = "= (SELECT id FROM deals WHERE workspace_id = 1 AND uid = @key)";

    // The same hundred as the list.
    private const string OfTheStage =
        "IN (SELECT id FROM deals WHERE workspace_id = 1 AND deleted_at IS NULL AND archived_at IS NULL AND status = 'open' AND stage_id = @key ORDER BY added_at DESC, id DESC LIMIT 100)";

    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["tags"] = "SELECT id, name FROM tags WHERE workspace_id = @key",
        ["stages"] = "SELECT id, uid, name, position, probability_bp, kind FROM stages WHERE workspace_id = @key",
        ["pipelines"] = "SELECT id, uid, name FROM pipelines WHERE workspace_id = @key",
        ["users"] = "SELECT id, uid, name, email FROM users WHERE workspace_id = @key",
        ["currencies"] = "SELECT code, id FROM currencies WHERE workspace_id = @key",
        ["workspace"] = "SELECT uid FROM workspaces WHERE id = @key",

        ["get-native"] = $"{Native} id = @key",
        ["list-native"] =
            $"{Native} deleted_at IS NULL AND archived_at IS NULL AND stage_id = @key ORDER BY added_at DESC, id DESC LIMIT 101",
        ["get-switch"] = $"{Switch} d.uid = @key",
        ["list-switch"] =
            $"{Switch} d.deleted_at IS NULL AND d.archived_at IS NULL AND d.status = 'open' AND d.stage_id = @key ORDER BY d.added_at DESC, d.id DESC LIMIT 100",
        ["get-pipedrive"] = $"{Pipedrive} id = @key",
        ["list-pipedrive"] = $"{Pipedrive} archived_at IS NULL AND stage_id = @key ORDER BY added_at DESC, id DESC LIMIT 101",
        ["search-pipedrive"] = PipedriveSearch,
        ["get-automatenexus"] = $"{AutomateNexus} d.uid = @key",
        ["list-automatenexus"] =
            $"{AutomateNexus} d.archived_at IS NULL AND d.stage_id = @key ORDER BY d.added_at DESC, d.id DESC LIMIT 100",
        ["get-cpod"] = $"{CPod} d.uid = @key",
        ["list-cpod"] =
            $"{CPod} d.archived_at IS NULL AND d.status = 'open' AND d.stage_id = @key ORDER BY d.added_at DESC, d.id DESC LIMIT 100",
        ["get-ysuite"] = YSuite,
        ["list-ysuite"] = YSuiteList,

        ["contacts"] = $"{Contacts} = @key ORDER BY c.id",
        ["contacts-of-uid"] = $"{Contacts} {OfTheUid} ORDER BY c.id",
        ["contacts-of-stage"] = $"{Contacts} {OfTheStage} ORDER BY c.deal_id, c.id",
        ["moves"] = $"{Moves} = @key ORDER BY id",
        ["moves-of-uid"] = $"{Moves} {OfTheUid} ORDER BY id",
        ["moves-of-stage"] = $"{Moves} {OfTheStage} ORDER BY deal_id, id",

        // From the kept totals, as an honest server would have it.
        ["total"] = "SELECT CAST(SUM(deals) AS BIGINT) FROM deal_totals WHERE workspace_id = 1 AND status = 'open' AND stage_id = @key",
        ["total-of-all"] = "SELECT CAST(SUM(deals) AS BIGINT) FROM deal_totals WHERE workspace_id = 1 AND stage_id = @key",
    };
}
