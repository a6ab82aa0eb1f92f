-- [sqlite]
-- The index of trigrams holds the texts of all workspaces and kinds of records. To find the organizations that hold a term it had to walk the deals
-- that do. Now each text begins with three signs that nobody writes, which are one more trigram: the kind's, and two of the workspace
-- (Search/SearchStore writes the same).
DROP TRIGGER search_docs_removed;
DROP TRIGGER search_docs_changed;
DROP TABLE search_trigrams;
ALTER TABLE search_docs ADD COLUMN found TEXT GENERATED ALWAYS AS
    (char(983040 + unicode(subject) * 16 + length(subject), 983040 + workspace_id / 65000, 983040 + workspace_id % 65000) || text) VIRTUAL;
CREATE VIRTUAL TABLE search_trigrams USING fts5 (found, content = 'search_docs', content_rowid = 'doc_id', tokenize = 'trigram');
INSERT INTO search_trigrams (search_trigrams) VALUES ('rebuild');
UPDATE sequences SET last = (SELECT COALESCE(MAX(doc_id), 0) FROM search_docs) WHERE name = 'search_indexed';
CREATE TRIGGER search_docs_removed AFTER DELETE ON search_docs WHEN old.doc_id <= (SELECT last FROM sequences WHERE name = 'search_indexed') BEGIN
    INSERT INTO search_trigrams (search_trigrams, rowid, found) VALUES ('delete', old.doc_id, old.found);
END;
CREATE TRIGGER search_docs_changed AFTER UPDATE OF text, subject ON search_docs WHEN old.doc_id <= (SELECT last FROM sequences WHERE name = 'search_indexed') BEGIN
    INSERT INTO search_trigrams (search_trigrams, rowid, found) VALUES ('delete', old.doc_id, old.found);
    INSERT INTO search_trigrams (rowid, found) VALUES (new.doc_id, new.found);
END;
