-- Tokens of the API: kept as hashes only, named, with what they may do; a revoked one stays, so that its name is known.
CREATE TABLE public.api_tokens (
    id           uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    name         text        NOT NULL CHECK (name <> ''),
    token_hash   bytea       NOT NULL UNIQUE,
    roles        text[]      NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    revoked_at   timestamptz
);
CREATE UNIQUE INDEX api_tokens_in_use ON public.api_tokens (name) WHERE revoked_at IS NULL;
