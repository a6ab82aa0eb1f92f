-- Integrations read what changed since they last asked, deleted deals included, so the index of that order has them too. There
-- are few of them, and lists of live deals pass over them.

DROP INDEX deals_by_updated;
CREATE INDEX deals_by_updated ON deals (workspace_id, updated_at, id) WHERE archived_at IS NULL;
