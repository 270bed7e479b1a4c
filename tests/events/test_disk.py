"""Whoever is told of an event, or acts on one, does so when it is on disk; commits need not wait for that."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

import events.transaction
from cli.embedded.postgres import Postgres
from cli.pool import open_pool
from events.archive import Archive
from events.disk import Disk
from events.feed import Feed
from events.group_commit import GroupCommit
from events.keys import MemoryKeyring
from events.listener import Listener
from events.mapper import Mapper
from events.recorder import PostgresRecorder
from events.shared_flush import SharedFlush
from events.snapshots import PostgresSnapshots
from events.stored import Append, Draft, OutcomeUnknown, Overtaken
from events.tree.sealer import Sealer
from migrations import migrate
from tests.events.boats import Boat
from tests.events.crashing import (
    EVERYBODY,
    LONG,
    LOST,
    TAKEN_BACK,
    Crashing,
    abandoned,
    ahead_of_the_disk,
    beside_other_work,
    draft,
    kill,
)
from tests.events.proxy import Proxy

WRITTEN = "SELECT pg_current_wal_insert_lsn() - '0/0'"
ON_DISK = "SELECT pg_current_wal_flush_lsn() - '0/0'"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """Commits wait for the disk here (or for the system's cache, which survives all that is done to it)."""
    server = Postgres(tmp_path_factory.mktemp("crashing"), durable=False, settings=LONG)
    server.start()
    server.wait()
    yield server
    server.stop()


@pytest.fixture
async def dsn(server: Postgres) -> str:
    await migrate(server.dsn())
    return server.dsn()


@pytest.fixture
async def pool(dsn: str) -> AsyncIterator[asyncpg.Pool]:
    async with open_pool(dsn, connections=6) as pool:
        yield pool
        pool.terminate()


async def test_a_crash_takes_back_nothing_that_was_told_or_handed_out(server: Postgres, dsn: str) -> None:
    crashing = Crashing(server, dsn)
    for seconds in (0.15, 0.3):
        await crashing.crash(EVERYBODY, seconds)
    assert await crashing.verdict() == []
    assert len(crashing.told) > 20
    assert len(crashing.handed_out) > 20


async def test_what_is_announced_as_on_disk_is_not_waited_for_again(pool: asyncpg.Pool, dsn: str) -> None:
    """By one process, of what another one appended; not so what may still be on its way to the disk."""
    here, there, listener = PostgresRecorder(pool), PostgresRecorder(pool), Listener(dsn)
    feed = Feed(listener, here, Mapper(MemoryKeyring()))
    await listener.start()
    (position,) = await there.append([draft()])
    await asyncio.wait_for(feed.wait(position - 1, 10), 2)
    assert here.disk.until == position
    async with there.transaction() as transaction:
        await transaction.append([draft()])
    await asyncio.wait_for(feed.wait(position, 10), 2)
    assert here.disk.until == position
    await listener.close()


async def test_the_same_crash_sees_an_answer_before_the_flush(
    server: Postgres, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events.transaction, "END_ON_DISK", "COMMIT")
    crashing = Crashing(server, dsn)
    await crashing.crash([beside_other_work], 0.15, followed=False)
    assert LOST in await crashing.verdict()


async def test_the_same_crash_sees_answers_before_the_flush_they_share(
    server: Postgres, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SharedFlush, "reach", at_once)
    monkeypatch.setattr(events.transaction, "END_ON_DISK", "COMMIT")
    crashing = Crashing(server, dsn)
    await crashing.crash([beside_other_work] * 6, 0.15, followed=False)
    assert LOST in await crashing.verdict()


async def at_once(*_: object) -> None:
    """Without waiting for the disk."""


async def test_the_same_crash_sees_what_was_handed_out_before_the_flush(
    server: Postgres, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Disk, "reach", at_once)
    crashing = Crashing(server, dsn)
    await crashing.crash([abandoned], 0.15)
    assert TAKEN_BACK in await crashing.verdict()


Ask = Callable[[PostgresRecorder, asyncpg.Pool, Append], Awaitable[Any]]


async def ask_by_position(recorder: PostgresRecorder, pool: asyncpg.Pool, append: Append) -> Any:
    head = await pool.fetchval("SELECT max(position) FROM event_log")
    return (await Archive(pool, Mapper(MemoryKeyring())).legible([head]))[0]


async def send_again(recorder: PostgresRecorder, pool: asyncpg.Pool, append: Append) -> Any:
    return await recorder.append(append.drafts, command_id=append.command_id)


async def send_again_in_a_group(recorder: PostgresRecorder, pool: asyncpg.Pool, append: Append) -> Any:
    group = GroupCommit(recorder)
    positions = await group.append(append.drafts, command_id=append.command_id)
    await group.close()
    return positions


async def send_again_in_a_transaction(recorder: PostgresRecorder, pool: asyncpg.Pool, append: Append) -> Any:
    async with pool.acquire() as connection, connection.transaction():
        return await recorder.append_on(connection, append.drafts, command_id=append.command_id)


async def send_again_beside_other_work(recorder: PostgresRecorder, pool: asyncpg.Pool, append: Append) -> Any:
    async with recorder.transaction() as transaction:
        return await transaction.append(append.drafts, command_id=append.command_id)


@pytest.mark.parametrize(
    "ask",
    [
        lambda recorder, pool, append: recorder.find_command(append.command_id),
        lambda recorder, pool, append: recorder.select_stream(append.drafts[0].originator_id),
        lambda recorder, pool, append: recorder.select_feed(0, 1_000_000),
        lambda recorder, pool, append: recorder.head(),
        lambda recorder, pool, append: PostgresSnapshots(pool).select(append.drafts[0].originator_id),
        lambda recorder, pool, append: Sealer(pool, batch=1_000_000).seal(),
        lambda recorder, pool, append: Archive(pool, Mapper(MemoryKeyring())).head(),
        lambda recorder, pool, append: Archive(pool, Mapper(MemoryKeyring())).last_before(
            datetime(2999, 1, 1, tzinfo=UTC)
        ),
        ask_by_position,
        send_again,
        send_again_in_a_group,
        send_again_in_a_transaction,
        send_again_beside_other_work,
    ],
    ids="find_command select_stream select_feed head snapshots sealer archive_head archive_when archive "
    "append group append_on transaction".split(),
)
async def test_whoever_hears_of_an_event_hears_of_it_when_it_is_on_disk(dsn: str, pool: asyncpg.Pool, ask: Ask) -> None:
    recorder = PostgresRecorder(pool)
    await recorder.append([draft()])
    boat = Boat.launch()
    [launched] = await Mapper(MemoryKeyring()).drafts(boat.pending_events)
    append = Append([launched], command_id=uuid4())
    await ahead_of_the_disk(pool, append)
    written = await pool.fetchval(WRITTEN)
    assert await pool.fetchval(ON_DISK) < written, "somebody flushed it: this test sees nothing"
    assert await ask(recorder, pool, append)
    assert await pool.fetchval(ON_DISK) >= written


async def test_what_is_known_to_be_on_disk_is_not_asked_for_again(pool: asyncpg.Pool) -> None:
    recorder = PostgresRecorder(pool)
    await recorder.append([draft()])
    written = await pool.fetchval(WRITTEN)
    await recorder.select_feed(0, 1_000_000)
    assert await pool.fetchval(WRITTEN) == written


async def test_other_work_is_on_disk_also_when_the_append_was_refused(pool: asyncpg.Pool) -> None:
    recorder = PostgresRecorder(pool)
    boat = draft()
    await recorder.append([boat])
    async with recorder.transaction() as transaction:
        await transaction.connection.execute("INSERT INTO checkpoints VALUES ($1, 1)", str(uuid4()))
        with pytest.raises(Overtaken):
            await transaction.append([boat])
    assert await pool.fetchval(ON_DISK) >= await pool.fetchval(WRITTEN)


async def test_an_error_in_a_transaction_takes_its_append_along(pool: asyncpg.Pool) -> None:
    recorder = PostgresRecorder(pool)
    before, command = await recorder.head(), uuid4()
    with pytest.raises(ZeroDivisionError):
        async with recorder.transaction() as transaction:
            await transaction.append([draft()], command_id=command)
            raise ZeroDivisionError
    assert await recorder.head() == before
    assert list(await recorder.append([draft()])) == [before + 1]


async def test_many_transactions_go_on_at_once_and_each_gets_positions_of_its_own(pool: asyncpg.Pool) -> None:
    recorder = PostgresRecorder(pool)
    before = await recorder.head()

    async def one(stream: UUID) -> int:
        async with recorder.transaction() as transaction:
            await transaction.connection.execute("INSERT INTO checkpoints VALUES ($1, 1)", str(stream))
            positions = [*await transaction.append([Draft(stream, 1, "t", b"{}")])]
            positions += await transaction.append([Draft(stream, 2, "t", b"{}")])
        return sum(positions)

    found = await asyncio.gather(*(one(uuid4()) for _ in range(12)))
    assert sum(found) == sum(range(before + 1, before + 25))


async def test_a_connection_lost_before_the_flush_leaves_the_outcome_unknown(dsn: str, pool: asyncpg.Pool) -> None:
    async with Proxy(dsn) as proxy, open_pool(proxy.dsn, connections=2) as distant:
        recorder = PostgresRecorder(distant)
        command = uuid4()
        with pytest.raises(OutcomeUnknown):
            async with recorder.transaction() as transaction:
                positions = await transaction.append([draft()], command_id=command)
                proxy.cut_next_answer = True  # that to the commit
        assert await PostgresRecorder(pool).find_command(command) == positions
        distant.terminate()


async def test_a_flush_on_a_connection_that_is_younger_than_the_commit_is_not_trusted(
    server: Postgres, pool: asyncpg.Pool
) -> None:
    recorder, over = PostgresRecorder(pool), asyncio.Event()
    early, late = uuid4(), uuid4()

    async def coming() -> None:
        """Whom the others wait for, also when the server is gone."""
        with suppress(OutcomeUnknown):
            async with recorder.transaction() as transaction:
                with suppress(asyncpg.PostgresConnectionError):
                    await transaction.append([draft()])
                await over.wait()

    async def committing() -> None:
        async with recorder.transaction() as transaction:
            await transaction.append([draft()], command_id=early)
            others.extend(asyncio.create_task(coming()) for _ in range(2))
            await asyncio.sleep(0.1)

    others: list[asyncio.Task[None]] = []
    waiting = asyncio.create_task(committing())
    async with asyncio.timeout(5):
        while not await pool.fetchval("SELECT 1 FROM event_log WHERE command_id = $1", early):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    kill(server)
    server.start()
    await asyncio.to_thread(server.wait)
    async with asyncio.timeout(5):
        async with recorder.transaction() as transaction:
            await transaction.append([draft()], command_id=late)
        with pytest.raises(OutcomeUnknown):
            await waiting
    over.set()
    await asyncio.gather(*others)
    assert not await recorder.find_command(early), "the crash took it back"
    assert await recorder.find_command(late)


async def test_those_who_come_and_fail_again_and_again_keep_nobody_waiting(pool: asyncpg.Pool) -> None:
    flush = SharedFlush()
    committed, *others = (flush.begun() for _ in range(3))
    for place in (committed, *others):
        flush.coming(place)
    async with pool.acquire() as connection:
        waiting = asyncio.create_task(flush.reach(connection, committed))
        await asyncio.sleep(0.02)
        assert not waiting.done(), "the others may have its flush serve them"
        for _ in others:
            flush.coming(failing := flush.begun())
            flush.ended(failing)
        async with asyncio.timeout(5):
            await waiting


async def test_who_goes_away_meanwhile_leaves_nobody_waiting(pool: asyncpg.Pool) -> None:
    recorder = PostgresRecorder(pool)

    async def one() -> None:
        async with recorder.transaction() as transaction:
            await transaction.append([draft()])

    for pause in range(30):
        working = [asyncio.create_task(one()) for _ in range(5)]
        await asyncio.sleep(pause * 0.0002)
        going = working.pop(pause % 5)
        going.cancel()
        async with asyncio.timeout(5):
            await asyncio.gather(*working)
            await asyncio.wait([going])


@pytest.mark.parametrize("others", [0, 1], ids=["alone", "beside_another"])
async def test_a_transaction_that_failed_is_not_told_as_recorded_by_those_who_went_on(
    pool: asyncpg.Pool, others: int
) -> None:
    recorder = PostgresRecorder(pool)
    before = await recorder.head()
    waiting: list[asyncio.Task[None]] = []

    async def coming() -> None:
        async with recorder.transaction() as transaction:
            await transaction.append([draft()])

    with pytest.raises(asyncpg.InFailedSQLTransactionError):
        async with recorder.transaction() as transaction:
            await transaction.append([draft()])
            waiting += [asyncio.create_task(coming()) for _ in range(others)]
            await asyncio.sleep(0.05 * others)
            with suppress(asyncpg.PostgresError):
                await transaction.connection.execute("SELECT 1 / 0")
    async with asyncio.timeout(5):
        await asyncio.gather(*waiting)
    assert await recorder.head() == before + others
