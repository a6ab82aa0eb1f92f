-- [sqlite]
-- One writer: the order of commits is that of the ids, which the primary key has. One index less for every line of the log.
DROP INDEX events_in_order;
