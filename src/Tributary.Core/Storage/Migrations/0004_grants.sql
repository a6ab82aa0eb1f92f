-- A user's consent that an app acts for them: the code of the redirect, and the refresh tokens it was exchanged for, as hashes.

CREATE TABLE grants (
    workspace_id       WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id                 WHOLE NOT NULL,
    uid                UID NOT NULL,
    app_id             WHOLE NOT NULL,
    user_id            WHOLE NOT NULL,
    scopes             DOCUMENT NOT NULL,
    redirect_uri       WORDS NOT NULL,
    code_hash          WORDS NOT NULL,
    code_until         INSTANT NOT NULL,
    exchanged_at       INSTANT,
    refresh_hash       WORDS,
    next_refresh_hash  WORDS,
    spent_refresh_hash WORDS,
    refresh_until      INSTANT,
    epoch              WHOLE NOT NULL,
    added_at           INSTANT NOT NULL,
    revoked_at         INSTANT,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, uid),
    FOREIGN KEY (workspace_id, app_id) REFERENCES apps (workspace_id, id),
    FOREIGN KEY (workspace_id, user_id) REFERENCES users (workspace_id, id)
) STRICT;
CREATE INDEX grants_of_apps ON grants (workspace_id, app_id, id);
CREATE INDEX grants_of_users ON grants (workspace_id, user_id, id);

-- [postgres]
CREATE SEQUENCE grant_ids;

-- The second wall, as in 0001.
ALTER TABLE grants ENABLE ROW LEVEL SECURITY;
ALTER TABLE grants FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON grants USING (workspace_id = CAST(NULLIF(NULLIF(current_setting('tributary.workspace', TRUE), '*'), '') AS BIGINT)
    OR current_setting('tributary.workspace', TRUE) = '*');
