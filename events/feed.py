"""The log in order, decoded, for those who follow it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from events.link import LOST
from events.listener import Listener
from events.mapper import Mapper
from events.memory import MemoryRecorder
from events.recorder import PostgresRecorder
from events.stored import Reader, Stored

CHANNEL = "tierce_events"
POLL = 1.0
"""Seconds; announcements only wake, what counts is what the log says."""


class Recorded(NamedTuple):
    """A fact as it lies in the log. `event.timestamp` is when it happened, `recorded_at` when we knew."""

    position: int
    event: Any
    topic: str
    recorded_at: datetime
    actor: UUID | None
    command_id: UUID | None
    correlation_id: str | None


def recorded(stored: Iterable[Stored], facts: Iterable[Any]) -> list[Recorded]:
    """What was stored, with what it says. Needs no event loop: see `mapper.decoded`."""
    make = Recorded._make
    return [make((each[4], fact, each[2], *each[5:])) for each, fact in zip(stored, facts, strict=True)]


class Undecodable(Exception):
    """An event cannot be read by what is running."""

    def __init__(self, stored: Stored, reason: Exception) -> None:
        super().__init__(f"position {stored.position}, {stored.topic}: {type(reason).__name__}: {reason}")
        self.__cause__ = reason
        self.stored, self.position, self.topic = stored, stored.position, stored.topic


async def legible(stored: Sequence[Stored], mapper: Mapper) -> tuple[list[Recorded], list[Undecodable]]:
    """What can be read, in order, and what cannot. A connection that was lost says nothing about either."""
    try:
        return recorded(stored, await mapper.facts(stored)), []
    except LOST:
        raise
    except Exception as reason:
        if len(stored) == 1:
            return [], [Undecodable(stored[0], reason)]
    apart = [await legible([each], mapper) for each in stored]
    return [fact for facts, _ in apart for fact in facts], [other for _, others in apart for other in others]


class Follower:
    """Reading and waiting; what rings the bell is for those below."""

    def __init__(self, recorder: Reader, mapper: Mapper) -> None:
        self._recorder = recorder
        self._mapper = mapper
        self._heard = 0
        self._bell = asyncio.Event()

    async def read(self, after: int, limit: int, *, topics: Sequence[str] = (), on: Any = None) -> Sequence[Recorded]:
        """Up to `limit` past `after`. An event that cannot be read ends the batch before it, then is raised.

        Who follows on a connection of its own may have that one asked (`on`) rather than one borrowed each time.
        """
        heard = self._heard
        stored = await self._recorder.select_feed(after, limit, topics=topics, on=on)
        if not stored and not topics and after < self._heard == heard:
            self._heard = after  # what was announced before it was on disk went in a crash
        facts, others = await legible(stored, self._mapper)
        if not others:
            return facts
        if before := [fact for fact in facts if fact.position < others[0].position]:
            return before
        raise others[0]

    async def head(self) -> int:
        return await self._recorder.head()

    async def wait(self, after: int, timeout: float) -> None:
        """Until there is something past `after`, or the time is over."""
        deadline = time.monotonic() + timeout
        while self._heard <= after and (left := deadline - time.monotonic()) > 0:
            try:
                async with asyncio.timeout(min(left, POLL)):  # wait_for loses a cancellation that comes with the bell
                    await self._bell.wait()
            except TimeoutError:
                self.ring(await self._recorder.head())

    def ring(self, position: int | str) -> None:
        """The log has reached this position."""
        if int(position) > self._heard:
            self._heard = int(position)
            self._bell, rung = asyncio.Event(), self._bell
            rung.set()


class Feed(Follower):
    """Rung by PostgreSQL; hand it the process's listener before that is started."""

    def __init__(self, listener: Listener, recorder: PostgresRecorder, mapper: Mapper) -> None:
        super().__init__(recorder, mapper)
        self._disk = recorder.disk
        listener.hear(CHANNEL, self._announced)

    def _announced(self, position: str) -> None:
        """With a plus when its commit waited for the disk: then so did all that were before it."""
        if position.startswith("+"):
            self._disk.has(int(position))
        self.ring(position)


class MemoryFeed(Follower):
    """The twin, rung by the log in memory."""

    def __init__(self, recorder: MemoryRecorder, mapper: Mapper) -> None:
        super().__init__(recorder, mapper)
        recorder.on_append(self.ring)
