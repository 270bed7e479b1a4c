-- The append function at full strength, and snapshots.
SELECT 1;
