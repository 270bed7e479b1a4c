-- The usual append of one event: it is the next of its stream and its command is new. Returns its position; or NULL,
-- and nothing was written, because something about it is unusual: append_events() then judges.
CREATE FUNCTION public.append_one(
    id uuid, version bigint, topic text, state bytea, command uuid, actor uuid, correlation text, at timestamptz
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_variable
DECLARE
    written bigint;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'append_one needs read committed: an older snapshot cannot see the head of the log';
    END IF;

    -- Held until commit, so whoever comes next sees this row: gap-free positions in commit order.
    PERFORM pg_advisory_xact_lock(8388347322922500097);

    INSERT INTO public.event_log AS l
    SELECT head.position + 1, id, version, topic, state,
           greatest(head.recorded_at, coalesce(at, clock_timestamp())), actor, command, correlation
      FROM (SELECT past.position, past.recorded_at FROM public.event_log past ORDER BY past.position DESC LIMIT 1) head
     WHERE version = coalesce((SELECT past.originator_version + 1 FROM public.event_log past
                                WHERE past.originator_id = id ORDER BY past.originator_version DESC LIMIT 1),
                              least(version, 1))
       AND NOT EXISTS (SELECT FROM public.event_log past WHERE past.command_id = command)
    RETURNING l.position INTO written;

    IF written IS NOT NULL THEN
        PERFORM pg_notify('tierce_events', written::text);
    END IF;
    RETURN written;
END
$$;

-- Answers each append that cannot be written, and writes the others; the caller holds the lock.
CREATE FUNCTION public.append_rest(
    append_of integer[], originator_ids uuid[], originator_versions bigint[], topics text[], states bytea[],
    command_ids uuid[], actors uuid[], correlation_ids text[], recorded_ats timestamptz[], refused integer[]
) RETURNS TABLE (append integer, outcome text, first_position bigint, last_position bigint)
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT o.* FROM public.append_obstacles(append_of, originator_ids, originator_versions, command_ids) o
    UNION ALL
    SELECT d.append, 'written', written.first_position - 1 + min(d.n), written.first_position - 1 + max(d.n)
      FROM (SELECT array_agg(append ORDER BY n) AS appends, array_agg(id ORDER BY n) AS ids,
                   array_agg(version ORDER BY n) AS versions, array_agg(topic ORDER BY n) AS topics,
                   array_agg(state ORDER BY n) AS states
              FROM unnest(append_of, originator_ids, originator_versions, topics, states)
                   WITH ORDINALITY d (append, id, version, topic, state, n)
             WHERE append <> ALL (refused)) rest,
           public.append_events(rest.appends, rest.ids, rest.versions, rest.topics, rest.states,
                                command_ids, actors, correlation_ids, recorded_ats) written,
           unnest(rest.appends) WITH ORDINALITY d (append, n)
     WHERE rest.appends IS NOT NULL
     GROUP BY d.append, written.first_position
$$;

-- As before, but the usual case is quicker. Of an event with a version above 1 the one before must exist; that nobody
-- else wrote this very version is left to the unique key. When everything was written, the answer is one row, for
-- append 0: appends received their positions in their order. Of the last four arrays those that say nothing may be NULL.
CREATE OR REPLACE FUNCTION public.append_events(
    append_of integer[], originator_ids uuid[], originator_versions bigint[], topics text[], states bytea[],
    command_ids uuid[], actors uuid[], correlation_ids text[], recorded_ats timestamptz[]
) RETURNS TABLE (append integer, outcome text, first_position bigint, last_position bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
-- Planned once per connection and always by index, also where the first call met an empty table.
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
    head    bigint;
    head_at timestamptz;
    refused integer[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'append_events needs read committed: an older snapshot cannot see the head of the log';
    END IF;

    -- Held until commit, so whoever comes next sees these rows: gap-free positions in commit order.
    PERFORM pg_advisory_xact_lock(8388347322922500097);

    IF EXISTS (SELECT FROM public.event_log l WHERE l.command_id = ANY (command_ids)) OR EXISTS (
        SELECT FROM unnest(append_of, originator_ids, originator_versions) WITH ORDINALITY d (append, id, version, n)
         WHERE version <> 1
           AND NOT (n > 1 AND append_of[n - 1] = append AND originator_ids[n - 1] = id
                    AND originator_versions[n - 1] = version - 1)
           AND (version < 1 OR NOT EXISTS (SELECT FROM public.event_log l WHERE l.originator_id = id
                                              AND l.originator_version = version - 1)))
    THEN
        SELECT array_agg(o.append) INTO refused
          FROM public.append_obstacles(append_of, originator_ids, originator_versions, command_ids) o;
    END IF;

    IF refused IS NULL THEN
        SELECT l.position, l.recorded_at INTO head, head_at FROM public.event_log l ORDER BY l.position DESC LIMIT 1;
        head := coalesce(head, 0);
        BEGIN
            -- recorded_at never runs backwards, whatever the clocks do: "as we knew it then" is one position.
            INSERT INTO public.event_log
            SELECT head + n, id, version, topic, state,
                   greatest(head_at, coalesce(recorded_ats[append], clock_timestamp())),
                   actors[append], command_ids[append], correlation_ids[append]
              FROM unnest(append_of, originator_ids, originator_versions, topics, states)
                   WITH ORDINALITY d (append, id, version, topic, state, n);
        EXCEPTION WHEN unique_violation THEN
            SELECT array_agg(o.append) INTO refused
              FROM public.append_obstacles(append_of, originator_ids, originator_versions, command_ids) o;
            IF refused IS NULL THEN  -- two appends of this call share a stream: the caller's mistake
                RAISE;
            END IF;
        END;
    END IF;

    IF refused IS NOT NULL THEN
        RETURN QUERY
        SELECT a.* FROM public.append_rest(append_of, originator_ids, originator_versions, topics, states,
                                           command_ids, actors, correlation_ids, recorded_ats, refused) a;
        RETURN;
    END IF;

    PERFORM pg_notify('tierce_events', (head + cardinality(append_of))::text);
    append := 0; outcome := 'written'; first_position := head + 1; last_position := head + cardinality(append_of);
    RETURN NEXT;
END
$$;

REVOKE ALL ON FUNCTION public.append_one FROM PUBLIC;
REVOKE ALL ON FUNCTION public.append_rest FROM PUBLIC;

-- The state of long-lived aggregates after one of their events, to load them sooner. Worth nothing by itself: it counts
-- only while that very event is on the log and the code that made it runs. Holds no personal data. May be emptied.
CREATE TABLE public.snapshots (
    originator_id      uuid        PRIMARY KEY,
    originator_version bigint      NOT NULL,
    topic              text        NOT NULL,
    position           bigint      NOT NULL,
    event_sha256       bytea       NOT NULL,
    fingerprint        text        NOT NULL,
    state              bytea       NOT NULL,
    sha256             bytea       NOT NULL,
    taken_at           timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN public.snapshots.fingerprint IS 'Of the code that made it; other code does not read it.';
