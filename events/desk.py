"""The desk a handler works at: loaded facts within reach, made into aggregates afresh for each run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from events.fact import Folds, R, Root, fold

Shelf = Mapping[UUID, Sequence[Folds]]
"""What was loaded, by stream; an empty stream is known not to exist."""


class NotLoaded(BaseException):
    """The handler needs this stream: load it and run the handler again. No handler should catch it."""

    def __init__(self, id: UUID) -> None:
        self.id = id


class Desk:
    """For one run of one handler."""

    def __init__(self, shelf: Shelf, *, actor: Any, now: datetime, unknown: Callable[[], Exception]) -> None:
        self.actor = actor
        self.now = now
        self._shelf = shelf
        self._unknown = unknown
        self._open: dict[UUID, Root] = {}

    def get(self, kind: type[R], id: UUID) -> R:
        aggregate = self.find(kind, id)
        if aggregate is None:
            raise self._unknown()
        return aggregate

    def find(self, kind: type[R], id: UUID) -> R | None:
        aggregate: Any = self._open[id] if id in self._open else self._take(id)
        return aggregate if isinstance(aggregate, kind) else None

    def add(self, aggregate: Root) -> None:
        self._open[aggregate.id] = aggregate

    @property
    def changed(self) -> list[Root]:
        """What has something to record, in the order it came to the desk."""
        return [aggregate for aggregate in self._open.values() if aggregate.pending_events]

    def _take(self, id: UUID) -> Root | None:
        if id not in self._shelf:
            raise NotLoaded(id)
        aggregate: Root | None = fold(self._shelf[id])
        if aggregate is not None:
            self._open[id] = aggregate
        return aggregate
