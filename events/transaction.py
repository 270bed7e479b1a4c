"""A transaction of one's own with an append in it: others wait for its commit, and nobody for its way to the disk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

import asyncpg

from events.disk import FLUSH, Disk
from events.line import Connection, acquired, gone, send
from events.outcomes import unknown_when_lost
from events.shared_flush import SharedFlush
from events.stored import NOTHING, Append, Draft, Positions, unwrap

BEGIN = "BEGIN; SET LOCAL synchronous_commit = off"
END = "COMMIT"
UNDONE = "ROLLBACK"
"""What COMMIT answers when something failed before and was ignored: it then undoes all, and calls that no error."""
END_ON_DISK = f"SELECT 1; {END}; {FLUSH}"
"""In one journey, of which only the last answer is heard; so what failed before fails at SELECT."""


class Transaction:
    """`connection` is for whatever else belongs to it; the append comes last, since every other writer waits for it."""

    def __init__(self, connection: Connection, flush: SharedFlush) -> None:
        self.connection = connection
        self.last = 0
        self._flush = flush
        self._place = flush.begun()

    async def append(
        self,
        drafts: Sequence[Draft],
        *,
        actor: UUID | None = None,
        command_id: UUID | None = None,
        correlation_id: str | None = None,
        recorded_at: datetime | None = None,
    ) -> Positions:
        """These positions are kept when the block has ended without an error, and are nobody's business before."""
        if not drafts:
            return NOTHING
        self._flush.coming(self._place)
        sent = await send(self.connection, [Append(drafts, actor, command_id, correlation_id, recorded_at)])
        self.last = max(self.last, sent.last)
        return unwrap(sent.outcomes[0])

    async def commit(self) -> None:
        """And wait for the disk, together with others if there are any."""
        if self._flush.alone:
            await self.connection.execute(END_ON_DISK)
        else:
            if await self.connection.execute(END) == UNDONE:
                raise asyncpg.InFailedSQLTransactionError("an error before it was ignored: all of it was undone")
            await self._flush.reach(self.connection, self._place)

    def ended(self) -> None:
        """Nobody waits for its commit any longer."""
        self._flush.ended(self._place)


@asynccontextmanager
async def transaction(pool: asyncpg.Pool, disk: Disk, flush: SharedFlush) -> AsyncIterator[Transaction]:
    """Committed and on disk when the block ends. Lost after its commit was sent, its outcome is unknown."""
    connection = await acquired(pool)
    try:
        with unknown_when_lost():
            await connection.execute(BEGIN)
        made = Transaction(connection, flush)
        try:
            yield made
            with unknown_when_lost():
                await made.commit()
        except BaseException:
            if not gone(connection) and connection.is_in_transaction():
                await connection.execute("ROLLBACK")
            raise
        finally:
            made.ended()
        disk.has(made.last)
    finally:
        await pool.release(connection)
