"""The whole log as a rebuild reads it: raw rows first, set apart by what belongs together; decoded when folded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Protocol

from suppliers.ports import Recorded

if TYPE_CHECKING:
    from projections.storage import Pool

Taken = Callable[[Iterable[tuple[int, bytes]]], None]
"""Told of some rows at a time: a number that is the same for all that belongs together, and the row."""


class Log(Protocol):
    """Rows that touch the same row of any view have the same number."""

    @property
    def pool(self) -> Pool: ...

    async def rows(self, after: int, until: int, topics: Sequence[str], taken: Taken) -> None:
        """All rows of these topics past one position up to another, in order."""

    async def decoded(self, rows: bytes) -> Sequence[Recorded]:
        """Rows one after the other; an error has the `position` and `topic` of the event that cannot be read."""


Source = Callable[[], AbstractAsyncContextManager[Log]]
"""Opens the log in any process: it can be pickled."""
