"""Child processes that never outlive this one, however it dies."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from cli.embedded.rights import drop_to

PR_SET_PDEATHSIG = 1
LINUX = sys.platform.startswith("linux")


class Child:
    """A server started by us; `farewell` is the signal it gets when we die without saying goodbye."""

    def __init__(
        self, argv: Sequence[str | Path], *, log: Path, farewell: signal.Signals, user: int | None = None
    ) -> None:
        """Start it. Call from the main thread: on Linux the kernel takes the death of the starting thread as ours."""
        self._farewell = farewell
        command = [os.fspath(part) for part in argv]
        descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=descriptor,
                stderr=descriptor,
                start_new_session=True,  # Ctrl-C in the terminal is for us; we stop them in order
                preexec_fn=last_words(os.getpid(), farewell, user),
            )
        finally:
            os.close(descriptor)
        self._watch: IO[bytes] | None = None if LINUX else watched(self.process.pid, farewell)

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    def ask(self, how: signal.Signals) -> None:
        """To end in its own time."""
        if self.running:
            self.process.send_signal(how)

    def end(self, patience: float) -> None:
        """Wait `patience` seconds for it to have ended, then end it: as at our own death, and at last by force."""
        for harder in (self._farewell, signal.SIGKILL):
            try:
                self.process.wait(patience)
                break
            except subprocess.TimeoutExpired:
                self.process.send_signal(harder)
                patience = 0.5
        self.process.wait()
        if self._watch:
            self._watch.write(b"done\n")
            self._watch.close()
            self._watch = None


def last_words(parent: int, farewell: signal.Signals, user: int | None) -> Callable[[], None]:
    """What the child does before it becomes the server: change user, and ask the kernel to end it with its parent."""
    prctl = ctypes.CDLL(None).prctl if LINUX else None  # looked up before the fork

    def between_fork_and_exec() -> None:
        if user is not None:
            drop_to(user)
        if prctl:
            prctl(PR_SET_PDEATHSIG, int(farewell), 0, 0, 0)  # after the change of user, which clears it
            if os.getppid() != parent:
                os._exit(1)

    return between_fork_and_exec


def watched(pid: int, farewell: signal.Signals) -> IO[bytes]:
    """Where the kernel has no PDEATHSIG: a shell waits on a pipe that only we hold and signals `pid` when it breaks."""
    watchdog = subprocess.Popen(
        ["/bin/sh", "-c", f'read line || kill -{int(farewell)} "$0"', str(pid)],
        stdin=subprocess.PIPE,
        start_new_session=True,
        bufsize=0,
    )
    assert watchdog.stdin is not None
    return watchdog.stdin
