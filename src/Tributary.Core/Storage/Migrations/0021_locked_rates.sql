-- What a unit of a closed deal's currency was worth in the base currency on the day it closed. It stays when rates are corrected later.

CREATE TABLE deal_rates (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    deal_id      WHOLE NOT NULL,
    currency     WORDS NOT NULL,
    day          DAY NOT NULL,
    rate_e8      WHOLE NOT NULL CHECK (rate_e8 > 0),
    PRIMARY KEY (workspace_id, deal_id),
    FOREIGN KEY (workspace_id, deal_id) REFERENCES deals (workspace_id, id) ON DELETE CASCADE
) STRICT;

-- "today" or "locked": which rates the insights of the workspace convert closed deals at.
ALTER TABLE workspaces ADD COLUMN report_rates WORDS NOT NULL DEFAULT 'today';

-- [sqlite]
INSERT INTO deal_rates (workspace_id, deal_id, currency, day, rate_e8)
SELECT d.workspace_id, d.id, d.currency, substr(d.closed_at, 1, 10), r.rate_e8
FROM deals d
JOIN workspaces w ON w.id = d.workspace_id AND w.base_currency <> d.currency
JOIN currency_rates r ON r.workspace_id = d.workspace_id AND r.code = d.currency AND r.day =
    (SELECT MAX(x.day) FROM currency_rates x WHERE x.workspace_id = d.workspace_id AND x.code = d.currency AND x.day <= substr(d.closed_at, 1, 10))
WHERE d.status <> 'open' AND d.closed_at IS NOT NULL;

-- [postgres]
INSERT INTO deal_rates (workspace_id, deal_id, currency, day, rate_e8)
SELECT d.workspace_id, d.id, d.currency, CAST(d.closed_at AT TIME ZONE 'UTC' AS DATE), r.rate_e8
FROM deals d
JOIN workspaces w ON w.id = d.workspace_id AND w.base_currency <> d.currency
JOIN currency_rates r ON r.workspace_id = d.workspace_id AND r.code = d.currency AND r.day =
    (SELECT MAX(x.day) FROM currency_rates x WHERE x.workspace_id = d.workspace_id AND x.code = d.currency AND x.day <= CAST(d.closed_at AT TIME ZONE 'UTC' AS DATE))
WHERE d.status <> 'open' AND d.closed_at IS NOT NULL;

-- The second wall, as in 0001.
ALTER TABLE deal_rates ENABLE ROW LEVEL SECURITY;
ALTER TABLE deal_rates FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON deal_rates USING (workspace_id = CAST(NULLIF(NULLIF(current_setting('tributary.workspace', TRUE), '*'), '') AS BIGINT)
    OR current_setting('tributary.workspace', TRUE) = '*');
