"""An instance with a portfolio, its views caught up, and somebody signed in."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from random import Random

from pydantic import SecretStr
from starlette.types import ASGIApp

from benchmarks.pages.requests import HOST
from benchmarks.portfolio.filling import fill, portfolio
from benchmarks.portfolio.office import NOW, RISK
from benchmarks.server import database, pool_on, settled
from benchmarks.stores import Noon
from cli.compose import Instance, compose
from cli.embedded.postgres import Postgres
from cli.pages import pages_of
from cli.pool import Pool
from cli.settings import Settings
from cli.whole_log import whole_log
from projections import storage
from projections.all import VIEWS
from projections.rebuild import rebuild_all
from projections.register import VIEW as REGISTER
from web.api import tokens
from web.security.sessions import STAFF

TOKENS = 10
LETTERS = """
INSERT INTO letters (key, letter, recipient, subject, state, attempts, created_at, sent_at)
SELECT 'letter ' || n, 'questionnaire_invitation', 'somebody' || n || '@vendor.example', 'Our questions to you',
       CASE WHEN n % 500 = 0 THEN 'refused' WHEN n % 3000 = 1 THEN 'unknown' ELSE 'done' END, 1, at, at
  FROM generate_series(1, $1::integer) AS n CROSS JOIN LATERAL (
       SELECT $2::timestamptz - n * interval '1 minute' AS at) AS mailed
"""
MAILED = 3
"""Letters for each supplier."""
SUPPLIERS = f"SELECT key, name, sort_name FROM {REGISTER.table} ORDER BY sort_name, key"


@dataclass(frozen=True, kw_only=True)
class Filled:
    """An instance as the benchmark uses it: its application, and what may be asked for."""

    app: ASGIApp
    pool: Pool
    cookie: str
    tokens: Iterator[str]
    """Of the API, in turns: each may ask only so often, and here the time stands still."""
    suppliers: list[tuple[str, str, str]]
    """Key, name and place in the list, in the order of names."""
    events: int
    appended: float
    projected: float
    """Events a second while it was filled."""
    random: Random


@asynccontextmanager
async def filled(postgres: Postgres, suppliers: int) -> AsyncIterator[Filled]:
    async with _prepared(postgres) as dsn, compose(_settings(dsn), clock=Noon(), name="benchmark") as instance:
        events, appended, projected = await _fill(instance, suppliers)
        store = instance.store
        session = await STAFF.open(store.pool, RISK.id, at=NOW)
        await settled(store.pool)
        rows = await store.pool.fetch(SUPPLIERS)
        yield Filled(
            app=pages_of(instance),
            pool=store.pool,
            cookie=f"__Host-tierce={session.token}",
            tokens=cycle([await tokens.create(store.pool, f"{n}", ["reader"], at=NOW) for n in range(TOKENS)]),
            suppliers=[(row["key"], row["name"], row["sort_name"]) for row in rows],
            events=events,
            appended=appended,
            projected=projected,
            random=Random(7),
        )


@asynccontextmanager
async def _prepared(postgres: Postgres) -> AsyncIterator[str]:
    """A database with empty views, as an instance has them before its first event."""
    async with database(postgres) as dsn, pool_on(dsn, connections=1) as pool, pool.acquire() as connection:
        await storage.prepare(connection, VIEWS)
        yield dsn


async def _fill(instance: Instance, suppliers: int) -> tuple[int, float, float]:
    store = instance.store
    await store.pool.execute(LETTERS, MAILED * suppliers, NOW, timeout=60)
    begun = time.perf_counter()
    events = await fill(store.recorder, store.mapper, await portfolio(suppliers))
    between = time.perf_counter()
    await rebuild_all(VIEWS, store.feed, store.pool, source=whole_log(store.dsn))
    ended = time.perf_counter()
    return events, events / (between - begun), events / (ended - between)


def _settings(dsn: str) -> Settings:
    """Nobody listens at these addresses: pages that are only read need neither mail nor NATS."""
    return Settings(
        database_url=dsn,
        nats_url="nats://127.0.0.1:9",
        smtp_url="smtp://127.0.0.1:9",
        secret_key=SecretStr("benchmark " * 4),
        base_url=f"https://{HOST}",
        sender="Benchmark <benchmark@tierce.example>",
    )
