"""Answers to questions that read a whole view: remembered until the view moves, and of a large one a little longer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from projections.storage import positions
from projections.view import View

if TYPE_CHECKING:
    from projections.storage import Pool

T = TypeVar("T")

PAUSE, OLDEST = 1.0, 60.0
"""Seconds between two counts of a large view, and how old the answer may be that somebody is shown meanwhile."""


class Remembered(Generic[T]):
    """Of a small view the answer is always exact. Of a large one the last answer is given at once, and counted anew
    beside it when the view has moved, so that nobody waits for a count."""

    def __init__(
        self,
        pool: Pool,
        views: Sequence[View[Any]],
        ask: Callable[[Pool], Awaitable[T]],
        large: Callable[[T], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pool, self._views, self._ask, self._large, self._clock = pool, views, ask, large, clock
        self._last: tuple[T, dict[str, int], float] | None = None
        self._counting: asyncio.Task[T] | None = None

    async def now(self) -> T:
        here = await positions(self._pool, self._views)
        if self._last is None:
            return await self._count(here)
        answer, then, at = self._last
        age = self._clock() - at
        if here == then:
            return answer
        if age > OLDEST or not self._large(answer):
            return await self._count(here)
        if age > PAUSE and (self._counting is None or self._counting.done()):
            self._counting = asyncio.create_task(self._count(here))
            self._counting.add_done_callback(lambda done: done.cancelled() or done.exception())
        return answer

    async def _count(self, here: dict[str, int]) -> T:
        """What is counted is at least as new as the positions that were seen before."""
        answer = await self._ask(self._pool)
        self._last = (answer, here, self._clock())
        return answer
