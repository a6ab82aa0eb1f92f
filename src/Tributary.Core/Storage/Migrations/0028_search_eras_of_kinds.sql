-- [postgres]
-- Persons and organizations share their ids' first eras with deals: whoever searched for persons walked what deals hold. Now the index of
-- trigrams also knows of which kind of record a text is (Search/SearchStore), as SQLite's does since 0027.
DROP INDEX search_docs_trigrams;
CREATE INDEX search_docs_trigrams ON search_docs USING gin (workspace_id, subject, (subject_id / 8192), text gin_trgm_ops);
