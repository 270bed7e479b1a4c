"""What a sample cost is counted whole, whoever came and went meanwhile."""

from __future__ import annotations

import asyncio

import asyncpg
import psutil

from benchmarks.costs import Costs
from cli.embedded.postgres import Postgres

WORK = "SELECT count(*) FROM generate_series(1, 1000000)"


async def test_what_a_process_took_is_not_given_back_when_it_ends(postgres: Postgres) -> None:
    connection = await asyncpg.connect(postgres.dsn())
    backend = psutil.Process(await connection.fetchval("SELECT pg_backend_pid()"))
    await connection.fetch(WORK)
    costs = Costs(postgres)

    async def nothing() -> float:
        return 1.0

    async def ending() -> float:
        await connection.close()
        while backend.is_running():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        return 1.0

    for sample in (nothing, ending):  # the first round does not count
        await costs.noted("a title", "a label", sample)()
    (table,) = costs.tables("a label")
    assert table.measures[0].samples[0] >= 0
