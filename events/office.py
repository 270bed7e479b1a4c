"""Where commands are handed in: pure handlers decide at a desk, what they decided is recorded in one append."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID, uuid4

from events.desk import Desk, NotLoaded
from events.fact import Folds, R
from events.repository import Repository
from events.stored import OutcomeUnknown, Overtaken

Handlers = Mapping[Any, Callable[[Any, Any], None]]
"""Command class -> handler."""


class Clock(Protocol):
    def now(self) -> datetime: ...


class Receipt(NamedTuple):
    """The last position written; 0 when there was nothing to record."""

    position: int


class Letterhead(NamedTuple):
    """What is noted on every event of one command."""

    actor: UUID
    command_id: UUID
    correlation_id: str | None
    recorded_at: datetime | None


class Office:
    """`overtaken` and `unknown` make the refusals to raise when someone else was first or there is no such record."""

    def __init__(
        self,
        repository: Repository,
        handlers: Handlers,
        clock: Clock,
        overtaken: Callable[[], Exception],
        unknown: Callable[[], Exception],
        *,
        dated_by_clock: bool = False,
        tries: int = 6,
        pause: float = 0.1,
    ) -> None:
        """`dated_by_clock`: recorded_at is the clock's time rather than the database's (a demo's past, a test)."""
        self._repository = repository
        self._handlers = handlers
        self._clock = clock
        self._overtaken = overtaken
        self._unknown = unknown
        self._dated_by_clock = dated_by_clock
        self._tries = tries
        self._pause = pause

    async def issue(
        self,
        command: Any,
        *,
        actor: Any,
        command_id: UUID | None = None,
        correlation_id: str | None = None,
        at: datetime | None = None,
    ) -> Receipt:
        """Decide and record. With a `command_id` handed in twice, the second answer is the first one's receipt."""
        now = at or self._clock.now()
        recorded_at = self._clock.now() if self._dated_by_clock else None
        head = Letterhead(actor.id, command_id or uuid4(), correlation_id, recorded_at)
        try:
            position = await self._decide(command, actor, now, head)
        except Exception:
            # Refused now perhaps because it was done then: the first answer may have been lost on its way.
            if command_id is None or not (position := await self._repository.recorded(command_id)):
                raise
        if not position and command_id is not None:
            position = await self._repository.recorded(command_id)
        return Receipt(position)

    async def load(self, kind: type[R], id: UUID) -> R:
        """As it is on the log now."""
        aggregate = await self._repository.load(kind, id)
        if aggregate is None:
            raise self._unknown()
        return aggregate

    async def _decide(self, command: Any, actor: Any, now: datetime, head: Letterhead) -> int:
        """Nobody's decision is made again in their name; only what is `retried` decides anew on what is there now."""
        tries = self._tries if command.retried else 1
        for trial in range(tries):
            desk = await self._run(command, actor, now)
            try:
                return await self._record(desk, head)
            except Overtaken:
                await asyncio.sleep(random.random() * self._pause * trial)
        raise self._overtaken()

    async def _run(self, command: Any, actor: Any, now: datetime) -> Desk:
        """The handler from its start, again for each stream it turns out to need."""
        shelf: dict[UUID, Sequence[Folds]] = {}
        while True:
            desk = Desk(shelf, actor=actor, now=now, unknown=self._unknown)
            try:
                self._handlers[type(command)](command, desk)
                return desk
            except NotLoaded as needed:
                shelf[needed.id] = await self._repository.facts(needed.id)

    async def _record(self, desk: Desk, head: Letterhead) -> int:
        """After a lost connection nobody knows: the same command id again is recorded once at most."""
        for trial in range(1, self._tries):
            try:
                return await self._repository.save(*desk.changed, **head._asdict())
            except OutcomeUnknown:
                await asyncio.sleep(self._pause * 2**trial)
        return await self._repository.save(*desk.changed, **head._asdict())
