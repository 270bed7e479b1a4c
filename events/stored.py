"""What lies in the log and what may be asked of whoever keeps it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID


class Draft(NamedTuple):
    """A fact to be recorded; `state` is UTF-8 JSON."""

    originator_id: UUID
    originator_version: int
    topic: str
    state: bytes


class Stored(NamedTuple):
    """A fact as recorded. The order of the fields is that of the columns read."""

    originator_id: UUID
    originator_version: int
    topic: str
    state: bytes
    position: int
    recorded_at: datetime
    actor: UUID | None
    command_id: UUID | None
    correlation_id: str | None


Beside = Callable[[Any], Awaitable[object]]
"""Writes on the connection it is handed. It may be called again when its transaction had to be tried again."""


class Statement(NamedTuple):
    """A `Beside` that is one statement: alike ones of many appends go on one journey."""

    query: str
    values: tuple[Any, ...] = ()

    async def __call__(self, connection: Any) -> None:
        if connection is not None:  # a log in memory has none
            await connection.execute(self.query, *self.values)


class Append(NamedTuple):
    """Facts that are recorded together or not at all; a `command_id` is recorded once, however often it is sent.

    `beside` is what else is written in the same transaction, when and only when these facts are.
    """

    drafts: Sequence[Draft]
    actor: UUID | None = None
    command_id: UUID | None = None
    correlation_id: str | None = None
    recorded_at: datetime | None = None
    beside: Beside | None = None


class Overtaken(Exception):
    """Another writer recorded that version of a stream first. Nothing of this append was recorded."""


class Gap(Exception):
    """A version is missing before one of these drafts: whoever made them did not load the whole stream."""


class Blocked(Exception):
    """What was to be written beside an append needs rows that somebody else keeps locked. Nothing was recorded."""


class OutcomeUnknown(Exception):
    """The connection was lost: perhaps it was recorded. Sending it again with the same command id is safe."""


Positions = range
"""The positions an append received; they are consecutive."""

NOTHING: Positions = range(0)

Outcome = Positions | Overtaken | Gap
AppendMany = Callable[[Sequence[Append]], Awaitable[Sequence[Outcome]]]


class Appender(Protocol):
    """Records one append and returns its positions."""

    async def append(
        self,
        drafts: Sequence[Draft],
        *,
        actor: UUID | None = None,
        command_id: UUID | None = None,
        correlation_id: str | None = None,
        recorded_at: datetime | None = None,
    ) -> Positions: ...


class Reader(Protocol):
    """Reads the log by stream, by position and by command."""

    async def select_stream(self, originator_id: UUID, after_version: int = 0) -> list[Stored]: ...

    async def select_feed(
        self, after: int, limit: int, *, until: int | None = None, topics: Sequence[str] = (), on: Any = None
    ) -> list[Stored]: ...

    async def head(self) -> int: ...

    async def find_command(self, command_id: UUID) -> Positions: ...


class Recorder(Appender, Reader, Protocol):
    """Keeps the log. What PostgreSQL keeps and its twin in memory behave alike."""

    def line(self) -> AbstractAsyncContextManager[AppendMany]:
        """A way to append many in one go; appends of one call share neither a stream nor a command."""
        ...


def unwrap(outcome: Outcome) -> Positions:
    """The positions, or raise what stood in the way."""
    if isinstance(outcome, range):
        return outcome
    raise outcome
