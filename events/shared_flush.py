"""One flush to disk for all transactions of this process that were committed before it."""

from __future__ import annotations

import asyncio
from itertools import count
from typing import Any

from events.disk import FLUSH


class Place:
    """A transaction's place among those that are open at the same time; taken when it has begun."""

    __slots__ = ("coming", "number", "on_disk", "served")

    def __init__(self, number: int) -> None:
        self.number = number
        self.coming = False
        self.on_disk: asyncio.Future[bool]
        self.served: list[Place] = []
        """Those whose flush this one does."""

    def tell(self, on_disk: bool) -> None:
        if not self.on_disk.done():
            self.on_disk.set_result(on_disk)


class SharedFlush:
    """The disk takes commits in their order, so a flush is one of all commits before it, unless a crash lay between.

    A crash ends all connections. So it is done on that whose transaction began first: it was open before any of the
    others was committed. It is done when as many came as are still coming; whoever it failed does its own.
    """

    def __init__(self) -> None:
        self._numbers = count()
        self._coming = self._came = 0
        self._waiting: list[Place] = []
        self._first: Place | None = None

    def begun(self) -> Place:
        return Place(next(self._numbers))

    def coming(self, place: Place) -> None:
        """It waits for the log's lock, and when it has that it is soon committed."""
        self._coming += not place.coming
        place.coming = True

    def ended(self, place: Place) -> None:
        """Nobody waits for it any longer, whether it was committed or not."""
        self._arrived(place)
        self._go()

    @property
    def alone(self) -> bool:
        """Nobody is there, or will be soon, to share it with."""
        return self._coming <= 1 and self._first is None and not self._waiting

    async def reach(self, connection: Any, place: Place) -> None:
        """Wait until all is on disk that was committed on this connection."""
        self._arrived(place)
        place.on_disk = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        self._go()
        try:
            if not await place.on_disk:
                await connection.fetchval(FLUSH)
                for each in place.served:
                    each.tell(True)
        finally:
            for each in place.served:
                each.tell(False)
            if self._first is place:
                self._first = None
                self._go()

    def _arrived(self, place: Place) -> None:
        if place.coming:
            place.coming = False
            self._coming -= 1
            self._came += 1

    def _go(self) -> None:
        self._waiting = [each for each in self._waiting if not each.on_disk.done()]  # the others were cancelled
        if not self._waiting:
            self._came = 0
        elif self._first is None and self._came >= self._coming:
            self._first = min(self._waiting, key=lambda each: each.number)
            self._first.served, self._waiting, self._came = self._waiting, [], 0
            self._first.tell(False)
