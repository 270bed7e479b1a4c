"""Indexes and statistics of builds that are filled: of several tables at once, the largest first."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from projections.builds import PATIENCE
from projections.layout import Build, indexes_by_table
from projections.view import View

if TYPE_CHECKING:
    from projections.storage import Pool

AT_ONCE = os.cpu_count() or 1
ROOM = "SET LOCAL maintenance_work_mem TO '128MB'; SET LOCAL synchronous_commit TO off"
SIZES = "SELECT name, pg_table_size(name::regclass) AS size FROM unnest($1::text[]) AS name ORDER BY size DESC"


async def index(pool: Pool, made: Iterable[tuple[View[Any], Build]]) -> None:
    """All of them, or an error."""
    wanted = dict(each for view, build in made for each in indexes_by_table(view, build))
    if wanted:
        tables = iter([row["name"] for row in await pool.fetch(SIZES, list(wanted))])
        hands = min(AT_ONCE, len(wanted), max(1, pool.get_max_size() - 1))
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(hands):
                    group.create_task(_work(pool, tables, wanted))
        except BaseExceptionGroup as failed:
            raise failed.exceptions[0] from None


async def _work(pool: Pool, tables: Iterator[str], wanted: Mapping[str, Sequence[str]]) -> None:
    async with pool.acquire() as connection:
        for table in tables:  # whoever is free takes the next
            async with connection.transaction():
                await connection.execute(ROOM)
                for statement in (*wanted[table], f"ANALYZE {table}"):
                    await connection.execute(statement, timeout=PATIENCE)
