"""Rows of the log as leaves, in the order of their positions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from events.bulk import COLUMNS
from events.tree.leaf import Leaf, rows

BETWEEN = f"SELECT {COLUMNS} FROM public.event_log WHERE position > $1 AND position <= $2 ORDER BY position"
CHOSEN = f"SELECT {COLUMNS} FROM public.event_log WHERE position = ANY ($1::bigint[]) ORDER BY position"

START, END = -(2**63), 2**63 - 1
"""Before and after every position that could be written into the table, also by somebody who should not."""


async def between(connection: Any, after: int, until: int) -> list[Leaf]:
    """What stands past `after`, up to `until`."""
    return await _copied(connection, BETWEEN, after, until)


async def chosen(connection: Any, positions: Iterable[int]) -> list[Leaf]:
    return await _copied(connection, CHOSEN, list(positions))


async def _copied(connection: Any, query: str, *values: object) -> list[Leaf]:
    parts: list[bytes] = []

    async def keep(part: bytes) -> None:
        parts.append(part)

    await connection.copy_from_query(query, *values, output=keep, format="binary", timeout=60)
    return list(rows(b"".join(parts)))
