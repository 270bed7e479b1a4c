"""Watches the views move, without asking the database anything."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from heapq import heappop, heappush
from typing import Any

from events.listener import Listener
from projections import storage
from projections.view import View


class Watch:
    """Hand it the listener before that is started."""

    def __init__(self, listener: Listener, views: Iterable[View[Any]]) -> None:
        self._reached = {view.name: 0 for view in views}
        self._all = 0
        self._waiting: list[tuple[int, asyncio.Future[float]]] = []
        listener.hear(storage.CHANNEL, self._heard)

    async def seen(self, position: int, patience: float = 60.0) -> float:
        """When the last of the views had reached a position; now if that was before."""
        if position <= self._all:
            return time.perf_counter()
        reached: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (position, reached))
        return await asyncio.wait_for(reached, patience)

    def _heard(self, announced: str) -> None:
        names, _, position = announced.partition(":")
        for name in names.split(","):
            self._reached[name] = max(self._reached[name], int(position))
        self._all = min(self._reached.values())
        while self._waiting and self._waiting[0][0] <= self._all:
            _, reached = heappop(self._waiting)
            if not reached.done():
                reached.set_result(time.perf_counter())
