"""The one folder an instance lives in: held by one process at a time, and what must be kept beside the data."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from pathlib import Path
from typing import Any


class FolderHeld(Exception):
    """The data folder is in use."""


class FolderClosed(Exception):
    """The data folder cannot be written to."""


class DataFolder:
    """Held from `hold` until `release` or the end of this process, however that comes."""

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser().resolve()
        self._lock: int | None = None

    def hold(self) -> None:
        """Take the folder, or say who has it. The kernel drops the lock of a dead process: it cannot go stale."""
        try:
            # Others may not look in; as root, PostgreSQL's user has to pass through.
            self.path.mkdir(mode=0o700 if os.geteuid() else 0o711, parents=True, exist_ok=True)
            descriptor = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as failure:
            raise FolderClosed(
                f"The data folder {self.path} cannot be written to ({failure.strerror}). Name another with --data."
            ) from failure
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise FolderHeld(self._holder()) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        self._lock = descriptor

    def release(self) -> None:
        (self.path / "running.json").unlink(missing_ok=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def held(self) -> bool:
        """Whether some process holds it now."""
        try:
            descriptor = os.open(self.path / "lock", os.O_RDWR)
        except OSError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
        return False

    def secret(self) -> str:
        """The key that signs sessions and links: made once, readable by its owner alone."""
        file = self.path / "secret.key"
        if not file.exists():
            self._write("secret.key", secrets.token_urlsafe(48))
        return file.read_text()

    def announce(self, facts: dict[str, Any]) -> None:
        """Leave word of how the running instance is reached, for commands that work on this folder."""
        self._write("running.json", json.dumps(facts, indent=1))

    def announced(self) -> dict[str, Any]:
        """What the process that holds the folder has announced; empty when nobody runs."""
        file = self.path / "running.json"
        found: dict[str, Any] = json.loads(file.read_text()) if self.held() and file.exists() else {}
        return found

    def remember(self, name: str, value: str) -> None:
        self._write(name, value)

    def recall(self, name: str) -> str | None:
        file = self.path / name
        return file.read_text() if file.exists() else None

    def _write(self, name: str, content: str) -> None:
        part = self.path / f"{name}.part"
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.rename(self.path / name)

    def _holder(self) -> str:
        pid = (self.path / "lock").read_text() or "unknown"
        held = f"The data folder {self.path} is held by process {pid}."
        return f"{held} If that is still starting, try again in a moment; else stop it, or name another with --data."
