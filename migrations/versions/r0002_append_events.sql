-- What stands in the way of each append, if anything; right only under the lock that append_events holds.
CREATE FUNCTION public.append_obstacles(
    append_of integer[], originator_ids uuid[], originator_versions bigint[], command_ids uuid[]
) RETURNS TABLE (append integer, outcome text, first_position bigint, last_position bigint)
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    WITH stream AS (
        SELECT d.append, d.id, min(d.version) AS least, max(d.version) AS most, count(*) AS events
          FROM unnest(append_of, originator_ids, originator_versions) AS d (append, id, version)
         GROUP BY d.append, d.id
    ), judged AS (
        SELECT s.append,
               bool_or(s.least <= tip.version OR s.events > s.most - s.least + 1) AS overtaken,
               bool_or(s.events < s.most - s.least + 1 OR s.least > coalesce(tip.version, 0) + 1) AS gap
          FROM stream s
          LEFT JOIN LATERAL (SELECT max(l.originator_version) AS version
                               FROM public.event_log l WHERE l.originator_id = s.id) tip ON true
         GROUP BY s.append
    ), found AS (
        SELECT j.append,
               CASE WHEN past.first IS NOT NULL THEN 'repeated'
                    WHEN j.overtaken THEN 'overtaken'
                    WHEN j.gap THEN 'gap' END AS outcome,
               past.first, past.last
          FROM judged j
          LEFT JOIN LATERAL (SELECT min(l.position) AS first, max(l.position) AS last
                               FROM public.event_log l WHERE l.command_id = command_ids[j.append]) past ON true
    )
    SELECT * FROM found WHERE outcome IS NOT NULL
$$;

-- Append n appends in one go. The first five arrays have one entry per event, the last four one per append;
-- append_of says which append (1..n) an event belongs to. Outcomes: 'written'; or nothing was written of it, because
-- it is 'repeated' (this command is on the log already: its positions), 'overtaken' (someone else wrote that version)
-- or leaves a 'gap' in a stream. Two appends of one call must not share a stream or a command: the caller's group
-- commit sees to it, and the unique key is the last guard.
CREATE FUNCTION public.append_events(
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

    -- The usual case must be quick: every command is new and every event is the next one of its stream.
    IF EXISTS (SELECT FROM public.event_log l WHERE l.command_id = ANY (command_ids)) OR EXISTS (
        SELECT FROM unnest(append_of, originator_ids, originator_versions) WITH ORDINALITY d (append, id, version, n)
         WHERE NOT (n > 1 AND append_of[n - 1] = append AND originator_ids[n - 1] = id
                    AND originator_versions[n - 1] = version - 1)
           AND version <> coalesce((SELECT l.originator_version + 1 FROM public.event_log l WHERE l.originator_id = id
                                     ORDER BY l.originator_version DESC LIMIT 1), least(version, 1)))
    THEN
        SELECT array_agg(o.append) INTO refused
          FROM public.append_obstacles(append_of, originator_ids, originator_versions, command_ids) o;
    END IF;

    IF refused IS NOT NULL THEN
        RETURN QUERY
        SELECT o.* FROM public.append_obstacles(append_of, originator_ids, originator_versions, command_ids) o;
        RETURN QUERY
        SELECT a.* FROM (
            SELECT array_agg(append ORDER BY n) AS appends, array_agg(id ORDER BY n) AS ids,
                   array_agg(version ORDER BY n) AS versions, array_agg(topic ORDER BY n) AS topics,
                   array_agg(state ORDER BY n) AS states
              FROM unnest(append_of, originator_ids, originator_versions, topics, states)
                   WITH ORDINALITY d (append, id, version, topic, state, n)
             WHERE append <> ALL (refused)
        ) rest, public.append_events(rest.appends, rest.ids, rest.versions, rest.topics, rest.states,
                                     command_ids, actors, correlation_ids, recorded_ats) a
         WHERE rest.appends IS NOT NULL;
        RETURN;
    END IF;

    SELECT l.position, l.recorded_at INTO head, head_at FROM public.event_log l ORDER BY l.position DESC LIMIT 1;
    head := coalesce(head, 0);

    -- recorded_at never runs backwards, whatever the clocks do: "as we knew it then" is one position.
    INSERT INTO public.event_log
    SELECT head + n, id, version, topic, state, greatest(head_at, coalesce(recorded_ats[append], clock_timestamp())),
           actors[append], command_ids[append], correlation_ids[append]
      FROM unnest(append_of, originator_ids, originator_versions, topics, states)
           WITH ORDINALITY d (append, id, version, topic, state, n);

    PERFORM pg_notify('tierce_events', (head + cardinality(append_of))::text);

    IF cardinality(command_ids) = 1 THEN
        append := 1; outcome := 'written'; first_position := head + 1; last_position := head + cardinality(append_of);
        RETURN NEXT;
        RETURN;
    END IF;
    RETURN QUERY
    SELECT d.append, 'written'::text, head + min(n), head + max(n)
      FROM unnest(append_of) WITH ORDINALITY d (append, n) GROUP BY d.append;
END
$$;

REVOKE ALL ON FUNCTION public.append_events FROM PUBLIC;
REVOKE ALL ON FUNCTION public.append_obstacles FROM PUBLIC;
