-- The tree over the log.
SELECT 1;
