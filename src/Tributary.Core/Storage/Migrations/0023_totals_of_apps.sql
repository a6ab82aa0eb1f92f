-- Totals tell the deals of apps apart, so that an app's lists and summaries are counted as fast as everybody's: app_id is 0 for deals of no app.

-- [sqlite]
CREATE TABLE deal_totals_of_apps (
    workspace_id    WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    pipeline_id     WHOLE NOT NULL,
    stage_id        WHOLE NOT NULL,
    status          WORDS NOT NULL,
    owner_id        WHOLE NOT NULL,
    visible_to      WHOLE NOT NULL,
    archived        FLAG NOT NULL,
    currency        WORDS NOT NULL,
    shard           WHOLE NOT NULL,
    deals           WHOLE NOT NULL,
    value_units     WHOLE NOT NULL,
    weighted_units  WHOLE NOT NULL,
    inherited_units WHOLE NOT NULL,
    won_seconds     WHOLE NOT NULL DEFAULT 0,
    app_id          WHOLE NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, pipeline_id, stage_id, status, owner_id, visible_to, archived, currency, app_id, shard)
) STRICT;
INSERT INTO deal_totals_of_apps (workspace_id, pipeline_id, stage_id, status, owner_id, visible_to, archived, currency, shard, deals, value_units, weighted_units, inherited_units, won_seconds)
SELECT workspace_id, pipeline_id, stage_id, status, owner_id, visible_to, archived, currency, shard, deals, value_units, weighted_units, inherited_units, won_seconds
FROM deal_totals;
DROP TABLE deal_totals;
ALTER TABLE deal_totals_of_apps RENAME TO deal_totals;

-- [postgres]
ALTER TABLE deal_totals ADD COLUMN app_id WHOLE NOT NULL DEFAULT 0;
ALTER TABLE deal_totals DROP CONSTRAINT deal_totals_pkey;
ALTER TABLE deal_totals ADD PRIMARY KEY (workspace_id, pipeline_id, stage_id, status, owner_id, visible_to, archived, currency, app_id, shard);

-- What apps made leaves the cell of no app and enters their own.
-- [both]

INSERT INTO deal_totals (workspace_id, pipeline_id, stage_id, status, owner_id, visible_to, archived, currency, app_id, shard, deals, value_units, weighted_units, inherited_units,
    won_seconds)
SELECT workspace_id, pipeline_id, stage_id, status, COALESCE(owner_id, 0), visible_to, archived_at IS NOT NULL, currency, app_id * own, 0,
    CAST(SUM(way) AS BIGINT),
    CAST(SUM(way * COALESCE(value_units, 0)) AS BIGINT),
    CAST(SUM(way * CASE WHEN probability_bp IS NULL OR value_units IS NULL THEN 0 ELSE
        value_units / 10000 * probability_bp + value_units % 10000 * probability_bp / 10000
        + CASE
            WHEN value_units % 10000 * probability_bp % 10000 > 5000 THEN 1
            WHEN value_units % 10000 * probability_bp % 10000 < -5000 THEN -1
            WHEN ABS(value_units % 10000 * probability_bp % 10000) = 5000 THEN (value_units / 10000 * probability_bp + value_units % 10000 * probability_bp / 10000) % 2
            ELSE 0 END END) AS BIGINT),
    CAST(SUM(way * CASE WHEN probability_bp IS NULL THEN COALESCE(value_units, 0) ELSE 0 END) AS BIGINT),
    CAST(SUM(way * CASE WHEN status = 'won' AND won_at > added_at THEN
-- [sqlite]
        CAST(strftime('%s', won_at) AS INTEGER) - CAST(strftime('%s', added_at) AS INTEGER)
-- [postgres]
        CAST(FLOOR(EXTRACT(EPOCH FROM won_at)) AS BIGINT) - CAST(FLOOR(EXTRACT(EPOCH FROM added_at)) AS BIGINT)
-- [both]
        ELSE 0 END) AS BIGINT)
FROM deals
CROSS JOIN (SELECT 0 AS own, -1 AS way UNION ALL SELECT 1, 1) moved
WHERE deleted_at IS NULL AND app_id IS NOT NULL
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
ON CONFLICT (workspace_id, pipeline_id, stage_id, status, owner_id, visible_to, archived, currency, app_id, shard) DO UPDATE SET
    deals = deal_totals.deals + excluded.deals,
    value_units = deal_totals.value_units + excluded.value_units,
    weighted_units = deal_totals.weighted_units + excluded.weighted_units,
    inherited_units = deal_totals.inherited_units + excluded.inherited_units,
    won_seconds = deal_totals.won_seconds + excluded.won_seconds;

