"""Forgetting a person wherever they are kept outside the log: mails, letters, sessions, codes, and the key."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from cli.store import Store
from cli.traces import Traces, traces_of
from notifications.ledger import Ledger

FORGET = (
    "DELETE FROM public.sessions WHERE person_id = $1",
    "DELETE FROM public.sign_in_codes WHERE person_id = $1",
    "DELETE FROM public.vendor_sessions WHERE person_id = $1",
    "DELETE FROM public.vendor_codes WHERE person_id = $1",
)
MENTIONED = """
UPDATE public.letters
   SET subject = regexp_replace(subject, $1, '[erased]', 'gi'),
       smtp_text = regexp_replace(smtp_text, $1, '[erased]', 'gi'),
       body_text = regexp_replace(body_text, $1, '[erased]', 'gi'),
       body_html = regexp_replace(body_html, $2, '[erased]', 'gi')
 WHERE concat_ws(' ', subject, smtp_text, body_text) ~* $1 OR body_html ~* $2
"""
UNFINISHED = """
SELECT person_id FROM public.person_keys AS kept
 WHERE key IS NOT NULL
   AND EXISTS (SELECT FROM public.event_log WHERE originator_id = kept.person_id AND topic = 'Person.Erased')
"""
PATIENCE = 300.0


class Eraser:
    """Called after the erasure is on the record; calling it again does no harm. `mails`: the mailbox of `tierce up`.

    The key goes last: as long as it is there the rest is found by what it opens, so an erasure that was cut off is
    finished by the next one to start.
    """

    def __init__(self, store: Store, ledger: Ledger, mails: Path | None = None) -> None:
        self._store, self._ledger, self._mails = store, ledger, mails

    async def __call__(self, person: UUID) -> None:
        traces = await traces_of(self._store, person)
        if self._mails is not None and traces:
            from cli.embedded.maildrop import Maildrop

            Maildrop(self._mails).forget(traces.mentions)
        await self._ledger.erase(person)
        await self._forget(person, traces)
        await self._store.keyring.erase(person)

    async def finish(self) -> list[UUID]:
        """Erase whom the log says was erased and whose key is there all the same: restored, or never deleted."""
        found = [row["person_id"] for row in await self._store.pool.fetch(UNFINISHED, timeout=PATIENCE)]
        for person in found:
            await self(person)
        return found

    async def _forget(self, person: UUID, traces: Traces) -> None:
        async with self._store.pool.acquire() as connection, connection.transaction():
            for statement in FORGET:
                await connection.execute(statement, person)
            if traces:
                await connection.execute(MENTIONED, traces.pattern, traces.html_pattern, timeout=PATIENCE)
