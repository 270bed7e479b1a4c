-- What the application may do; run after every migration by the role that owns the tables.
-- The runtime role is made a member: GRANT tierce_app TO <runtime role>.
DO $$
BEGIN
    CREATE ROLE tierce_app NOLOGIN;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL;
    WHEN insufficient_privilege THEN
        RAISE NOTICE 'role tierce_app is missing and % may not create it: ask an administrator', current_user;
END
$$;

DO $$
DECLARE
    work text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tierce_app') THEN
        RETURN;
    END IF;
    -- Views bring their own tables, so the app may create; the log's functions trust no path it can write to.
    GRANT USAGE, CREATE ON SCHEMA public TO tierce_app;
    -- The log: read it, and append through the functions that know how. Nothing else.
    REVOKE ALL ON public.event_log, public.event_log_readable FROM tierce_app;
    GRANT SELECT ON public.event_log, public.event_log_readable TO tierce_app;
    GRANT EXECUTE ON FUNCTION public.append_events, public.append_one TO tierce_app;
    FOREACH work IN ARRAY ARRAY['person_keys', 'checkpoints', 'letters', 'sign_in_codes', 'sessions', 'vendor_codes',
                                'vendor_sessions', 'rate_limits', 'snapshots', 'log_findings',
                                'policy_trials'] LOOP
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON public.%I TO tierce_app', work);
    END LOOP;
    -- Tokens of the API: made, noted when used, revoked; never deleted.
    GRANT SELECT, INSERT, UPDATE ON public.api_tokens TO tierce_app;
    -- Which revision this is, for the readiness probe.
    GRANT SELECT ON public.alembic_version TO tierce_app;
    -- Seals of the log are added, never altered.
    GRANT SELECT, INSERT ON public.log_seals TO tierce_app;
    -- Evidence is kept, never altered.
    GRANT SELECT, INSERT ON public.evidence_blobs TO tierce_app;
END
$$;
