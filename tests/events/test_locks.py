"""One at a time under a name; a holder's lock goes with its holder."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import asyncpg
import pytest

import events.link
from events.locks import Holder, LockLost, Singleton, singleton
from tests.events.proxy import Proxy

KILL = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1
"""
KILL_HOLDER = """
SELECT pg_terminate_backend(pid) FROM pg_locks
 WHERE locktype = 'advisory' AND granted
   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
HOLDERS = """
SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks
 WHERE locktype = 'advisory' AND objsubid = 1
   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def quick(dsn: str, name: str = "projector") -> Singleton:
    return singleton(dsn, name, retry=0.02)


async def work(dsn: str, log: list[str], who: str, name: str = "projector") -> None:
    async with quick(dsn, name):
        log.append(who)
        await asyncio.sleep(60)


async def until(condition: Any) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def test_the_second_waits_until_the_first_leaves(database: str) -> None:
    async with quick(database):
        second = asyncio.create_task(quick(database).__aenter__())
        await asyncio.sleep(0.1)
        assert not second.done()
    await (await asyncio.wait_for(second, 5)).__aexit__(None, None, None)


async def test_different_names_do_not_wait_for_each_other(database: str) -> None:
    async with asyncio.timeout(5), quick(database, "projector"), quick(database, "relay"):
        pass


async def test_who_loses_the_connection_is_stopped_and_the_next_takes_over(database: str, pool: asyncpg.Pool) -> None:
    log: list[str] = []
    first = asyncio.create_task(work(database, log, "first"))
    await until(lambda: log == ["first"])
    second = asyncio.create_task(work(database, log, "second"))
    await asyncio.sleep(0.1)
    await pool.execute(KILL_HOLDER)
    await until(lambda: log == ["first", "second"])
    with pytest.raises(LockLost):
        await asyncio.wait_for(first, 5)
    second.cancel()


async def test_who_no_longer_hears_from_the_server_stops_by_itself(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events.link, "BEAT", 0.02)
    monkeypatch.setattr(events.link, "PATIENCE", 0.1)
    log: list[str] = []
    async with Proxy(database) as proxy:
        worker = asyncio.create_task(work(proxy.dsn, log, "first"))
        await until(lambda: log)
        proxy.freeze()
        with pytest.raises(LockLost):
            await asyncio.wait_for(worker, 5)


async def test_who_did_not_hear_that_the_lock_is_lost_is_told_again(database: str, pool: asyncpg.Pool) -> None:
    async def deaf() -> None:
        async with quick(database):
            with suppress(asyncio.CancelledError):
                heard.set()
                await asyncio.sleep(60)  # as asyncio.wait_for does in Python 3.11, when its result comes as well
            await asyncio.sleep(60)

    heard = asyncio.Event()
    working = asyncio.create_task(deaf())
    await heard.wait()
    await pool.execute(KILL_HOLDER)
    with pytest.raises(LockLost):
        await asyncio.wait_for(working, 5)
    assert not working.cancelling()


async def test_being_cancelled_from_outside_is_not_taken_for_a_lost_lock(database: str) -> None:
    log: list[str] = []
    worker = asyncio.create_task(work(database, log, "first"))
    await until(lambda: log)
    worker.cancel()
    with pytest.raises(asyncio.CancelledError):
        await worker


async def test_an_error_of_the_work_itself_comes_through_and_frees_the_lock(database: str) -> None:
    with pytest.raises(ZeroDivisionError):
        async with quick(database):
            raise ZeroDivisionError
    async with asyncio.timeout(5), quick(database):
        pass


async def test_a_holder_is_seen_by_others_as_long_as_it_lives(database: str, pool: asyncpg.Pool) -> None:
    holder = Holder(database, retry=0.02)
    await holder.start()
    number = holder.id
    assert number in {row[0] for row in await pool.fetch(HOLDERS)}
    await holder.close()
    async with asyncio.timeout(5):
        while number in {row[0] for row in await pool.fetch(HOLDERS)}:  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def test_a_holder_that_lost_its_connection_comes_back_as_itself(database: str, pool: asyncpg.Pool) -> None:
    holder = Holder(database, retry=0.05)
    await holder.start()
    await pool.execute(KILL, "tierce holder")
    await until(lambda: not holder.connected)
    assert holder.id not in {row[0] for row in await pool.fetch(HOLDERS)}
    assert await asyncio.wait_for(holder.held(), 5) in {row[0] for row in await pool.fetch(HOLDERS)}
    await holder.close()
