-- Automations read the log from log_positions (reader 'automations'). What one started is a run; its effects are written with its end.

CREATE TABLE automations (
    workspace_id   WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id             WHOLE NOT NULL,
    uid            UID NOT NULL,
    name           WORDS NOT NULL,
    starts         WORDS NOT NULL,
    starts_on      DOCUMENT NOT NULL,
    condition      DOCUMENT NOT NULL,
    actions        DOCUMENT NOT NULL,
    is_on          FLAG NOT NULL,
    off_reason     WORDS,
    since_event_id WHOLE NOT NULL,
    clock_at       INSTANT NOT NULL,
    runs           WHOLE NOT NULL,
    refusals       WHOLE NOT NULL,
    failures       WHOLE NOT NULL,
    last_run_at    INSTANT,
    added_at       INSTANT NOT NULL,
    added_by       WHOLE,
    updated_at     INSTANT NOT NULL,
    updated_by     WHOLE,
    version        WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid)
) STRICT;

-- One run per automation, deal and reason, which is an event or a day or moment that came: however often that is looked at.
-- state is 'waiting', 'done', 'refused', 'skipped' or 'failed'. Runs of one deal go one after the other.
CREATE TABLE automation_runs (
    workspace_id  WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id            WHOLE NOT NULL,
    automation_id WHOLE NOT NULL,
    deal_id       WHOLE NOT NULL,
    reason        WORDS NOT NULL,
    event_id      WHOLE,
    chain         DOCUMENT NOT NULL,
    state         WORDS NOT NULL,
    attempts      WHOLE NOT NULL,
    run_after     INSTANT NOT NULL,
    steps         DOCUMENT NOT NULL,
    message       WORDS,
    added_at      INSTANT NOT NULL,
    ended_at      INSTANT,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, automation_id, deal_id, reason),
    FOREIGN KEY (workspace_id, automation_id) REFERENCES automations (workspace_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX automation_runs_in_order ON automation_runs (workspace_id, automation_id, id);
CREATE INDEX automation_runs_of_deal ON automation_runs (workspace_id, deal_id, id);
CREATE INDEX automation_runs_waiting ON automation_runs (workspace_id, deal_id, id) WHERE state = 'waiting';
CREATE INDEX automation_runs_due ON automation_runs (workspace_id, id) WHERE state = 'waiting';
CREATE INDEX automation_runs_by_time ON automation_runs (workspace_id, added_at);

-- The automations that led to a line of the log, first to last; none for nearly all lines.
ALTER TABLE events ADD COLUMN chain DOCUMENT;

-- The automation whose action a delivery is.
ALTER TABLE webhook_deliveries ADD COLUMN automation_id WHOLE;

-- [postgres]
CREATE SEQUENCE automation_ids;
CREATE SEQUENCE automation_run_ids;

-- The second wall, as in 0001.
DO $$
DECLARE t TEXT;
BEGIN
    FOREACH t IN ARRAY ARRAY['automations', 'automation_runs']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY own_workspace ON %I USING (workspace_id = CAST(NULLIF(NULLIF(current_setting(''tributary.workspace'', TRUE), ''*''), '''') AS BIGINT)
            OR current_setting(''tributary.workspace'', TRUE) = ''*'')', t);
    END LOOP;
END $$;
