-- Orders that lists have and no index gave, found by asking both databases for the plan of every statement (PlanTests).

-- Lists of every record, deleted and archived ones too, run in the order of adding; live ones are passed through the same index.
DROP INDEX organizations_by_added;
DROP INDEX persons_by_added;
DROP INDEX deals_by_added;
DROP INDEX leads_by_added;
DROP INDEX activities_by_added;
DROP INDEX notes_by_added;
DROP INDEX files_by_added;
CREATE INDEX organizations_by_added ON organizations (workspace_id, added_at, id);
CREATE INDEX persons_by_added ON persons (workspace_id, added_at, id);
CREATE INDEX deals_by_added ON deals (workspace_id, added_at, id);
CREATE INDEX leads_by_added ON leads (workspace_id, added_at, id);
CREATE INDEX activities_by_added ON activities (workspace_id, added_at, id);
CREATE INDEX notes_by_added ON notes (workspace_id, added_at, id);
CREATE INDEX files_by_added ON files (workspace_id, added_at, id);
CREATE INDEX products_by_added ON products (workspace_id, added_at, id);

-- The order that the list of mail has.
CREATE INDEX mail_messages_by_time ON mail_messages (workspace_id, message_at, id);

-- Activities by their day, the done ones among them (Pipedrive's sort_by=due_date).
CREATE INDEX activities_by_day ON activities (workspace_id, due_on, id) WHERE deleted_at IS NULL;

-- Whether it is done stands behind what it hangs on: SQLite, which counts equal columns, took the index of all that is done in the
-- workspace instead of the few activities of one deal.
DROP INDEX activities_by_deal;
DROP INDEX activities_by_person;
DROP INDEX activities_by_organization;
DROP INDEX activities_by_lead;
CREATE INDEX activities_by_deal ON activities (workspace_id, deal_id, done, id) WHERE deleted_at IS NULL;
CREATE INDEX activities_by_person ON activities (workspace_id, person_id, done, id) WHERE deleted_at IS NULL;
CREATE INDEX activities_by_organization ON activities (workspace_id, org_id, done, id) WHERE deleted_at IS NULL;
CREATE INDEX activities_by_lead ON activities (workspace_id, lead_id, done, id) WHERE lead_id IS NOT NULL AND deleted_at IS NULL;

-- What a purge takes next. These hold only what was deleted in the last thirty days.
DROP INDEX organizations_deleted;
DROP INDEX persons_deleted;
DROP INDEX leads_deleted;
DROP INDEX products_deleted;
CREATE INDEX organizations_deleted ON organizations (workspace_id, deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX persons_deleted ON persons (workspace_id, deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX leads_deleted ON leads (workspace_id, deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX products_deleted ON products (workspace_id, deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX activities_deleted ON activities (workspace_id, deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX notes_deleted ON notes (workspace_id, deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX files_deleted ON files (workspace_id, deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX mail_messages_deleted ON mail_messages (workspace_id, deleted_at, id) WHERE deleted_at IS NOT NULL;
