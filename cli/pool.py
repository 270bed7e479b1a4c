"""Database connections that nobody waits for without end."""

from __future__ import annotations

from typing import Any

import asyncpg

WAIT, CONNECT, COMMAND = 10.0, 3.0, 5.0
"""Seconds to wait for a free connection, for a new one, and for an answer. asyncpg's own default is: for ever."""
SMALL = {"max_parallel_workers_per_gather": "0", "jit": "off"}
"""Many small answers at once: to start workers for one of them, or to compile it, takes longer than it saves."""


class Pool(asyncpg.Pool):
    """asyncpg's, with a limit on waiting for a free connection."""

    def acquire(self, *, timeout: float | None = None) -> Any:
        return super().acquire(timeout=WAIT if timeout is None else timeout)


def open_pool(dsn: str, *, connections: int, name: str = "tierce") -> Pool:
    """To be awaited, or entered with `async with`."""

    async def as_it_is(_: object) -> None:
        """Nobody here leaves settings, locks or ears behind on a borrowed connection: asking for it costs a journey.

        A transaction left open is rolled back all the same.
        """

    return Pool(
        dsn,
        connect=asyncpg.connect,
        connection_class=asyncpg.Connection,
        record_class=asyncpg.Record,
        min_size=1,
        max_size=connections,
        max_queries=50_000,
        max_inactive_connection_lifetime=300.0,
        setup=None,
        init=None,
        reset=as_it_is,
        loop=None,
        timeout=CONNECT,
        command_timeout=COMMAND,
        server_settings={"application_name": name, "timezone": "UTC", **SMALL},
    )
