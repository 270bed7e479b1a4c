"""A portfolio's log, and the views of it in a database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from projections.all import VIEWS
from projections.projector import Projector
from tests.projections import portfolio
from tests.projections.log import Log, LogFeed


@pytest.fixture(scope="session")
def told() -> Log:
    """What happened to three suppliers in a year. Nobody adds to it."""
    return portfolio.told()


@pytest.fixture
def log() -> Log:
    """An empty log to write in."""
    return Log()


@pytest.fixture
async def shelf(pool: asyncpg.Pool, told: Log) -> AsyncIterator[asyncpg.Pool]:
    """A database with all views of the portfolio."""
    async with shelved(pool, told):
        yield pool


@asynccontextmanager
async def shelved(pool: asyncpg.Pool, log: Log) -> AsyncIterator[Projector]:
    await outlined(pool, log)
    projector = Projector(LogFeed(log.facts), pool, VIEWS)
    await projector.catch_up()
    assert [status.error for status in projector.status] == [""] * len(VIEWS)
    yield projector


async def outlined(pool: asyncpg.Pool, log: Log) -> None:
    """The log in the database as far as queries look at it: not what the facts say."""
    rows = [
        (f.position, f.event.originator_id, f.event.originator_version, f.topic, b"{}", f.recorded_at, f.actor)
        for f in log.facts
    ]
    columns = ("position", "originator_id", "originator_version", "topic", "state", "recorded_at", "actor")
    await pool.copy_records_to_table("event_log", records=rows, columns=columns)
