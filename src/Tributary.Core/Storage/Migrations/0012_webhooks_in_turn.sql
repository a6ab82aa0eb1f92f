-- What waits for a webhook in the order of sending, so that taking the next few does not sort a backlog.
CREATE INDEX webhook_deliveries_in_turn ON webhook_deliveries (workspace_id, webhook_id, id) WHERE state = 'waiting';
