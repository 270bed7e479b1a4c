-- The log. Position is gap-free and in commit order because one function alone writes here, one transaction at a time.
CREATE TABLE public.event_log (
    position           bigint      PRIMARY KEY,
    originator_id      uuid        NOT NULL,
    originator_version bigint      NOT NULL,
    topic              text        NOT NULL,
    state              bytea       NOT NULL,
    recorded_at        timestamptz NOT NULL,
    actor              uuid,
    command_id         uuid,
    correlation_id     text,
    UNIQUE (originator_id, originator_version)
);
CREATE INDEX event_log_by_command ON public.event_log (command_id, position) WHERE command_id IS NOT NULL;

COMMENT ON TABLE public.event_log IS
    'Every fact, in the order it was recorded. Written by append_events() alone, never changed.';
COMMENT ON COLUMN public.event_log.state IS
    'UTF-8 JSON exactly as written: hashes are over these bytes. People read it in event_log_readable.';

-- The owner too must take this away by hand before rewriting history.
CREATE FUNCTION public.event_log_is_append_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'event_log is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.event_log
    FOR EACH STATEMENT EXECUTE FUNCTION public.event_log_is_append_only();

CREATE VIEW public.event_log_readable AS
SELECT position, recorded_at, topic, originator_id, originator_version,
       convert_from(state, 'UTF8')::jsonb AS state, actor, command_id, correlation_id
  FROM public.event_log;
