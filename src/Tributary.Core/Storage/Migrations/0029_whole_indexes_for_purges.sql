-- What is deleted for good is found by what it hangs on, deleted rows too. Indexes of live rows alone could not tell, neither for the
-- purge's own statements nor for the references that the databases check: each deal that was purged had all activities, notes, files and
-- messages of its workspace read, and each person all deals.
DROP INDEX deals_by_person;
DROP INDEX deals_by_organization;
DROP INDEX persons_by_organization;
DROP INDEX activities_by_deal;
DROP INDEX activities_by_person;
DROP INDEX activities_by_organization;
DROP INDEX notes_by_deal;
DROP INDEX notes_by_person;
DROP INDEX notes_by_organization;
DROP INDEX files_by_deal;
DROP INDEX files_by_person;
DROP INDEX files_by_organization;
DROP INDEX mail_messages_by_deal;
CREATE INDEX deals_by_person ON deals (workspace_id, person_id, id);
CREATE INDEX deals_by_organization ON deals (workspace_id, org_id, id);
CREATE INDEX persons_by_organization ON persons (workspace_id, org_id, id);
CREATE INDEX activities_by_deal ON activities (workspace_id, deal_id, done, id);
CREATE INDEX activities_by_person ON activities (workspace_id, person_id, done, id);
CREATE INDEX activities_by_organization ON activities (workspace_id, org_id, done, id);
CREATE INDEX notes_by_deal ON notes (workspace_id, deal_id, id);
CREATE INDEX notes_by_person ON notes (workspace_id, person_id, id);
CREATE INDEX notes_by_organization ON notes (workspace_id, org_id, id);
CREATE INDEX files_by_deal ON files (workspace_id, deal_id, id);
CREATE INDEX files_by_person ON files (workspace_id, person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX files_by_organization ON files (workspace_id, org_id, id) WHERE org_id IS NOT NULL;
CREATE INDEX mail_messages_by_deal ON mail_messages (workspace_id, deal_id, id);
