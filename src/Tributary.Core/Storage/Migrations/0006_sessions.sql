-- Who is signed in to the web app. The token is only in the browser's cookie; the directory (kind 'session') finds its hash.

CREATE TABLE sessions (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id           WHOLE NOT NULL,
    user_id      WHOLE NOT NULL,
    hash         WORDS NOT NULL,
    user_agent   WORDS,
    address      WORDS,
    added_at     INSTANT NOT NULL,
    last_used_at INSTANT NOT NULL,
    expires_at   INSTANT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, hash),
    FOREIGN KEY (workspace_id, user_id) REFERENCES users (workspace_id, id)
) STRICT;
CREATE INDEX sessions_of_users ON sessions (workspace_id, user_id, id);
CREATE INDEX sessions_by_end ON sessions (workspace_id, expires_at);

-- [postgres]
CREATE SEQUENCE session_ids;

-- The second wall, as in 0001.
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON sessions USING (workspace_id = CAST(NULLIF(NULLIF(current_setting('tributary.workspace', TRUE), '*'), '') AS BIGINT)
    OR current_setting('tributary.workspace', TRUE) = '*');
