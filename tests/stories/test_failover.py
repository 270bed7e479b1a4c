"""Several processes on one PostgreSQL and NATS: who dies is replaced in time; roles may be spread as one likes."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import asyncpg
import httpx

from cli.clock import SystemClock
from cli.embedded.nats import Nats
from cli.store import open_store
from events.locks import key_of
from projections.all import view
from sink import SmtpSink
from suppliers.attestation_rules import attestation_rules
from suppliers.commands import handlers
from suppliers.policy import policy
from suppliers.questionnaires.library import library
from tests.stories.browser import Browser
from tests.stories.house import eventually, shown
from tests.stories.lives import free_port
from tests.stories.mailing import INVITATION, address, opened, send_all
from tests.stories.mails import mailed, sign_in
from tests.stories.served import SINGLETONS, Served, command, serving, settings

IN_TIME = 10.0
HOLDERS = """
SELECT (classid::bigint << 32) | objid::bigint AS key, pid FROM pg_locks
 WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


async def test_singletons_fail_over_in_time_and_every_web_process_answers(
    database: str, own_nats: Nats, smtp_sink: SmtpSink, pool: asyncpg.Pool, tmp_path: Path
) -> None:
    told = settings(database=database, nats=own_nats.url, smtp=smtp_sink.url, base_url="http://127.0.0.1:8000")
    async with serving(tmp_path, told, "all", port=free_port()) as first:
        await first.ready()
        holders = await eventually(lambda: held(pool), everything, "all held")
        async with serving(tmp_path, told, "all", port=free_port()) as second:
            await second.ready()
            await both_answer(first, second)
            assert await held(pool) == holders, "the second waits for its turn"
            await first.kill()
            died = time.monotonic()
            assessments = await invite(database, 1)
            await eventually(lambda: held(pool), lambda now: everything(now) and disjoint(now, holders), "taken over")
            await mailed(smtp_sink, address(0), INVITATION, within=IN_TIME)
            await eventually(lambda: viewed(pool), lambda count: count == len(assessments), "in the views", IN_TIME)
            took = time.monotonic() - died
    print(f"all taken over, mailed and shown after {took:.1f} s")
    assert took < IN_TIME


async def test_pages_in_one_process_and_everything_else_in_another(
    database: str, own_nats: Nats, smtp_sink: SmtpSink, pool: asyncpg.Pool, tmp_path: Path
) -> None:
    port = free_port()
    told = settings(database=database, nats=own_nats.url, smtp=smtp_sink.url, base_url=f"http://127.0.0.1:{port}")
    async with (
        serving(tmp_path, told, "web", port=port) as web,
        serving(tmp_path, told, "projector", "relay", "workers", "timekeeper", port=free_port()) as rest,
    ):
        await command(tmp_path, told, "admin", "add", "ada@meridian.example", "--name", "Ada Admin")
        await asyncio.gather(web.ready(), rest.ready())
        assert set((await health(web))["roles"]) == {"web"}
        assert {"health", "workers", *SINGLETONS} <= set((await health(rest))["roles"])
        assert (await status(rest, "/sign-in")) == 404
        await eventually(lambda: people(pool), lambda count: count == 1, "a person in the view")
        async with Browser(web.address) as ada:
            await sign_in(ada, smtp_sink, "ada@meridian.example")
            await invite(database, 1)
            await mailed(smtp_sink, address(0), INVITATION)
            await shown(ada, "/suppliers", "Supplier 0")


async def invite(database: str, count: int) -> list[object]:
    """Accepted by the office of a third process: this one."""
    table = handlers(policy(), library(), attestation_rules())
    async with open_store(database, handlers=table, clock=SystemClock(), name="test") as store:
        assessments = await opened(store, count)
        await send_all(store, assessments)
    return list(assessments)


async def held(pool: asyncpg.Pool) -> dict[str, int]:
    """Who holds which singleton, by the number of its connection's process in the server."""
    found = {row["key"]: row["pid"] for row in await pool.fetch(HOLDERS)}
    return {name: found[key_of(name)] for name in SINGLETONS if key_of(name) in found}


def everything(holders: dict[str, int]) -> bool:
    return set(holders) == set(SINGLETONS)


def disjoint(now: dict[str, int], before: dict[str, int]) -> bool:
    return not set(now.values()) & set(before.values())


async def viewed(pool: asyncpg.Pool) -> int:
    return int(await pool.fetchval(f"SELECT count(*) FROM {view('assessments').table} WHERE row->>'state' = 'sent'"))


async def people(pool: asyncpg.Pool) -> int:
    return int(await pool.fetchval(f"SELECT count(*) FROM {view('people').table}"))


async def both_answer(*served: Served) -> None:
    for each in served:
        assert await status(each, "/sign-in") == 200
        assert (await health(each))["ready"]


async def status(served: Served, path: str) -> int:
    async with httpx.AsyncClient(base_url=served.address, timeout=30) as client:
        return (await client.get(path)).status_code


async def health(served: Served) -> dict[str, object]:
    async with httpx.AsyncClient(base_url=served.address, timeout=30) as client:
        found: dict[str, object] = (await client.get("/health/ready")).json()
    return found
