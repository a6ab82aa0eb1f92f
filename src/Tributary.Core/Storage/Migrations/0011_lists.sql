-- What lists need beside their filters: the one each user begins with, and what an import made, so that it can be undone.

CREATE TABLE default_filters (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    user_id      WHOLE NOT NULL,
    subject      WORDS NOT NULL,
    filter_id    WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, user_id, subject),
    FOREIGN KEY (workspace_id, user_id) REFERENCES users (workspace_id, id),
    FOREIGN KEY (workspace_id, filter_id) REFERENCES filters (workspace_id, id)
) STRICT;

CREATE TABLE import_records (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    key          WORDS NOT NULL,
    subject      WORDS NOT NULL,
    subject_id   WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, key, subject, subject_id)
) STRICT;

-- [postgres]
-- The second wall, as in 0001.
ALTER TABLE default_filters ENABLE ROW LEVEL SECURITY;
ALTER TABLE default_filters FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON default_filters USING (workspace_id = CAST(NULLIF(NULLIF(current_setting('tributary.workspace', TRUE), '*'), '') AS BIGINT)
    OR current_setting('tributary.workspace', TRUE) = '*');
ALTER TABLE import_records ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_records FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON import_records USING (workspace_id = CAST(NULLIF(NULLIF(current_setting('tributary.workspace', TRUE), '*'), '') AS BIGINT)
    OR current_setting('tributary.workspace', TRUE) = '*');
