-- An append whose commit waits for the disk says so: its position is announced with a plus ("+7", which earlier releases
-- read as 7). Whoever hears it need not wait for the disk again. All else in the functions stays as it is.
DO $migration$
DECLARE
    told CONSTANT text := $$pg_notify('tierce_events', $$;
    mark CONSTANT text := $$CASE current_setting('synchronous_commit') WHEN 'off' THEN '' ELSE '+' END || $$;
    name text;
    body text;
BEGIN
    FOREACH name IN ARRAY ARRAY['public.append_one', 'public.append_events'] LOOP
        body := pg_get_functiondef(name::regproc);
        IF strpos(body, told) = 0 THEN
            RAISE EXCEPTION '% announces nothing', name;
        END IF;
        EXECUTE replace(body, told, told || mark);
    END LOOP;
END
$migration$;
