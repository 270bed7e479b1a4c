"""The ledger of letters in PostgreSQL: who has claimed which, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from notifications import ledger_sql as sql
from notifications.clock import Clock
from notifications.entry import Entry, Owed, State
from notifications.letter import Letter

if TYPE_CHECKING:
    import asyncpg

LEASE = timedelta(minutes=5)
"""Far longer than a letter may take: only a holder that neither died nor came to an end loses a claim by it."""


class Ledger:
    """What one process (the `holder` of a session advisory lock of that number) writes into the common ledger.

    What is due is told by the clock; how long a claim lasts by the database, since that is about real processes.
    """

    def __init__(self, pool: asyncpg.Pool, holder: int, *, clock: Clock, lease: timedelta = LEASE) -> None:
        self._pool, self._holder, self._clock, self._lease = pool, holder, clock, lease

    async def owe(self, letter: Letter, event_position: int | None = None) -> None:
        """Write a letter down before it is sent. Again with the same key: refreshed while owed, else nothing."""
        kept = (None, None, None) if letter.fleeting else (letter.subject, letter.text, letter.html)
        await self._pool.execute(
            sql.OWE, letter.key, letter.name, letter.person, letter.to, *kept, event_position, self._clock.now()
        )

    async def claim(self, key: str) -> int:
        """Which attempt this is, when the letter is ours to send now; 0 when it is not."""
        attempt = await self._pool.fetchval(sql.CLAIM, key, self._clock.now(), self._holder, self._lease)
        return int(attempt or 0)

    async def sent(self, key: str, reply: str = "") -> None:
        """The server took it. Said even by one whose claim has been taken over: it is true."""
        await self._pool.execute(sql.SENT, key, self._clock.now(), reply, self._holder)

    async def done(self, key: str) -> None:
        """What became of the letter is on the log (or nothing on the log waits for it)."""
        await self._pool.execute(sql.DONE, key, self._clock.now())

    async def refuse(self, key: str, code: int | None, reply: str) -> None:
        """The server will never take it."""
        await self._pool.execute(sql.REFUSE, key, self._clock.now(), code, reply, self._holder)

    async def later(self, key: str, at: datetime, code: int | None = None, reply: str = "") -> None:
        """Give the claim back; nobody tries before `at`."""
        await self._pool.execute(sql.LATER, key, self._clock.now(), at, code, reply, self._holder)

    async def unknown(self, key: str, reply: str) -> None:
        """It may have been sent: shown to people, who may have it sent `again`."""
        await self._pool.execute(sql.UNKNOWN, key, self._clock.now(), reply, self._holder)

    async def drop(self, key: str, why: str) -> None:
        """An owed letter is not wanted any more; one that went out or is not known stays as it is."""
        await self._pool.execute(sql.DROP, key, self._clock.now(), why)

    async def again(self, key: str) -> bool:
        """A person wants a refused or unknown letter sent after all; False when it is neither."""
        return await self._pool.fetchval(sql.AGAIN, key, self._clock.now()) is not None

    async def owed(self, limit: int = 100) -> Sequence[Owed]:
        """Letters the log asked for that are due and in nobody's hands, for the sweeper."""
        rows = await self._pool.fetch(sql.OWED, self._clock.now(), limit)
        return [Owed(row["key"], row["letter"], row["event_position"]) for row in rows]

    async def unrecorded(self, limit: int = 100, *, older_than: timedelta = timedelta(minutes=1)) -> Sequence[Owed]:
        """Letters whose outcome is known here and not yet on the log: someone died in between."""
        rows = await self._pool.fetch(sql.UNRECORDED, self._clock.now() - older_than, limit)
        return [Owed(row["key"], row["letter"], row["event_position"]) for row in rows]

    async def find(self, key: str) -> Entry | None:
        row = await self._pool.fetchrow(sql.FIND, key)
        return _entry(row) if row else None

    async def recent(self, limit: int = 50, *, before: datetime | None = None) -> Sequence[Entry]:
        """The newest letters first, without what they say."""
        return [_entry(row) for row in await self._pool.fetch(sql.RECENT, limit, before)]

    async def erase(self, person: UUID) -> None:
        """Forget who a person is and what we wrote to them; what is still owed to them is not sent any more."""
        await self._pool.execute(sql.ERASE, person, self._clock.now())


def _entry(row: asyncpg.Record) -> Entry:
    return Entry(
        key=row["key"],
        letter=row["letter"],
        person=row["recipient_person"],
        recipient=row["recipient"],
        subject=row["subject"],
        text=row["body_text"],
        html=row["body_html"],
        event_position=row["event_position"],
        state=State(row["state"]),
        attempts=row["attempts"],
        next_attempt_at=row["next_attempt_at"],
        code=row["smtp_code"],
        reply=row["smtp_text"],
        recorded=row["recorded"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        sent_at=row["sent_at"],
    )
