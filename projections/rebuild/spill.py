"""The log's rows set apart in files: each holds what belongs together, in order, small enough to fold at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

BUFFERED = 16_000_000
"""Bytes before files are written to: each time some hundred of them are opened."""
LENGTH = 4


class Spill:
    """Some of the log by portions; `part` is its place among the parts that others set apart at the same time."""

    def __init__(self, folder: Path, portions: int, part: int) -> None:
        self._folder, self._portions, self._part = folder, portions, part
        self._waiting: list[list[bytes]] = [[] for _ in range(portions)]
        self._bytes = 0
        self.rows = 0

    def take(self, rows: Iterable[tuple[int, bytes]]) -> None:
        waiting, portions = self._waiting, self._portions
        count = size = 0
        for belongs_to, row in rows:
            waiting[belongs_to % portions].append(row)
            count += 1
            size += len(row)
        self.rows += count
        self._bytes += size
        if self._bytes > BUFFERED:
            self.flush()

    def flush(self) -> None:
        for portion, rows in enumerate(self._waiting):
            if rows:
                block = b"".join(rows)
                with _path(self._folder, portion, self._part).open("ab") as file:
                    file.write(len(block).to_bytes(LENGTH, "big") + block)
                rows.clear()
        self._bytes = 0


def blocks(folder: Path, portion: int, parts: int) -> Iterator[bytes]:
    """What was set apart of a portion, part after part; what has been read is removed."""
    for part in range(parts):
        path = _path(folder, portion, part)
        if path.exists():
            with path.open("rb") as file:
                while length := file.read(LENGTH):
                    yield file.read(int.from_bytes(length, "big"))
            path.unlink()


def _path(folder: Path, portion: int, part: int) -> Path:
    return folder / f"{portion:04}-{part:02}"
