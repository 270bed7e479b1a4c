-- Who may come in: mailed codes and the sessions they open. Codes and tokens are kept as hashes only.
CREATE TABLE public.sign_in_codes (
    id         uuid        PRIMARY KEY,
    person_id  uuid        NOT NULL,
    purpose    text        NOT NULL DEFAULT 'sign_in',
    code_hash  bytea       NOT NULL,
    attempts   int         NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX sign_in_codes_by_person ON public.sign_in_codes (person_id, created_at);

CREATE TABLE public.vendor_codes (
    id            uuid        PRIMARY KEY,
    person_id     uuid,
    assessment_id uuid        NOT NULL,
    code_hash     bytea       NOT NULL,
    attempts      int         NOT NULL DEFAULT 0,
    created_at    timestamptz NOT NULL DEFAULT now(),
    expires_at    timestamptz NOT NULL,
    used_at       timestamptz
);
CREATE INDEX vendor_codes_by_assessment ON public.vendor_codes (assessment_id, created_at);

CREATE TABLE public.sessions (
    token_hash    bytea       PRIMARY KEY,
    person_id     uuid        NOT NULL,
    kind          text        NOT NULL DEFAULT 'staff',
    assessment_id uuid,
    csrf_secret   text        NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    last_seen_at  timestamptz NOT NULL DEFAULT now(),
    expires_at    timestamptz NOT NULL,
    revoked_at    timestamptz
);
CREATE INDEX sessions_by_person ON public.sessions (person_id);
CREATE INDEX sessions_expiring ON public.sessions (expires_at);

CREATE TABLE public.vendor_sessions (
    token_hash    bytea       PRIMARY KEY,
    person_id     uuid,
    kind          text        NOT NULL DEFAULT 'vendor',
    assessment_id uuid        NOT NULL,
    csrf_secret   text        NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    last_seen_at  timestamptz NOT NULL DEFAULT now(),
    expires_at    timestamptz NOT NULL,
    revoked_at    timestamptz
);
CREATE INDEX vendor_sessions_by_assessment ON public.vendor_sessions (assessment_id);
CREATE INDEX vendor_sessions_expiring ON public.vendor_sessions (expires_at);

-- Hits per bucket (an address, a person, a link) and window; losing them in a crash only forgives.
CREATE UNLOGGED TABLE public.rate_limits (
    bucket       text        NOT NULL,
    window_start timestamptz NOT NULL,
    hits         int         NOT NULL DEFAULT 1,
    PRIMARY KEY (bucket, window_start)
);
