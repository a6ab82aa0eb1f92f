-- Old deliveries are found by their ids, which grow with time: one index less for each delivery to be written into.
DROP INDEX webhook_deliveries_by_time;
