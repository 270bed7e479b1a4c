-- What the sealer found wrong with the log, for every process to see: one row while it is so, else none.
CREATE TABLE public.log_findings (
    one      boolean     PRIMARY KEY DEFAULT true CHECK (one),
    position bigint      NOT NULL,
    kind     text        NOT NULL,
    sentence text        NOT NULL,
    found_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

COMMENT ON TABLE public.log_findings IS
    'What people are told, see docs/tamper-evidence.md. It proves nothing: tierce verify looks for itself.';
COMMENT ON COLUMN public.log_findings.found_at IS 'When the sealer first stopped, whatever else it has found since.';
