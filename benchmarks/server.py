"""A PostgreSQL of one's own that keeps its word: every commit it acknowledges is on disk."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path

import asyncpg

from cli.embedded.postgres import Postgres
from cli.pool import Pool, open_pool
from migrations import migrate

DURABLE = ["fsync=on", "synchronous_commit=on", "full_page_writes=on", "max_wal_size=4GB"]
_numbers = count(1)


@contextmanager
def server() -> Iterator[Postgres]:
    """Gone with its folder when the block ends. Enter it outside of an event loop's thread pool (see Child)."""
    with tempfile.TemporaryDirectory(prefix="tierce-bench-", ignore_cleanup_errors=True) as folder:
        postgres = Postgres(Path(folder) / "postgres", settings=DURABLE)
        postgres.start()
        try:
            postgres.wait()
            yield postgres
        finally:
            postgres.stop(patience=5.0)


@asynccontextmanager
async def database(postgres: Postgres) -> AsyncIterator[str]:
    """The DSN of a fresh, migrated database."""
    name = f"bench_{next(_numbers)}"
    await _execute(postgres.dsn(), f"CREATE DATABASE {name}")
    try:
        await migrate(postgres.dsn(name))
        yield postgres.dsn(name)
    finally:
        await _execute(postgres.dsn(), f"DROP DATABASE {name} WITH (FORCE)")


@asynccontextmanager
async def pool_on(dsn: str, connections: int = 40) -> AsyncIterator[Pool]:
    pool = await open_pool(dsn, connections=connections, name="benchmark")
    try:
        yield pool
    finally:
        pool.terminate()


async def settled(pool: Pool) -> None:
    """Statistics and disk as they are after a while, so that what comes first does not pay for what was before."""
    await pool.execute("VACUUM ANALYZE", timeout=120)
    await pool.execute("CHECKPOINT", timeout=120)


async def version_of(postgres: Postgres) -> str:
    connection = await asyncpg.connect(postgres.dsn())
    try:
        return str(await connection.fetchval("SHOW server_version"))
    finally:
        await connection.close()


async def _execute(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        await connection.execute(statement, timeout=60)
    finally:
        await connection.close()
