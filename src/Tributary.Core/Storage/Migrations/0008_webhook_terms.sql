-- How a webhook wants to be told: headers of its own, patience, and what its dialect keeps with it.
ALTER TABLE webhooks ADD COLUMN terms DOCUMENT;
