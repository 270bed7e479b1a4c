-- Tokens of the API.
SELECT 1;
