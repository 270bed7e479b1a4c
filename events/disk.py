"""Appends need not wait for the disk while others wait for them; whoever is told of them waits for it first."""

from __future__ import annotations

from typing import Any

FLUSH = "SELECT pg_catalog.pg_logical_emit_message(true, 'tierce', '')"
"""A transaction that changes nothing and waits for the disk, or for whatever the server's commits wait for. The disk
takes commits in their order, so it then has all that were seen before. (One that wrote nothing would not wait.)"""


class Disk:
    """How far the log is known to be on disk. What is there once is there for ever, so this never has to be undone."""

    __slots__ = ("until",)

    def __init__(self) -> None:
        self.until = 0

    def has(self, position: int) -> None:
        """It is known to have everything up to this position."""
        if position > self.until:
            self.until = position

    async def reach(self, connection: Any, position: int) -> None:
        """Wait until it has this position, which was just read or committed on this very connection.

        On another one a crash could lie between: then the flush would be of a log that lost it. A crash ends them all.
        """
        if position > self.until:
            await connection.fetchval(FLUSH)
            self.has(position)
