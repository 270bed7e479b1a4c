"""A view that follows the log: where it stands, what it makes of a batch, and what is wrong with it."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from projections import keeping
from projections.batch import Batch, Indigestible, Unfinished, digest, finish, keys_of
from projections.layout import Build
from projections.shelf import ROOM, Shelf
from projections.together import Part
from projections.troubles import Trouble
from projections.view import View
from suppliers.ports import Recorded

log = logging.getLogger(__name__)

PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before a view stopped by an event tries again, the last one kept up; after a lost connection, the first."""


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
    """A view and its place in the log."""

    def __init__(self, view: View[Any]) -> None:
        self.view = view
        self.build: Build | None = None
        self.checkpoint = ""
        """Of this build."""
        self.position = 0
        self.error = ""
        self.stuck_at: int | None = None
        self.topic = ""
        self.resumes = 0.0
        self.shelf: Shelf[Any] = Shelf()
        self._days: dict[str, date] = {}
        """The last day of keys, as far as it is remembered."""
        self._failures = 0

    @property
    def runs(self) -> bool:
        """Not while what is live is of another release; it is built by `projections.rebuild`."""
        return self.build is not None and (not self.resumes or time.monotonic() >= self.resumes)

    def status(self, head: int) -> Status:
        lag = max(0, head - self.position)
        return Status(self.view.name, self.view.version, self.position, lag, self.error, self.stuck_at)

    def stands(self, build: Build | None, position: int) -> None:
        """It is read from the database for the first time, or was moved by another."""
        if build is not None and build.version != self.view.version:
            build, position = None, 0
        self.build, self.position = build, position
        self.checkpoint = "" if build is None else build.checkpoint
        self._forget()

    def concerned(self, kinds: Set[type[Any]]) -> bool:
        """Most views are not, by most events."""
        return not self.view.digests.keys().isdisjoint(kinds)

    def keys(self, events: Sequence[Recorded]) -> set[str]:
        return keys_of(self.view, events)

    def missing(self, keys: set[str], begun: set[str]) -> list[str]:
        """The rows that have to be loaded: those at hand need not be, nor those of what has only begun."""
        return self.shelf.missing(key for key in keys if begun.isdisjoint(ids_in(key)))

    def digest(self, keys: set[str], events: Sequence[Recorded]) -> Batch[Any]:
        before = self.shelf.rows(keys)
        batch = digest(self.view, before, events, self.position)
        if not self.view.by_day:
            batch.rows = {key: row for key, row in batch.rows.items() if row is not before.get(key)}
        batch.rows = finish(self.view, batch.rows)
        return batch

    def parts(self, batch: Batch[Any]) -> list[Part]:
        """What is to be written. A row that cannot be put in words is one that could not be completed."""
        there = self.shelf.rows(batch.days)
        known = {key: self._days.get(key) if key in there else days[0].day for key, days in batch.days.items()}
        try:
            return keeping.parts(self.view, batch, known)
        except Exception as reason:
            raise Unfinished(f"{type(reason).__name__}: {reason}") from reason

    def took(self, batch: Batch[Any]) -> None:
        """What it made of a batch is in the database, or on its way there."""
        self.shelf.keep(batch.rows)
        self.shelf.tidy(len(batch.rows))
        if len(self._days) > ROOM:
            self._days.clear()
        self._days.update({key: days[-1].day for key, days in batch.days.items()})
        if batch.position > self.position:
            self.moved(batch.position)
        if batch.fault is not None:
            self.refused(batch.fault)

    def moved(self, position: int) -> None:
        """It digests again."""
        self.position = position
        if self.error:
            log.info("view %s goes on at %d", self.view.name, position)
            self.error, self.stuck_at, self.topic, self.resumes, self._failures = "", None, "", 0.0, 0

    def _forget(self) -> None:
        """What it had in mind may be wrong."""
        self.shelf.clear()
        self._days.clear()

    @property
    def trouble(self) -> Trouble | None:
        """The event it cannot digest, for others to know. What passes, such as a lost connection, is none."""
        if self.stuck_at is None:
            return None
        return Trouble(self.view.name, self.view.version, self.position, self.stuck_at, self.topic, self.error)

    def refused(self, fault: Indigestible) -> None:
        """There is an event that it cannot digest."""
        self.stop(str(fault), fault.position, fault.__cause__, fault.topic)

    def stop(self, error: str, at: int | None, reason: BaseException | None, topic: str = "") -> None:
        """Say what is wrong, and wait before the next try."""
        pause = PAUSES[0] if at is None else PAUSES[min(self._failures, len(PAUSES) - 1)]
        self._failures += 1
        self.resumes = time.monotonic() + pause
        self._forget()
        if error != self.error:
            log.error("view %s stopped at %d: %s", self.view.name, self.position, error, exc_info=reason)
        self.error, self.stuck_at, self.topic = error, at, topic


def ids_in(key: str) -> tuple[str, str]:
    """A key is the id of what a row is about, or `kind:id`."""
    return key, key.partition(":")[2]
