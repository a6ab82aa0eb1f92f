-- What a key may cost a day, in the dialect's tokens; none: as much as its dialect lets it.
ALTER TABLE api_keys ADD COLUMN daily_budget WHOLE CHECK (daily_budget > 0);
