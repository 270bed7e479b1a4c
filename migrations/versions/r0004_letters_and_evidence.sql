-- The letters' ledger: what is owed, who has claimed it (holder: an id held as session advisory lock), what became of it.
CREATE TABLE public.letters (
    key              text        PRIMARY KEY,
    letter           text        NOT NULL,
    recipient_person uuid,
    recipient        text,
    subject          text,
    body_text        text,
    body_html        text,
    event_position   bigint,
    state            text        NOT NULL DEFAULT 'owed',
    attempts         int         NOT NULL DEFAULT 0,
    holder           bigint,
    claimed_until    timestamptz,
    next_attempt_at  timestamptz,
    smtp_code        int,
    smtp_text        text,
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    sent_at          timestamptz
);
CREATE INDEX letters_owed ON public.letters (next_attempt_at, created_at) WHERE state IN ('owed', 'claimed');
CREATE INDEX letters_by_event ON public.letters (event_position) WHERE event_position IS NOT NULL;
CREATE INDEX letters_recent ON public.letters (created_at DESC);
CREATE INDEX letters_unrecorded ON public.letters (updated_at)
 WHERE state = 'sent' OR (state IN ('refused', 'unknown') AND holder IS NOT NULL);
CREATE INDEX letters_by_person ON public.letters (recipient_person) WHERE recipient_person IS NOT NULL;

-- Files handed in as evidence, by what they contain: the same file twice is stored once.
CREATE TABLE public.evidence_blobs (
    sha256     bytea       PRIMARY KEY CHECK (octet_length(sha256) = 32),
    media_type text        NOT NULL,
    size       bigint      NOT NULL CHECK (size = octet_length(body)),
    body       bytea       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
-- Most evidence is compressed already.
ALTER TABLE public.evidence_blobs ALTER COLUMN body SET STORAGE EXTERNAL;
