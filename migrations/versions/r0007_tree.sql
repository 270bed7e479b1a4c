-- The tree over the log (RFC 9162): one row seals a batch of events by the hash of each and the root over all so far.
CREATE TABLE public.log_seals (
    size      bigint      PRIMARY KEY,
    first     bigint      NOT NULL UNIQUE CHECK (first BETWEEN 1 AND size),
    root      bytea       NOT NULL CHECK (octet_length(root) = 32),
    frontier  bytea       NOT NULL,
    leaves    bytea       NOT NULL CHECK (octet_length(leaves) = 32 * (size - first + 1)),
    sealed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
-- Hashes do not compress.
ALTER TABLE public.log_seals ALTER COLUMN leaves SET STORAGE EXTERNAL;

COMMENT ON TABLE public.log_seals IS
    'What the log was when it was sealed; see docs/tamper-evidence.md. Never changed: what was signed is outside.';
COMMENT ON COLUMN public.log_seals.size IS 'Events in the tree, and the position of the last of them.';
COMMENT ON COLUMN public.log_seals.leaves IS 'The hashes of the events from first to size, 32 bytes each.';
COMMENT ON COLUMN public.log_seals.frontier IS 'The roots of the perfect trees within, the largest first.';

CREATE FUNCTION public.log_seals_are_append_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'log_seals is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.log_seals
    FOR EACH STATEMENT EXECUTE FUNCTION public.log_seals_are_append_only();
