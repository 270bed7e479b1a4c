"""A folder for what is set apart: gone with the rebuild it is for or, if that was killed, when the next one begins."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "tierce-rebuild-"
HELD = "held"
"""Locked by whoever works here; the system lets go of it when that process is no more."""
DAY = 86_400.0
"""Seconds after which a folder nobody ever locked is left behind: others are just being made."""


@contextmanager
def folder() -> Iterator[Path]:
    made = tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)
    with made as name, (Path(name) / HELD).open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield Path(name)


def tidy() -> None:
    """What killed rebuilds left behind: as much as the log is long."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if not _in_use(left):
            shutil.rmtree(left, ignore_errors=True)


def _in_use(left: Path) -> bool:
    try:
        with (left / HELD).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return False
    except FileNotFoundError:
        return left.exists() and time.time() - left.stat().st_mtime < DAY
    except OSError:  # somebody holds it, or it is somebody else's
        return True
