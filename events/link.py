"""A database connection of one's own that notices when it is gone, also when nobody says so, and comes back."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from typing import Any

import asyncpg

log = logging.getLogger(__name__)

LOST = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What asyncpg raises when there is no getting through, for whatever reason."""

BEAT = 1.0
PATIENCE = 3.0
"""Seconds between two signs of life, and to wait for one."""

SERVER_SETTINGS = {
    # The server lets go of the locks of a machine that vanished, but not before that machine itself has noticed.
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "1",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "8000",
    "idle_session_timeout": "0",
}


async def connect(dsn: str, name: str) -> asyncpg.Connection:
    settings = {**SERVER_SETTINGS, "application_name": f"tierce {name}"}
    return await asyncpg.connect(dsn, timeout=5, command_timeout=PATIENCE, server_settings=settings)


async def until_lost(connection: asyncpg.Connection) -> None:
    """Return once the connection is gone or does not answer."""
    lost = asyncio.Event()

    def on_end(_: Any) -> None:
        lost.set()

    connection.add_termination_listener(on_end)
    while not connection.is_closed():
        try:
            async with asyncio.timeout(BEAT):
                await lost.wait()
        except TimeoutError:
            if not await _alive(connection):
                return


async def _alive(connection: asyncpg.Connection) -> bool:
    try:
        await connection.execute("SELECT 1", timeout=PATIENCE)
    except LOST:
        return False
    return True


class Kept(ABC):
    """A connection that is made anew whenever it is lost."""

    def __init__(self, dsn: str, name: str, *, retry: float) -> None:
        self._dsn = dsn
        self._name = name
        self._retry = retry
        self._up = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def connected(self) -> bool:
        return self._up.is_set()

    async def start(self) -> None:
        """Return when it is connected."""
        self._task = asyncio.create_task(self._keep(), name=self._name)
        await self._up.wait()

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait((self._task,))

    @abstractmethod
    async def _began(self, connection: asyncpg.Connection) -> None:
        """A new connection is there: make it what it is for."""

    @abstractmethod
    def _ended(self) -> None:
        """It is gone, and what it was for."""

    async def _keep(self) -> None:
        while True:
            try:
                await self._once()
            except LOST as lost:
                log.warning("%s is not connected: %s", self._name, lost or type(lost).__name__)
            await asyncio.sleep(self._retry)

    async def _once(self) -> None:
        connection = await connect(self._dsn, self._name)
        try:
            await self._began(connection)
            self._up.set()
            await until_lost(connection)
        finally:
            self._up.clear()
            self._ended()
            connection.terminate()
