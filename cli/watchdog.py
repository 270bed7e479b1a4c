"""A thread that ends the process when its event loop no longer turns: what hangs cannot restart itself."""

from __future__ import annotations

import asyncio
import faulthandler
import os
import sys
import threading
from collections.abc import Callable

BEAT = 1.0
LIMIT = 60  # beats


def _end() -> None:
    print("The event loop has hung; ending the process. What each thread was doing:", file=sys.stderr)
    faulthandler.dump_traceback(file=sys.stderr)
    os._exit(70)


class Watchdog:
    """Counts its own beats since the loop last answered, so that a suspended machine wakes up without harm."""

    def __init__(self, *, limit: int = LIMIT, beat: float = BEAT, end: Callable[[], None] = _end) -> None:
        self._limit, self._beat, self._end = limit, beat, end
        self._missed = 0
        self._done = threading.Event()

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        threading.Thread(target=self._run, args=(loop,), name="watchdog", daemon=True).start()

    def stop(self) -> None:
        self._done.set()

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._done.wait(self._beat):
            self._missed += 1
            if self._missed > self._limit:
                self._end()
                return
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._answer)

    def _answer(self) -> None:
        self._missed = 0
