"""A transaction of one's own with an append in it: others wait for its commit, and nobody for its way to the disk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from events.disk import FLUSH, Disk
from events.line import acquired, send
from events.outcomes import unknown_when_lost
from events.stored import NOTHING, Append, Draft, Positions, unwrap


class Transaction:
    """`connection` is for whatever else belongs to it; the append comes last, since every other writer waits for it."""

    def __init__(self, connection: Any, turn: asyncio.Lock, closing: AsyncExitStack) -> None:
        self.connection = connection
        self.ahead = False
        self.last = 0
        self._turn = turn
        self._closing = closing

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
        if not self.ahead:  # waiting here costs less than in the server, where the same would be waited for
            await self._closing.enter_async_context(self._turn)
            self.ahead = True
        append = Append(drafts, actor, command_id, correlation_id, recorded_at)
        sent = await send(self.connection, [append], ahead=True)
        self.last = max(self.last, sent.last)
        return unwrap(sent.outcomes[0])


@asynccontextmanager
async def transaction(pool: asyncpg.Pool, disk: Disk, turn: asyncio.Lock) -> AsyncIterator[Transaction]:
    """Committed and on disk when the block ends. Lost after its commit was sent, its outcome is unknown."""
    connection = await acquired(pool)
    try:
        async with AsyncExitStack() as closing:
            made = Transaction(connection, turn, closing)
            begun = connection.transaction()
            with unknown_when_lost():
                await begun.start()
            try:
                yield made
            except BaseException:
                if not connection.is_closed():
                    await begun.rollback()
                raise
            with unknown_when_lost():
                await begun.commit()
        if made.ahead:
            with unknown_when_lost():
                await connection.fetchval(FLUSH)
            disk.has(made.last)
    finally:
        await pool.release(connection)
