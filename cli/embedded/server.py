"""What the embedded servers have in common: a child process that is waited for, and asked to stop."""

from __future__ import annotations

import signal
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar

from cli.embedded.children import Child


class ServerFailed(Exception):
    """An embedded server did not start."""


class Server(ABC):
    """One server whose whole state is `folder`; `start` it, then `wait` until it answers."""

    NAME: ClassVar[str]
    PATIENCE: ClassVar[float]
    """Seconds until it has to answer."""
    STOP: ClassVar[signal.Signals]
    """How it is asked to stop in order."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.log = self.folder / f"{type(self).__name__.lower()}.log"
        self._child: Child | None = None

    @abstractmethod
    def start(self) -> None:
        """Begin to start."""

    @abstractmethod
    def _answers(self) -> bool: ...

    def wait(self) -> None:
        """Return when it answers."""
        deadline = time.monotonic() + self.PATIENCE
        while not self._answers():
            if not self.running or time.monotonic() > deadline:
                raise ServerFailed(f"{self.NAME} did not start. The end of {self.log}: {self._last_words()}")
            time.sleep(0.005)

    @property
    def running(self) -> bool:
        return self._child is not None and self._child.running

    @property
    def pid(self) -> int:
        assert self._child is not None
        return self._child.pid

    def _bury(self) -> None:
        """Of a child that is no more the system keeps the number until it was asked how it ended; a new server would
        take it for one that is running."""
        if self._child:
            self._child.end(1.0)

    def ask_to_stop(self) -> None:
        if self._child:
            self._child.ask(self.STOP)

    def stop(self, patience: float = 1.0) -> None:
        self.ask_to_stop()
        if self._child:
            self._child.end(patience)

    def _last_words(self) -> str:
        return self.log.read_text(errors="replace").strip()[-300:] if self.log.exists() else ""
