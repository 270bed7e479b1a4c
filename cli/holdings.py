"""Who is known under a name, and what is held about a person where."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import asyncpg

from cli.traces import traces_of
from projections import people

if TYPE_CHECKING:
    from cli.compose import Instance

KNOWN = f"""
SELECT key, row->>'name' AS name, row->>'email' AS email FROM {people.VIEW.table}
 WHERE key = $1 OR lower(row->>'email') = lower($1) OR lower(row->>'name') = lower($1) ORDER BY key
"""
ERASED = """
SELECT originator_id, min(recorded_at) AS at FROM public.event_log WHERE topic = 'Person.Erased'
 GROUP BY 1 ORDER BY 2
"""
TABLES: Mapping[str, str] = {
    "the key that opens it": "SELECT count(*) FROM public.person_keys WHERE person_id = $1 AND key IS NOT NULL",
    "letters to the person": """SELECT count(*) FROM public.letters
                                 WHERE recipient_person = $1 AND recipient IS NOT NULL""",
    "sessions": """SELECT (SELECT count(*) FROM public.sessions WHERE person_id = $1)
                        + (SELECT count(*) FROM public.vendor_sessions WHERE person_id = $1)""",
    "sign-in codes": """SELECT (SELECT count(*) FROM public.sign_in_codes WHERE person_id = $1)
                             + (SELECT count(*) FROM public.vendor_codes WHERE person_id = $1)""",
}
OTHERS = """
SELECT count(*) FROM public.letters
 WHERE recipient_person IS DISTINCT FROM $1 AND concat_ws(' ', subject, smtp_text, body_text) ~* $2
"""
PATIENCE = 300.0


class Known(NamedTuple):
    """As the view of people has them."""

    id: UUID
    name: str
    email: str


async def known(pool: asyncpg.Pool, wanted: str) -> list[Known]:
    return [Known(UUID(row["key"]), row["name"], row["email"]) for row in await pool.fetch(KNOWN, wanted.strip())]


async def erased(pool: asyncpg.Pool) -> list[tuple[UUID, datetime]]:
    return [(row["originator_id"], row["at"]) for row in await pool.fetch(ERASED, timeout=PATIENCE)]


async def holdings(instance: Instance, person: UUID) -> list[str]:
    """A line for each place."""
    store, mails = instance.store, instance.settings.mail_folder
    traces = await traces_of(store, person)
    lines = [f"{traces.events:5}  events on the log, sealed with the person's key (they stay, unreadable)"]
    for what, statement in TABLES.items():
        lines.append(f"{await store.pool.fetchval(statement, person):5}  {what}")
    if traces:
        mentioned = await store.pool.fetchval(OTHERS, person, traces.pattern, timeout=PATIENCE)
        lines.append(f"{mentioned:5}  letters to others that name the person (the name is taken out)")
        if mails is not None:
            from cli.embedded.maildrop import Maildrop

            lines.append(f"{len(Maildrop(mails).naming(traces.mentions)):5}  mails in the mailbox of this instance")
    return lines
