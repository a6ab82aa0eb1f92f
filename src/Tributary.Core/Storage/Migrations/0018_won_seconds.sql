-- How long winning took, kept with the totals of won deals. What was won before is added to the first shard; `deals` stays as it is.

ALTER TABLE deal_totals ADD COLUMN won_seconds WHOLE NOT NULL DEFAULT 0;

-- [sqlite]
INSERT INTO deal_totals (workspace_id, pipeline_id, stage_id, status, owner_id, visible_to, archived, currency, shard, deals, value_units, weighted_units, inherited_units, won_seconds)
SELECT workspace_id, pipeline_id, stage_id, status, COALESCE(owner_id, 0), visible_to, archived_at IS NOT NULL, currency, 0, 0, 0, 0, 0,
    SUM(CAST(strftime('%s', won_at) AS INTEGER) - CAST(strftime('%s', added_at) AS INTEGER))
FROM deals
WHERE deleted_at IS NULL AND status = 'won' AND won_at > added_at
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
ON CONFLICT (workspace_id, pipeline_id, stage_id, status, owner_id, visible_to, archived, currency, shard) DO UPDATE SET won_seconds = excluded.won_seconds;

-- [postgres]
INSERT INTO deal_totals (workspace_id, pipeline_id, stage_id, status, owner_id, visible_to, archived, currency, shard, deals, value_units, weighted_units, inherited_units, won_seconds)
SELECT workspace_id, pipeline_id, stage_id, status, COALESCE(owner_id, 0), visible_to, archived_at IS NOT NULL, currency, 0, 0, 0, 0, 0,
    CAST(SUM(CAST(FLOOR(EXTRACT(EPOCH FROM won_at)) AS BIGINT) - CAST(FLOOR(EXTRACT(EPOCH FROM added_at)) AS BIGINT)) AS BIGINT)
FROM deals
WHERE deleted_at IS NULL AND status = 'won' AND won_at > added_at
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
ON CONFLICT (workspace_id, pipeline_id, stage_id, status, owner_id, visible_to, archived, currency, shard) DO UPDATE SET won_seconds = excluded.won_seconds;
