-- One key per person; erasing the person takes the key away and leaves the row, so that no new key is ever made.
CREATE TABLE public.person_keys (
    person_id  uuid        PRIMARY KEY,
    key        bytea       CHECK (octet_length(key) = 32),
    created_at timestamptz NOT NULL DEFAULT now(),
    erased_at  timestamptz,
    CHECK ((key IS NULL) = (erased_at IS NOT NULL))
);

-- How far each follower of the log has come; written in the same transaction as what it made of it.
CREATE TABLE public.checkpoints (
    name     text   PRIMARY KEY,
    position bigint NOT NULL
);
