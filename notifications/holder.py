"""A process's sign of life: a session advisory lock that PostgreSQL lets go of when the process dies."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from types import TracebackType
from typing import TYPE_CHECKING, Any

import asyncpg

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

RETRY_SECONDS = 1.0
FAILURES = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)


class Holder:
    """Holds the lock of `number` on a connection of its own, and takes it again when that connection is lost.

    Needs a real session: a pooler that shares connections between transactions would keep the lock after us.
    """

    def __init__(self, dsn: str) -> None:
        self.number = secrets.randbits(62)
        self._dsn = dsn
        self._connection: asyncpg.Connection | None = None
        self._lost = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None

    async def open(self) -> int:
        """Take the lock, or raise; from now on this process counts as alive."""
        await self._take()
        self._keeper = asyncio.create_task(self._keep(), name="letters-holder")
        return self.number

    async def close(self) -> None:
        """Let go: what is still claimed in this name is free for others at once."""
        if self._keeper:
            self._keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeper
        if self._connection and not self._connection.is_closed():
            with contextlib.suppress(*FAILURES):
                await self._connection.close(timeout=1)

    async def __aenter__(self) -> Holder:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _take(self) -> None:
        self._lost.clear()
        connection = await asyncpg.connect(
            self._dsn, timeout=10, command_timeout=5, server_settings={"application_name": "tierce letters"}
        )
        await connection.execute("SELECT pg_advisory_lock($1)", self.number)
        connection.add_termination_listener(self._terminated)
        self._connection = connection

    async def _keep(self) -> None:
        while True:
            await self._lost.wait()
            try:
                await self._take()
            except FAILURES:
                self._lost.set()
                await asyncio.sleep(RETRY_SECONDS)

    def _terminated(self, connection: asyncpg.Connection | PoolConnectionProxy[Any]) -> None:
        self._lost.set()
