"""A connection that dies around an append: nothing is lost, nothing is recorded twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from types import SimpleNamespace
from uuid import uuid4

import asyncpg
import pytest

from clock import MovableClock
from events.group_commit import GroupCommit
from events.keys import Keyring
from events.mapper import Mapper
from events.office import Office
from events.recorder import PostgresRecorder
from events.repository import Repository
from events.stored import Draft, OutcomeUnknown
from tests.events.boats import HANDLERS, Launch
from tests.events.proxy import Proxy

ACTOR = SimpleNamespace(id=uuid4())


@pytest.fixture
async def proxy(database: str) -> AsyncIterator[Proxy]:
    async with Proxy(database) as proxy:
        yield proxy


@pytest.fixture
async def distant(proxy: Proxy) -> AsyncIterator[asyncpg.Pool]:
    pool = await asyncpg.create_pool(proxy.dsn, min_size=1, max_size=4, timeout=2, command_timeout=1)
    yield pool
    pool.terminate()


async def test_an_answer_that_was_cut_off_is_an_unknown_outcome(proxy: Proxy, distant: asyncpg.Pool) -> None:
    recorder = PostgresRecorder(distant)
    await recorder.append([Draft(uuid4(), 1, "t", b"{}")])
    proxy.cut_next_answer = True
    with pytest.raises(OutcomeUnknown):
        await recorder.append([Draft(uuid4(), 1, "t", b"{}")])
    assert await recorder.head() == 2


async def test_a_server_that_falls_silent_is_an_unknown_outcome(proxy: Proxy, distant: asyncpg.Pool) -> None:
    recorder = PostgresRecorder(distant)
    await recorder.append([Draft(uuid4(), 1, "t", b"{}")])
    proxy.freeze()
    with pytest.raises(OutcomeUnknown):
        await recorder.append([Draft(uuid4(), 1, "t", b"{}")])


@pytest.mark.parametrize("grouped", [False, True])
async def test_the_office_records_once_when_the_answer_was_cut_off(
    proxy: Proxy, distant: asyncpg.Pool, pool: asyncpg.Pool, *, grouped: bool
) -> None:
    recorder = PostgresRecorder(distant)
    appender = GroupCommit(recorder) if grouped else recorder
    repository = Repository(recorder, Mapper(Keyring(distant)), appender)
    office = Office(repository, HANDLERS, MovableClock(), RuntimeError, LookupError, pause=0.01)
    await office.issue(Launch(boat=uuid4()), actor=ACTOR)
    proxy.cut_next_answer = True
    receipt = await office.issue(Launch(boat=uuid4()), actor=ACTOR)
    assert receipt.position == await PostgresRecorder(pool).head() == 2
    if isinstance(appender, GroupCommit):
        await appender.close()


async def test_a_group_commit_survives_its_backend_being_terminated(pool: asyncpg.Pool) -> None:
    recorder = PostgresRecorder(pool)
    commit = GroupCommit(recorder)
    await commit.append([Draft(uuid4(), 1, "t", b"{}")])
    await pool.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    command = uuid4()
    draft = Draft(uuid4(), 1, "t", b"{}")
    for _ in range(3):
        try:
            await commit.append([draft], command_id=command)
            break
        except OutcomeUnknown:
            continue
    assert await recorder.head() == 2
    await commit.close()
