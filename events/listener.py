"""Hears what the database announces, on one connection that comes back by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import asyncpg

from events.link import Kept

Ear = Callable[[str], None]


class Listener(Kept):
    """What is announced while it is not connected is missed: `on_gap` is called then, for those who must not miss."""

    def __init__(self, dsn: str, *, retry: float = 0.5) -> None:
        super().__init__(dsn, "listener", retry=retry)
        self._ears: dict[str, list[Ear]] = {}
        self._on_gap: list[Callable[[], None]] = []

    def hear(self, channel: str, ear: Ear, on_gap: Callable[[], None] | None = None) -> None:
        """Before `start`."""
        self._ears.setdefault(channel, []).append(ear)
        if on_gap is not None:
            self._on_gap.append(on_gap)

    async def _began(self, connection: asyncpg.Connection) -> None:
        for channel in self._ears:
            await connection.add_listener(channel, self._heard)
        self._ended()  # what was announced before this moment was missed, too

    def _ended(self) -> None:
        for on_gap in self._on_gap:
            on_gap()

    def _heard(self, connection: Any, pid: int, channel: str, payload: object) -> None:
        for ear in self._ears[channel]:
            ear(str(payload))
