-- Each person's last trial of a policy: how far it is, or what came out. A crash loses it, and it is tried again.
CREATE UNLOGGED TABLE public.policy_trials (
    person_id uuid        PRIMARY KEY,
    trial_id  uuid        NOT NULL,
    title     text        NOT NULL,
    done      int         NOT NULL DEFAULT 0,
    total     int         NOT NULL DEFAULT 0,
    problem   text        NOT NULL DEFAULT '',
    outcome   text,
    told_at   timestamptz NOT NULL DEFAULT now(),
    looked_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON COLUMN public.policy_trials.told_at IS 'When the process that works on it was last heard of.';
COMMENT ON COLUMN public.policy_trials.looked_at IS 'When its person last looked at it: half a minute without ends it.';
