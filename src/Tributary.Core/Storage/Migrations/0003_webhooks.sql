-- Webhooks read the log from log_positions (reader 'webhooks'). A delivery names its event; what is sent is made from the log.

CREATE TABLE webhooks (
    workspace_id   WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id             WHOLE NOT NULL,
    uid            UID NOT NULL,
    dialect        WORDS NOT NULL,
    name           WORDS NOT NULL,
    url            WORDS NOT NULL,
    events         DOCUMENT NOT NULL,
    scopes         DOCUMENT NOT NULL,
    app_id         WHOLE,
    secret         WORDS NOT NULL,
    former_secret  WORDS,
    former_until   INSTANT,
    since_event_id WHOLE NOT NULL,
    paused_at      INSTANT,
    pause_reason   WORDS,
    failures       WHOLE NOT NULL,
    failing_since  INSTANT,
    added_at       INSTANT NOT NULL,
    added_by       WHOLE,
    updated_at     INSTANT NOT NULL,
    version        WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid)
) STRICT;

-- state is 'waiting', 'sent' or 'parked'; who sends one holds it until locked_until. Deliveries of one lane go out one after the other.
CREATE TABLE webhook_deliveries (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           WHOLE NOT NULL,
    webhook_id   WHOLE NOT NULL,
    message_uid  UID NOT NULL,
    event_id     WHOLE,
    type         WORDS NOT NULL,
    lane         WORDS NOT NULL,
    replay_of    WHOLE,
    state        WORDS NOT NULL,
    attempts     WHOLE NOT NULL,
    run_after    INSTANT NOT NULL,
    locked_until INSTANT,
    attempted_at INSTANT,
    request      WORDS,
    status       WHOLE,
    milliseconds WHOLE,
    reply        WORDS,
    error        WORDS,
    added_at     INSTANT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, webhook_id) REFERENCES webhooks (workspace_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX webhook_deliveries_in_order ON webhook_deliveries (workspace_id, webhook_id, id);
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (workspace_id, webhook_id, lane, id) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_by_time ON webhook_deliveries (workspace_id, added_at);

-- [postgres]
CREATE SEQUENCE webhook_ids;
CREATE SEQUENCE webhook_delivery_ids;

-- The second wall, as in 0001.
DO $$
DECLARE t TEXT;
BEGIN
    FOREACH t IN ARRAY ARRAY['webhooks', 'webhook_deliveries']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY own_workspace ON %I USING (workspace_id = CAST(NULLIF(NULLIF(current_setting(''tributary.workspace'', TRUE), ''*''), '''') AS BIGINT)
            OR current_setting(''tributary.workspace'', TRUE) = ''*'')', t);
    END LOOP;
END $$;
