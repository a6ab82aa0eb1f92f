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

    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["get-native"] = $"{Native} id = @key",
        ["list-native"] = $"{Native} deleted_at IS NULL AND archived_at IS NULL AND stage_id = @key ORDER BY added_at DESC, id DESC LIMIT 101",
        ["get-switch"] = $"{Switch} d.uid = @key",
        ["list-switch"] = $"{Switch} d.deleted_at IS NULL AND d.archived_at IS NULL AND d.status = 'open' AND d.stage_id = @key ORDER BY d.added_at DESC, d.id DESC LIMIT 100",
        // From the kept totals, as an honest server would have it.
        ["total"] = "SELECT CAST(SUM(deals) AS BIGINT) FROM deal_totals WHERE workspace_id = 1 AND status = 'open' AND stage_id = @key",
    };
}
