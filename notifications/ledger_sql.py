"""The statements of the ledger. Each moves a letter only from the states it may come from."""

OWE = """
INSERT INTO letters (key, letter, recipient_person, recipient, subject, body_text, body_html, event_position,
                     next_attempt_at, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $9)
ON CONFLICT (key) DO UPDATE
   SET recipient = EXCLUDED.recipient, subject = EXCLUDED.subject,
       body_text = EXCLUDED.body_text, body_html = EXCLUDED.body_html
 WHERE letters.state = 'owed'
"""

# The numbers under which living processes hold their session advisory lock. An uncorrelated array, so that it is read
# only when a claimed letter is looked at, and again when another claimer was faster and the row is checked once more.
ALIVE = """ARRAY(
    SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks
     WHERE locktype = 'advisory' AND objsubid = 1 AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"""

IN_NOBODYS_HANDS = """(
    state = 'owed' AND next_attempt_at <= {now}
    OR state = 'claimed' AND (claimed_until <= now() OR NOT holder = ANY(%s)))
""" % ALIVE.replace("{", "{{").replace("}", "}}")  # noqa: UP031

CLAIM = f"""
UPDATE letters
   SET state = 'claimed', attempts = attempts + 1, holder = $3, claimed_until = now() + $4::interval, updated_at = $2
 WHERE key = $1 AND {IN_NOBODYS_HANDS.format(now="$2")}
RETURNING attempts
"""

SENT = """
UPDATE letters SET state = 'sent', sent_at = $2, smtp_code = 250, smtp_text = $3, updated_at = $2, holder = $4,
                   claimed_until = NULL, next_attempt_at = NULL
 WHERE key = $1 AND state IN ('owed', 'claimed')
"""

# Refused and unknown letters keep their holder until the log knows: that is how `done` and `unrecorded` tell.
DONE = """
UPDATE letters SET state = CASE state WHEN 'sent' THEN 'done' ELSE state END, holder = NULL, updated_at = $2
 WHERE key = $1 AND state IN ('sent', 'refused', 'unknown')
"""

REFUSE = """
UPDATE letters SET state = 'refused', smtp_code = $3, smtp_text = $4, updated_at = $2,
                   claimed_until = NULL, next_attempt_at = NULL
 WHERE key = $1 AND state = 'claimed' AND holder = $5
"""

LATER = """
UPDATE letters SET state = 'owed', next_attempt_at = $3, smtp_code = $4, smtp_text = $5, updated_at = $2,
                   holder = NULL, claimed_until = NULL
 WHERE key = $1 AND state = 'claimed' AND holder = $6
"""

UNKNOWN = """
UPDATE letters SET state = 'unknown', smtp_code = NULL, smtp_text = $3, updated_at = $2,
                   claimed_until = NULL, next_attempt_at = NULL
 WHERE key = $1 AND state = 'claimed' AND holder = $4
"""

DROP = """
UPDATE letters SET state = 'refused', smtp_text = $3, updated_at = $2, holder = NULL, next_attempt_at = NULL
 WHERE key = $1 AND state = 'owed'
"""

AGAIN = """
UPDATE letters SET state = 'owed', next_attempt_at = $2, updated_at = $2, holder = NULL
 WHERE key = $1 AND state IN ('refused', 'unknown')
RETURNING key
"""

OWED = f"""
SELECT key, letter, event_position FROM letters
 WHERE event_position IS NOT NULL AND {IN_NOBODYS_HANDS.format(now="$1")}
 ORDER BY next_attempt_at, created_at LIMIT $2
"""

UNRECORDED = """
SELECT key, letter, event_position FROM letters
 WHERE (state = 'sent' OR state IN ('refused', 'unknown') AND holder IS NOT NULL)
   AND event_position IS NOT NULL AND updated_at <= $1
 ORDER BY updated_at LIMIT $2
"""

RECORDED = "state = 'done' OR state IN ('refused', 'unknown') AND holder IS NULL AS recorded"

FIND = f"SELECT *, {RECORDED} FROM letters WHERE key = $1"

RECENT = f"""
SELECT key, letter, recipient_person, recipient, subject, NULL AS body_text, NULL AS body_html, event_position, state,
       attempts, next_attempt_at, smtp_code, smtp_text, created_at, updated_at, sent_at, {RECORDED}
  FROM letters WHERE $2::timestamptz IS NULL OR created_at < $2
 ORDER BY created_at DESC, key LIMIT $1
"""

ERASE = """
UPDATE letters
   SET recipient = NULL, subject = NULL, body_text = NULL, body_html = NULL, smtp_text = NULL, updated_at = $2,
       state = CASE state WHEN 'owed' THEN 'refused' ELSE state END
 WHERE recipient_person = $1
"""
