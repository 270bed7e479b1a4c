"""One view following the log: writes batch after batch, stops alone at what it cannot digest, tries again."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import asyncpg

from projections import storage
from projections.batch import Batch, Indigestible, Unfinished, digest, fault, finish, keys_of
from projections.view import View
from suppliers.ports import Recorded

if TYPE_CHECKING:
    from projections.storage import Pool

log = logging.getLogger(__name__)

PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before a view stopped by an event tries again, the last one kept up; after a lost connection, the first."""

HURRY = "SET LOCAL synchronous_commit TO off"
"""A view's commit need not reach the disk: lost with its checkpoint, it is folded again from the log."""

UNWRITABLE = (
    Unfinished,
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.ProgramLimitExceededError,
)


@dataclass(frozen=True, slots=True)
class Status:
    """How a view is doing. `stuck_at` is the position of the event that it cannot digest."""

    name: str
    version: int
    position: int
    lag: int
    error: str = ""
    stuck_at: int | None = None


class Follower:
    """A view, where it stands, and what is wrong with it."""

    def __init__(self, view: View[Any]) -> None:
        self.view = view
        self.position = 0
        self.error = ""
        self.stuck_at: int | None = None
        self.resumes = 0.0
        self._failures = 0

    @property
    def runs(self) -> bool:
        return time.monotonic() >= self.resumes

    def status(self, head: int) -> Status:
        lag = max(0, head - self.position)
        return Status(self.view.name, self.view.version, self.position, lag, self.error, self.stuck_at)

    async def take(self, pool: Pool, events: Sequence[Recorded]) -> None:
        """Write a batch; whatever goes wrong stays with this view."""
        try:
            await self._write(pool, events)
        except storage.Overtaken:
            log.warning("view %s was moved by another projector", self.view.name)
            self.position = (await storage.positions(pool, [self.view]))[self.view.name]
        except Indigestible as stop:
            self.stop(str(stop), stop.position, stop.__cause__)
        except Exception as reason:
            self.stop(f"{type(reason).__name__}: {reason}", None, reason)
        else:
            self.moved(events[-1].position)

    def moved(self, position: int) -> None:
        """It digests again."""
        if self.error:
            log.info("view %s goes on at %d", self.view.name, position)
        self.position = position
        self.error, self.stuck_at, self.resumes, self._failures = "", None, 0.0, 0

    def stop(self, error: str, at: int | None, reason: BaseException | None) -> None:
        """Say what is wrong, and wait before the next try."""
        pause = PAUSES[0] if at is None else PAUSES[min(self._failures, len(PAUSES) - 1)]
        self._failures += 1
        self.resumes = time.monotonic() + pause
        if error != self.error:
            log.error("view %s stopped at %d: %s", self.view.name, self.position, error, exc_info=reason)
        self.error, self.stuck_at = error, at

    async def _write(self, pool: Pool, events: Sequence[Recorded]) -> None:
        try:
            batch = await self._transact(pool, events)
        except UNWRITABLE as reason:
            if len(events) == 1:
                raise fault(events[0], reason) from reason
            half = len(events) // 2  # look for the one event that makes a row the table refuses
            await self._write(pool, events[:half])
            await self._write(pool, events[half:])
            return
        self.position = batch.position
        if batch.fault is not None:
            raise batch.fault from batch.fault.__cause__

    async def _transact(self, pool: Pool, events: Sequence[Recorded]) -> Batch[Any]:
        """Rows and checkpoint in one transaction."""
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute(HURRY)
            rows = await storage.load(connection, self.view, keys_of(self.view, events))
            batch = digest(self.view, rows, events, self.position)
            if batch.position > self.position:
                await storage.store(connection, self.view, finish(self.view, batch.rows))
                await storage.advance(connection, {self.view.checkpoint: self.position}, batch.position)
        return batch
