"""The projector's two connections: one batch is written on the one while the next is folded with the other's help."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from projections.line import Line, lent
from projections.step import fold, put, take

if TYPE_CHECKING:
    from projections.follower import Follower
    from projections.storage import Pool
    from suppliers.ports import Recorded


class Lines:
    """At most one write is under way. Views count on it; when it fails they have to go back to where they were."""

    def __init__(self, reading: Line, writing: Line) -> None:
        self.reading = reading
        self.writing = writing
        self._under_way: asyncio.Task[None] | None = None

    @property
    def broken(self) -> bool:
        return self.reading.broken or self.writing.broken

    @property
    def under_way(self) -> set[asyncio.Future[Any]]:
        """To be waited for beside other things."""
        return set() if self._under_way is None else {self._under_way}

    @property
    def failed(self) -> bool:
        """`written` will raise."""
        return any(each.done() and each.exception() is not None for each in self.under_way)

    async def ahead(self, group: Sequence[Follower], events: Sequence[Recorded]) -> None:
        """Fold while what came before is being written; then have this written."""
        try:
            step = await fold(self.reading, group, events)
        except Exception:
            await self.written()
            raise
        await self.written()
        self._under_way = asyncio.create_task(put(self.writing, step), name="writing views")
        if step.stumbles:
            await self.written()
        step.done()

    async def carefully(self, group: Sequence[Follower], events: Sequence[Recorded]) -> None:
        """Nothing is under way when it begins and when it ends; what goes wrong for one view stops that one alone."""
        await self.written()
        await take(self.writing, group, events)

    async def written(self) -> None:
        """Raises what went wrong with it."""
        task, self._under_way = self._under_way, None
        if task is not None:
            await task

    async def end(self) -> None:
        """Whatever is under way is given up."""
        for task in self.under_way:
            task.cancel()
        await asyncio.gather(*self.under_way, return_exceptions=True)


@asynccontextmanager
async def lent_lines(pool: Pool) -> AsyncIterator[Lines]:
    async with lent(pool) as reading, lent(pool) as writing:
        lines = Lines(reading, writing)
        try:
            yield lines
        finally:
            await lines.end()
