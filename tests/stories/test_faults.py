"""Servers that fail while work is under way: nothing that was accepted is lost, and nobody has to do anything."""

from __future__ import annotations

import asyncio
import json
import random
import shutil
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg

from cli.embedded.nats import Nats
from clock import MovableClock
from sink import SmtpSink
from tests.stories.campaign import ANSWERS, QUESTION, SECTION
from tests.stories.house import House, eventually, house
from tests.stories.mailing import INVITATION, address, opened, send_all
from tests.stories.mails import link_in, mailed, open_questions
from tests.stories.saving import Answering

SEED = 20260105
TERMINATE = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'story'
"""


async def test_mails_go_out_while_nats_is_gone_and_through_it_once_it_is_back_with_nothing(
    database: str, own_nats: Nats, smtp_sink: SmtpSink
) -> None:
    clock = MovableClock(datetime.now(UTC))
    async with house(database, own_nats.url, smtp_sink, clock) as home:
        first, second, third = await opened(home.instance.store, 3)
        await _mailed_about(home, first, 0)
        own_nats.stop()
        shutil.rmtree(own_nats.folder / "store")
        await send_all(home.instance.store, [second])
        clock.move(timedelta(minutes=1))
        await mailed(smtp_sink, address(1), INVITATION, within=60)
        own_nats.start()
        own_nats.wait()
        await _mailed_about(home, third, 2)
        assert smtp_sink.to(address(0))[1:] == smtp_sink.to(address(1))[1:] == []


async def _mailed_about(home: House, assessment: UUID, number: int) -> None:
    """The clock stands still: no fact gets old enough for the sweeper, it has to come through JetStream."""
    await send_all(home.instance.store, [assessment])
    await mailed(home.sink, address(number), INVITATION, within=60)


async def test_no_acknowledged_answer_is_lost_when_connections_to_the_database_are_cut(
    database: str, own_nats: Nats, smtp_sink: SmtpSink, pool: asyncpg.Pool
) -> None:
    chance = random.Random(SEED)
    async with house(database, own_nats.url, smtp_sink, MovableClock(datetime.now(UTC))) as home:
        (assessment,) = await opened(home.instance.store, 1)
        await _mailed_about(home, assessment, 0)
        async with home.browser() as browser:
            await open_questions(browser, smtp_sink, address(0), link_in(smtp_sink.to(address(0))[0]))
            page = await browser.open(f"/answers/{assessment}/sections/{SECTION}")
            answering = Answering(browser, page, QUESTION)
            saving, cut = asyncio.create_task(answering.run()), 0
            for _ in range(20):
                await asyncio.sleep(chance.uniform(0.05, 0.3))
                cut += await pool.fetchval(TERMINATE)
            done = len(answering.acknowledged)
            await eventually(lambda: _count(answering), lambda count: count > done, "answers are saved again")
            saving.cancel()
            await asyncio.wait([saving])
    assert saving.cancelled(), saving.exception()
    recorded = [json.loads(row["state"]) for row in await pool.fetch(ANSWERS, assessment)]
    written = [(each["value"], each["revision"]) for each in recorded]
    context = f"seed {SEED}: {cut} cut, {len(answering.acknowledged)} acknowledged, {answering.interrupted} not"
    assert cut and not set(answering.acknowledged) - set(written), context
    assert len({value for value, _ in written}) == len(written), f"{context}: something was recorded twice"
    print(context)


async def _count(answering: Answering) -> int:
    return len(answering.acknowledged)
