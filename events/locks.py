"""Who may: one process at a time under a name, and holders whose claims end when they do."""

from __future__ import annotations

import asyncio
import logging
import secrets
from hashlib import blake2b
from types import TracebackType

import asyncpg

from events.link import LOST, Kept, connect, until_lost

log = logging.getLogger(__name__)

RETRY, AGAIN = 2.0, 0.5
"""Seconds between two tries to get a lock, and until who has lost it and goes on all the same is told again."""
TRY = "SELECT pg_try_advisory_lock($1)"


class LockLost(Exception):
    """The connection that held the lock is gone: another process may hold it now."""


def key_of(name: str) -> int:
    """A lock's number; PostgreSQL knows them by number only."""
    return int.from_bytes(blake2b(f"tierce {name}".encode(), digest_size=8).digest(), "big", signed=True)


class Singleton:
    """`async with singleton(dsn, name):` waits for its turn. When the lock is lost the body is cancelled, and the
    block ends with LockLost."""

    def __init__(self, dsn: str, name: str, *, retry: float = RETRY) -> None:
        self._dsn = dsn
        self._name = name
        self._retry = retry
        self._told = 0

    async def __aenter__(self) -> Singleton:
        self._told = 0
        self._connection = await self._acquire()
        body = asyncio.current_task()
        assert body is not None
        self._body = body
        self._watch = asyncio.create_task(self._cancel_when_lost(), name=f"lock {self._name}")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watch.cancel()
        self._connection.terminate()
        by_others = [self._body.uncancel() for _ in range(self._told)][-1:]
        if by_others == [0] and kind is asyncio.CancelledError:
            raise LockLost(self._name) from error

    async def _acquire(self) -> asyncpg.Connection:
        while True:
            try:
                return await self._turn()
            except LOST as lost:
                log.warning("no lock %s: %s", self._name, lost or type(lost).__name__)
            await asyncio.sleep(self._retry)

    async def _turn(self) -> asyncpg.Connection:
        connection = await connect(self._dsn, f"lock {self._name}")
        try:
            await _lock(connection, key_of(self._name), self._retry)
        except BaseException:
            connection.terminate()
            raise
        return connection

    async def _cancel_when_lost(self) -> None:
        await until_lost(self._connection)
        while True:  # a cancellation can get lost on its way: asyncio.wait_for of Python 3.11 prefers a result
            self._told += 1
            self._body.cancel()
            await asyncio.sleep(AGAIN)


def singleton(dsn: str, name: str, *, retry: float = RETRY) -> Singleton:
    """One process at a time under this name; the next takes over within seconds when it dies."""
    return Singleton(dsn, name, retry=retry)


class Holder(Kept):
    """A random number held as a session advisory lock: what it claimed is void while `pg_locks` does not show it.

    It comes back under the same number, so what is under way when a connection is lost goes on if nobody took it over.
    """

    def __init__(self, dsn: str, *, retry: float = RETRY) -> None:
        super().__init__(dsn, "holder", retry=retry)
        self.id = secrets.randbits(63)

    async def held(self) -> int:
        """The number, as soon as it is held: claim nothing before."""
        await self._up.wait()
        return self.id

    async def _began(self, connection: asyncpg.Connection) -> None:
        await _lock(connection, self.id, self._retry)

    def _ended(self) -> None:
        """Nothing to undo: the lock went with the connection."""


async def _lock(connection: asyncpg.Connection, number: int, retry: float) -> None:
    """Asks again and again rather than waiting in the server, where a wait could not be told from a dead line."""
    while not await connection.fetchval(TRY, number):  # noqa: ASYNC110 - only the database knows
        await asyncio.sleep(retry)
