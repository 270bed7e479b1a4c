"""The demo's time: many stories take their turns in the order of their days, one at a time, on a clock of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Any

FRIDAY = 4


class Calendar:
    """Its clock stands still while a story acts; what would happen past the end does not happen."""

    def __init__(self, today: date, *, days: int) -> None:
        """History ends on the evening before `today`, so that none of it lies in the future."""
        self.today = today
        self.end = datetime.combine(today - timedelta(days=1), time(18), tzinfo=UTC)
        self._now = self.day(-days, 8)
        self._turns: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._numbers = count()
        self._stories: set[asyncio.Task[None]] = set()
        self._awake = 0
        self._idle = asyncio.Event()
        self._failure: BaseException | None = None

    def now(self) -> datetime:
        return self._now

    def pass_seconds(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)

    def day(self, offset: int, hour: float = 9.0) -> datetime:
        """So many days from today (negative = before), on a working day."""
        return _hour(self.today + timedelta(days=offset), hour)

    def any_day(self, offset: int, hour: float) -> datetime:
        """The same for what does not wait for Monday."""
        return datetime.combine(self.today + timedelta(days=offset), time(0), tzinfo=UTC) + timedelta(hours=hour)

    def later(self, days: float, hour: float) -> datetime:
        """So many days from now at that hour, on a working day."""
        return _hour((self._now + timedelta(days=days)).date(), hour)

    async def until(self, moment: datetime) -> None:
        """Let the others go on until then; a moment that has passed means now."""
        turn = asyncio.get_running_loop().create_future()
        heappush(self._turns, (max(moment, self._now), next(self._numbers), turn))
        self._rest()
        await turn

    def begin(self, story: Coroutine[Any, Any, None]) -> None:
        """It goes on beside the story that began it, from the next turn on."""
        self._awake += 1
        task = asyncio.create_task(self._tell(story))
        self._stories.add(task)
        task.add_done_callback(self._stories.discard)

    async def run(self, after_each: Callable[[], Awaitable[None]], progress: Callable[[datetime], None]) -> None:
        """Until the end; `after_each` does what follows from a turn at once."""
        try:
            await self._settled()
            while self._turns and self._turns[0][0] <= self.end:
                moment, _, turn = heappop(self._turns)
                self._now = max(self._now, moment)
                self._awake += 1
                turn.set_result(None)
                await self._settled()
                await after_each()
                progress(self._now)
        finally:
            for story in list(self._stories):
                story.cancel()

    async def _tell(self, story: Coroutine[Any, Any, None]) -> None:
        try:
            await story
        except Exception as failure:
            self._failure = self._failure or failure
        finally:
            self._rest()

    def _rest(self) -> None:
        self._awake -= 1
        if self._awake == 0:
            self._idle.set()

    async def _settled(self) -> None:
        """Every story waits for its next turn or has ended."""
        if self._awake:
            self._idle.clear()
            await self._idle.wait()
        if self._failure:
            raise self._failure


def _hour(day: date, hour: float) -> datetime:
    """Nobody works at weekends: what falls on one is done on the Friday before."""
    worked = day - timedelta(days=max(0, day.weekday() - FRIDAY))
    return datetime.combine(worked, time(0), tzinfo=UTC) + timedelta(hours=hour)
