"""Tells a lost connection, after which nobody knows, from a statement that failed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from events.stored import OutcomeUnknown

LOST = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.QueryCanceledError,
    asyncpg.TooManyConnectionsError,
)
"""What asyncpg raises when a server, a connection or the patience with it has gone."""


@contextmanager
def unknown_when_lost() -> Iterator[None]:
    try:
        yield
    except LOST as lost:
        if isinstance(lost, ValueError):  # asyncpg's word for an argument it cannot encode: nothing was sent
            raise
        raise OutcomeUnknown(str(lost) or type(lost).__name__) from lost
