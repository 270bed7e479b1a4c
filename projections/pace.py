"""How many events are taken at once: as many as can be digested before others have waited for long."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

AT_ONCE = 0.05
"""Seconds for a batch."""
LEAST = 20


class Pace:
    """Learns from each batch what the next may hold; never more than `most`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._each = 0.0

    @property
    def limit(self) -> int:
        if not self._each:
            return self._most
        return min(self._most, max(LEAST, int(AT_ONCE / self._each)))

    @contextmanager
    def of(self, events: int) -> Iterator[None]:
        """Measure a batch; a small one says little of what many would take."""
        begun = time.perf_counter()
        yield
        if events >= LEAST:
            took = (time.perf_counter() - begun) / events
            self._each = took if not self._each else (3 * self._each + took) / 4
