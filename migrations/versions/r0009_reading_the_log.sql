-- The audit trail is read from the log itself. Making these takes some seconds for a million events, once: appends wait
-- for it, and only at its end readers as well, for a moment.

-- Of kinds, and of what somebody did. Under "C" a topic is compared byte by byte, which is quick on the way in.
CREATE INDEX event_log_by_topic ON public.event_log (topic COLLATE "C", position);
CREATE INDEX event_log_by_actor ON public.event_log (actor, topic COLLATE "C", position);
-- Of a stream: the index of its key knows the positions as well, so that deep pages do not have to look at the rows.
CREATE UNIQUE INDEX event_log_by_stream ON public.event_log (originator_id, originator_version) INCLUDE (position);
ANALYZE public.event_log;

ALTER TABLE public.event_log DROP CONSTRAINT event_log_originator_id_originator_version_key;
ALTER TABLE public.event_log ADD CONSTRAINT event_log_originator_id_originator_version_key
    UNIQUE USING INDEX event_log_by_stream;
