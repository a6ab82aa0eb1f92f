-- Who follows persons, organizations and products, and whose messages a mail is: both told by integrations, both counted.

CREATE TABLE record_followers (
    workspace_id WHOLE NOT NULL,
    subject      WORDS NOT NULL CHECK (subject IN ('person', 'organization', 'product')),
    subject_id   WHOLE NOT NULL,
    user_id      WHOLE NOT NULL,
    added_at     INSTANT NOT NULL,
    added_by     WHOLE,
    PRIMARY KEY (workspace_id, subject, subject_id, user_id),
    FOREIGN KEY (workspace_id, user_id) REFERENCES users (workspace_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX record_followers_by_user ON record_followers (workspace_id, user_id, subject, subject_id);

CREATE TABLE mail_parties (
    workspace_id WHOLE NOT NULL,
    person_id    WHOLE NOT NULL,
    message_id   WHOLE NOT NULL,
    PRIMARY KEY (workspace_id, person_id, message_id),
    FOREIGN KEY (workspace_id, person_id) REFERENCES persons (workspace_id, id) ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, message_id) REFERENCES mail_messages (workspace_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX mail_parties_by_message ON mail_parties (workspace_id, message_id);

-- [sqlite]
INSERT INTO mail_parties (workspace_id, person_id, message_id)
SELECT DISTINCT m.workspace_id, p.id, m.id
FROM mail_messages m, json_each(m.parties) list, json_each(list.value) party
JOIN persons p ON p.workspace_id = m.workspace_id AND p.id = CAST(party.value ->> 'person_id' AS INTEGER);

-- [postgres]
INSERT INTO mail_parties (workspace_id, person_id, message_id)
SELECT DISTINCT m.workspace_id, p.id, m.id
FROM mail_messages m, jsonb_each(m.parties) list, jsonb_array_elements(list.value) party
JOIN persons p ON p.id = CAST(party ->> 'person_id' AS BIGINT)
WHERE p.workspace_id = m.workspace_id;

-- The second wall, as in 0001.
ALTER TABLE record_followers ENABLE ROW LEVEL SECURITY;
ALTER TABLE record_followers FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON record_followers USING (workspace_id = CAST(NULLIF(NULLIF(current_setting('tributary.workspace', TRUE), '*'), '') AS BIGINT)
    OR current_setting('tributary.workspace', TRUE) = '*');
ALTER TABLE mail_parties ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail_parties FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON mail_parties USING (workspace_id = CAST(NULLIF(NULLIF(current_setting('tributary.workspace', TRUE), '*'), '') AS BIGINT)
    OR current_setting('tributary.workspace', TRUE) = '*');
