"""NATS comes back with an older copy of its store, or with nothing: every letter reaches its address, and once."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest

from cli.embedded.nats import Nats
from clock import MovableClock
from sink import SmtpSink
from tests.oracle import discrepancies
from tests.stories.house import House, eventually, house
from tests.stories.mailing import INVITATION, address, opened, send_all
from tests.stories.mails import mailed

ROUNDS = 3


def rolled_back(store: Path, copy: Path) -> None:
    shutil.rmtree(store)
    shutil.copytree(copy, store)


def wiped(store: Path, copy: Path) -> None:
    shutil.rmtree(store)


@pytest.mark.parametrize("befalls", [rolled_back, wiped])
async def test_a_nats_store_that_is_not_what_it_was_loses_and_repeats_no_letter(
    database: str,
    own_nats: Nats,
    smtp_sink: SmtpSink,
    pool: asyncpg.Pool,
    tmp_path: Path,
    befalls: Callable[[Path, Path], None],
) -> None:
    clock = MovableClock(datetime.now(UTC))
    async with house(database, own_nats.url, smtp_sink, clock) as home:
        assessments = await opened(home.instance.store, 1 + 2 * ROUNDS)
        await send_all(home.instance.store, assessments[:1])
        await mailed(smtp_sink, address(0), INVITATION, within=60)
        _stopped(own_nats, lambda store: shutil.copytree(store, tmp_path / "copy"))
        for number in range(1, 2 * ROUNDS, 2):
            own_nats.start()
            own_nats.wait()
            await send_all(home.instance.store, assessments[number : number + 1])
            await mailed(smtp_sink, address(number), INVITATION, within=60)
            _stopped(own_nats, lambda store: befalls(store, tmp_path / "copy"))
            await send_all(home.instance.store, assessments[number + 1 : number + 2])  # while it is away
        own_nats.start()
        own_nats.wait()
        await asyncio.sleep(1)
        clock.move(timedelta(minutes=1))  # from now on the sweeper looks after what nobody followed up
        for number in range(len(assessments)):
            await mailed(smtp_sink, address(number), INVITATION, within=90)
        await _settled(home, len(assessments))
        assert [len(smtp_sink.to(address(number))) for number in range(len(assessments))] == [1] * len(assessments)
        assert await discrepancies(pool) == []


def _stopped(nats: Nats, then: Callable[[Path], object]) -> None:
    nats.stop()
    then(nats.folder / "store")


async def _settled(home: House, letters: int) -> None:
    """All on the record, and in the views."""
    feed, waiting = home.instance.store.feed, home.instance.waiting

    async def noted() -> int:
        return (await home.facts()).count("Assessment.QuestionnaireSent")

    await eventually(noted, lambda count: count >= letters, "every letter on the record", 90)
    await eventually(lambda: _undone(home), lambda count: count == 0, "every letter done", 90)
    names = [status.name for status in home.instance.projector.status]
    assert await waiting.wait(names, await feed.head(), 60)


async def _undone(home: House) -> int:
    return int(await home.instance.store.pool.fetchval("SELECT count(*) FROM letters WHERE state <> 'done'"))
