-- What is meant to be won each month or quarter, by all or by one owner, everywhere or in one pipeline.

CREATE TABLE goals (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           WHOLE NOT NULL,
    uid          UID NOT NULL,
    owner_id     WHOLE,
    pipeline_id  WHOLE,
    period       WORDS NOT NULL,
    value_units  WHOLE NOT NULL,
    currency     WORDS NOT NULL,
    holds_from   DAY NOT NULL,
    holds_until  DAY,
    added_at     INSTANT NOT NULL,
    updated_at   INSTANT NOT NULL,
    version      WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid)
) STRICT;

-- [postgres]
CREATE SEQUENCE goal_ids;

-- The second wall, as in 0001.
ALTER TABLE goals ENABLE ROW LEVEL SECURITY;
ALTER TABLE goals FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON goals USING (workspace_id = CAST(NULLIF(NULLIF(current_setting('tributary.workspace', TRUE), '*'), '') AS BIGINT)
    OR current_setting('tributary.workspace', TRUE) = '*');
