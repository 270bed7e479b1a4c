"""Waiting until views have reached a position, so that people read what they wrote."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import asyncpg

from projections import storage
from projections.view import View

if TYPE_CHECKING:
    from projections.storage import Pool

POLL = 0.1
"""Seconds; what is announced only wakes."""


class Listener(Protocol):
    """Hears what the database announces."""

    def hear(self, channel: str, ear: Callable[[str], None], on_gap: Callable[[], None] | None = None) -> None: ...


class Waiting:
    """One for a process; hand it the process's listener before that is started."""

    def __init__(self, pool: Pool, views: Iterable[View[Any]], listener: Listener | None = None) -> None:
        self._pool = pool
        self._views = {view.name: view for view in views}
        self._reached = dict.fromkeys(self._views, 0)
        self._bell = asyncio.Event()
        if listener is not None:
            listener.hear(storage.CHANNEL, self.heard, self._forget)

    async def wait(self, views: Sequence[str], position: int, timeout: float = 1.0) -> bool:
        """Whether these views have reached a position, now or before the time is over."""
        deadline = time.monotonic() + timeout
        while not self._there(views, position):
            bell = self._bell
            if await self._ask(views) and self._there(views, position):
                break
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            try:
                async with asyncio.timeout(min(left, POLL)):
                    await bell.wait()
            except TimeoutError:
                continue
        return True

    def heard(self, announced: str) -> None:
        """Views have moved: `name,name:position`."""
        names, _, position = announced.partition(":")
        for name in self._reached.keys() & set(names.split(",")):
            self._reached[name] = max(self._reached[name], int(position))
        self._bell, rung = asyncio.Event(), self._bell
        rung.set()

    def _there(self, views: Sequence[str], position: int) -> bool:
        return all(self._reached[name] >= position for name in views)

    async def _ask(self, views: Sequence[str]) -> bool:
        """Look at the checkpoints themselves; a database that does not answer is a view that is not there yet."""
        before = dict(self._reached)
        try:
            found = await storage.positions(self._pool, [self._views[name] for name in views])
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False
        for name, position in found.items():  # what was heard while asking is newer than the answer
            heard = self._reached[name]
            self._reached[name] = position if heard == before[name] else max(heard, position)
        return True

    def _forget(self) -> None:
        """What was announced while nobody listened was missed; a view may have been rebuilt meanwhile."""
        self._reached = dict.fromkeys(self._views, 0)
