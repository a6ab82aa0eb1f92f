-- [postgres]
-- The index of trigrams has no order: to find the newest texts that hold a term, it had to find all. Now it also knows which 8,192 ids a
-- text's record is among, and a search asks for the newest of these first (Search/SearchStore).
DROP INDEX search_docs_trigrams;
CREATE INDEX search_docs_trigrams ON search_docs USING gin (workspace_id, (subject_id / 8192), text gin_trgm_ops);
