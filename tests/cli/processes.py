"""Watching processes from outside, as a person with `ps` would."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]


def eventually(what: Callable[[], bool], within: float = 5.0) -> bool:
    deadline = time.monotonic() + within
    while not what():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def gone(pids: list[int]) -> bool:
    return not any(psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie" for pid in pids)


def children(pid: int) -> list[int]:
    return [child.pid for child in psutil.Process(pid).children(recursive=True)]


class Up:
    """A `tierce up` in a process of its own."""

    def __init__(self, data: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cli", "up", "--data", str(data), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        self.said: list[str] = []

    @property
    def pid(self) -> int:
        return self.process.pid

    def ready(self) -> str:
        """Its address, once it says so."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            if "ready at " in line:
                return line.split("ready at ")[1].split()[0]
        assert self.process.stderr is not None
        raise AssertionError("".join(self.said) + self.process.stderr.read())

    def signal(self, number: signal.Signals) -> float:
        """Send it, and return the seconds until the process ended."""
        sent = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(10)
        return time.monotonic() - sent


@contextmanager
def up(data: Path, *arguments: str) -> Iterator[Up]:
    started = Up(data, *arguments)
    try:
        yield started
    finally:
        if started.process.poll() is None:
            started.signal(signal.SIGKILL)
        for pipe in (started.process.stdout, started.process.stderr):
            if pipe:
                pipe.close()
