namespace Tributary.Bench.Floor;

/// <summary>The questions, each as a statement that reads the columns its answer shows, in the order it shows them.</summary>
internal static class FloorStatements
{
    private const string Native = """
        SELECT id, uid, number, title, value_units, currency, pipeline_id, stage_id, status, probability_bp, priority, position_units, owner_id, assignee_id,
               creator_id, person_id, org_id, expected_close, next_followup_at, won_at, lost_at, closed_at, first_won_at, stage_changed_at, won_reason,
               lost_reason, loss_category, closure_notes, competitors, source, deal_type, forecast_category, description, label_ids, tag_ids, visible_to,
               custom, rfp_id, links, origin, origin_id, channel, channel_id, source_lead_id, provenance, source_type, app_id, mrr_units, arr_units,
               acv_units, products_count, files_count, notes_count, followers_count, participants_count, activities_count, done_activities_count, mail_count, next_activity_id, next_activity_on,
               next_activity_time, last_activity_id, last_activity_on, last_incoming_mail_at, last_outgoing_mail_at, touched_at, added_at, updated_at,
               updated_by, archived_at, deleted_at, deleted_by, schema_version, version
        FROM deals
        WHERE workspace_id = 1 AND
        """;

    private const string Switch = """
        SELECT d.uid, d.pipeline_id, d.stage_id, d.title, d.value_units, d.currency, d.status, d.priority, d.owner_id, d.expected_close, d.description,
               d.tag_ids, d.position_units, d.won_at, d.lost_at, d.added_at, p.uid, p.name, p.emails, o.uid, o.name, o.email
        FROM deals d
        LEFT JOIN persons p ON p.workspace_id = 1 AND p.id = d.person_id
        LEFT JOIN organizations o ON o.workspace_id = 1 AND o.id = COALESCE(p.org_id, d.org_id)
        WHERE d.workspace_id = 1 AND
        """;

    private const string Pipedrive = """
        SELECT id, title, creator_id, owner_id, value_units, person_id, org_id, stage_id, pipeline_id, currency, archived_at, added_at, updated_at, stage_changed_at, status,
               probability_bp, lost_reason, visible_to, closed_at, won_at, lost_at, expected_close, label_ids, origin, origin_id, channel, channel_id, acv_units, arr_units, mrr_units
        FROM deals
        WHERE workspace_id = 1 AND deleted_at IS NULL AND
        """;

    // The key is the term, lower-case, as the trigram index wants it; the order is that of the scores. SQLite only.
    private const string PipedriveSearch = """
        SELECT d.id, d.title, d.value_units, d.currency, d.status, d.visible_to, d.owner_id, d.stage_id, d.pipeline_id, p.id, p.name, o.id, o.name, o.address, LENGTH(s.text)
        FROM (SELECT rowid AS found FROM search_trigrams WHERE text MATCH @key ORDER BY rowid DESC)
        CROSS JOIN search_docs s ON s.doc_id = found AND s.workspace_id = 1 AND s.subject = 'deal' AND s.field IN ('title', 'notes', 'custom')
        JOIN deals d ON d.workspace_id = 1 AND d.id = s.subject_id AND d.deleted_at IS NULL
        LEFT JOIN persons p ON p.workspace_id = 1 AND p.id = d.person_id
        LEFT JOIN organizations o ON o.workspace_id = 1 AND o.id = d.org_id
        ORDER BY LENGTH(s.text), d.id DESC
        LIMIT 101
        """;

    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["get-native"] = $"{Native} id = @key",
        ["list-native"] = $"{Native} deleted_at IS NULL AND archived_at IS NULL AND stage_id = @key ORDER BY added_at DESC, id DESC LIMIT 101",
        ["get-switch"] = $"{Switch} d.uid = @key",
        ["list-switch"] = $"{Switch} d.deleted_at IS NULL AND d.archived_at IS NULL AND d.status = 'open' AND d.stage_id = @key ORDER BY d.added_at DESC, d.id DESC LIMIT 100",
        ["get-pipedrive"] = $"{Pipedrive} id = @key",
        ["list-pipedrive"] = $"{Pipedrive} archived_at IS NULL AND stage_id = @key ORDER BY added_at DESC, id DESC LIMIT 101",
        ["search-pipedrive"] = PipedriveSearch,
        // From the kept totals, as an honest server would have it.
        ["total"] = "SELECT CAST(SUM(deals) AS BIGINT) FROM deal_totals WHERE workspace_id = 1 AND status = 'open' AND stage_id = @key",
    };
}
