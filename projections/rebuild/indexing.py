"""Tables to be filled at once, and then their indexes and statistics: of several at once, the largest first."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from projections.builds import PATIENCE
from projections.layout import Build, indexes_by_table
from projections.view import View

if TYPE_CHECKING:
    from projections.storage import Connection, Pool

AT_ONCE = min(4, os.cpu_count() or 1)
"""Connections: they are those that pages are read with."""
ROOM = """
SET LOCAL maintenance_work_mem TO '128MB'; SET LOCAL max_parallel_maintenance_workers TO 0;
SET LOCAL default_statistics_target TO 30; SET LOCAL synchronous_commit TO off"""
"""Helpers of PostgreSQL's own would only get in the way: every core has a table of its own. To count 9,000 rows takes a
third of the time of the usual 30,000, and what plans are made by comes out the same."""
ALONE = """
ALTER TABLE {} SET (autovacuum_enabled = off, toast.autovacuum_enabled = off), ALTER COLUMN row SET STATISTICS 0"""
"""There is nothing to tidy up, and statistics of what is half filled are of no use; of whole rows they never are."""
AS_EVER = "ALTER TABLE {} RESET (autovacuum_enabled, toast.autovacuum_enabled)"
SIZES = "SELECT name, pg_table_size(name::regclass) AS size FROM unnest($1::text[]) AS name ORDER BY size DESC"


async def open_up(connection: Connection, view: View[Any], build: Build) -> None:
    """Before they are filled."""
    for table, _ in indexes_by_table(view, build):
        await connection.execute(ALONE.format(table))


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
                for statement in (AS_EVER.format(table), *wanted[table], f"ANALYZE {table}"):
                    await connection.execute(statement, timeout=PATIENCE)
