"""A folder in memory, where there is enough of it: what the servers of tests write is forgotten with them anyway."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

MEMORY, ENOUGH = Path("/dev/shm"), 2 << 30
"""Bytes that must be free: a container is often given no more than 64 MB of it."""
PREFIX = "tierce-tests-"


@contextmanager
def in_memory(*, otherwise: Path) -> Iterator[Path]:
    """Gone afterwards; `otherwise` where there is no such memory."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ENOUGH:
        yield otherwise
        return
    _clear_away()
    with TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-", dir=MEMORY, ignore_cleanup_errors=True) as made:
        yield Path(made)


def _clear_away() -> None:
    """What killed runs left behind."""
    for left in MEMORY.glob(f"{PREFIX}*"):
        if not psutil.pid_exists(int(left.name.removeprefix(PREFIX).split("-")[0])):
            shutil.rmtree(left, ignore_errors=True)
