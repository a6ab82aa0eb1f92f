-- Custom fields that are often filtered by have their values here too, where an index finds them. `is_indexed`: writes keep them;
-- `indexed_at`: those of all records are there, and lists ask here.

ALTER TABLE fields ADD COLUMN is_indexed FLAG NOT NULL DEFAULT FALSE;
ALTER TABLE fields ADD COLUMN indexed_at INSTANT;

-- `item` tells the options of a set apart; a value has a text or a number.
CREATE TABLE field_values (
    workspace_id WHOLE NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    subject      WORDS NOT NULL,
    record_id    WHOLE NOT NULL,
    field_id     WHOLE NOT NULL,
    item         WHOLE NOT NULL,
    text_value   WORDS,
    number_value NUMBER,
    PRIMARY KEY (workspace_id, subject, record_id, field_id, item)
) STRICT;

CREATE INDEX field_values_by_text ON field_values (workspace_id, field_id, subject, text_value, record_id) WHERE text_value IS NOT NULL;
CREATE INDEX field_values_by_number ON field_values (workspace_id, field_id, subject, number_value, record_id) WHERE number_value IS NOT NULL;

-- [postgres]
-- The second wall, as in 0001.
ALTER TABLE field_values ENABLE ROW LEVEL SECURITY;
ALTER TABLE field_values FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON field_values USING (workspace_id = CAST(NULLIF(NULLIF(current_setting('tributary.workspace', TRUE), '*'), '') AS BIGINT)
    OR current_setting('tributary.workspace', TRUE) = '*');
