"""A delivery from end to end: written down, claimed, posted, recorded, and the same answer when asked again."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from clock import MovableClock
from letter_specimens import SPECIMENS, Words
from notifications.entry import State
from notifications.letter import Letter
from notifications.mailroom import Delivery, Done, Mailroom, Waiting
from notifications.memory import Book, MemoryLedger
from notifications.outcome import Later, Outcome, Refused, Sent, Unknown
from notifications.post import Post
from sink import SmtpSink

LETTER = replace(SPECIMENS["invitation"](Words()), key="a")
CODE = replace(SPECIMENS["vendor code"](Words()), key="code")


class Desk:
    """A mailroom on a real post, and a look into its book."""

    def __init__(self, sink: SmtpSink, clock: MovableClock) -> None:
        self.sink, self.clock, self.book = sink, clock, Book()
        self.ledger = MemoryLedger(self.book, 1, clock=clock)
        self.post = Post(sink.url, "review@meridian.example", clock=clock, deadline=5)
        self.room = Mailroom(self.post, self.ledger, clock)

    async def deliver(self, letter: Letter = LETTER, position: int | None = 7) -> Delivery:
        return await self.room.deliver(letter, position)


@pytest.fixture
def desk(smtp_sink: SmtpSink, clock: MovableClock) -> Desk:
    return Desk(smtp_sink, clock)


async def test_a_letter_is_sent_once_however_often_it_is_asked_for(desk: Desk) -> None:
    first = await desk.deliver()
    assert isinstance(first, Sent) and await desk.deliver() == first, "until the log knows, the answer stays"
    await desk.room.done("a")
    assert await desk.deliver() == Done()
    assert len(desk.sink.messages) == 1


async def test_of_two_who_deliver_at_once_one_sends(desk: Desk) -> None:
    outcomes = await asyncio.gather(*(desk.deliver() for _ in range(5)))
    assert sum(isinstance(each, Sent) for each in outcomes) == 1
    assert all(isinstance(each, (Sent, Waiting)) for each in outcomes)
    assert len(desk.sink.messages) == 1


async def test_a_refusal_is_told_until_it_is_recorded(desk: Desk) -> None:
    desk.sink.refuse(LETTER.to, "550 unknown user")
    assert await desk.deliver() == Refused(550, "unknown user") == await desk.deliver()
    await desk.room.done("a")
    assert await desk.deliver() == Done()


async def test_what_is_put_off_is_tried_again_when_its_time_has_come(desk: Desk) -> None:
    desk.sink.answer("451 busy")
    at = desk.clock.now() + timedelta(seconds=30)
    assert await desk.deliver() == Later(451, "busy", at=at)
    assert await desk.deliver() == Waiting(at)
    desk.clock.set(at)
    assert isinstance(await desk.deliver(), Sent)


async def test_an_unknown_outcome_is_not_sent_again_by_itself(desk: Desk) -> None:
    desk.sink.answer("drop")
    first = await desk.deliver()
    desk.clock.move(timedelta(days=1))
    assert isinstance(first, Unknown) and await desk.deliver() == first
    assert len(desk.sink.messages) == 1
    await desk.ledger.again("a")
    assert isinstance(await desk.deliver(), Sent)
    assert {each["Message-ID"] for each in desk.sink.messages} == {desk.sink.messages[0]["Message-ID"]}


async def test_a_code_is_sent_now_or_never_and_needs_nobody_to_record_it(desk: Desk) -> None:
    desk.sink.answer("451 busy")
    assert await desk.deliver(CODE, None) == Refused(451, "busy")
    desk.clock.move(timedelta(days=1))
    assert await desk.deliver(CODE, None) == Done()
    assert isinstance(await desk.deliver(replace(CODE, key="next"), None), Sent)
    assert desk.book.entries["next"].state is State.DONE and desk.book.entries["next"].text is None


async def test_a_caller_who_gives_up_does_not_stop_the_letter(desk: Desk) -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(desk.deliver(), 0.001)
    await desk.room.close()
    assert desk.book.entries["a"].state is State.SENT and len(desk.sink.messages) == 1


async def test_closing_does_not_wait_for_a_server_that_does_not_answer(desk: Desk) -> None:
    class Slow:
        async def send(self, letter: Letter) -> Outcome:
            await asyncio.sleep(60)
            return Sent()

    room = Mailroom(Slow(), desk.ledger, desk.clock)
    delivery = asyncio.create_task(room.deliver(LETTER, 7))
    await asyncio.sleep(0.01)
    await room.close(patience=0.05)
    with pytest.raises(asyncio.CancelledError):
        await delivery
    assert desk.book.entries["a"].state is State.CLAIMED


async def test_a_fault_of_ours_puts_the_letter_off(desk: Desk) -> None:
    class Broken:
        async def send(self, letter: Letter) -> Outcome:
            raise ZeroDivisionError

    outcome = await Mailroom(Broken(), desk.ledger, desk.clock).deliver(LETTER, 7)
    assert isinstance(outcome, Later) and desk.book.entries["a"].state is State.OWED


async def test_a_database_that_is_away_for_a_moment_does_not_cost_a_second_letter(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notifications.mailroom.RECORDING_PAUSES", (0.0, 0.0))

    class Flaky(MemoryLedger):
        failures = 2

        async def sent(self, key: str, reply: str = "") -> None:
            if self.failures:
                self.failures -= 1
                raise ConnectionError
            await super().sent(key, reply)

    ledger = Flaky(desk.book, 1, clock=desk.clock)
    assert isinstance(await Mailroom(desk.post, ledger, desk.clock).deliver(LETTER, 7), Sent)
    assert desk.book.entries["a"].state is State.SENT


async def test_killed_at_any_moment_every_letter_arrives_and_only_those_in_flight_twice(
    database: str, pool: asyncpg.Pool, smtp_sink: SmtpSink
) -> None:
    letters, kills, lanes = 80, 4, 4
    for round_ in range(1, kills + 1):
        process = await _campaign(database, smtp_sink, letters)
        await smtp_sink.arrived(round_ * 12, timeout=20)
        os.kill(process.pid, signal.SIGKILL)
        await process.wait()
    last = await _campaign(database, smtp_sink, letters)
    assert await asyncio.wait_for(last.wait(), 60) == 0
    copies = Counter(envelope.rcpt_tos[0] for envelope in smtp_sink.envelopes)
    assert len(copies) == letters
    assert copies.total() - letters <= kills * lanes
    assert await pool.fetchval("SELECT count(*) FROM letters WHERE state IN ('sent', 'done')") == letters


async def _campaign(database: str, sink: SmtpSink, letters: int) -> asyncio.subprocess.Process:
    here = Path(__file__).parent
    paths = os.pathsep.join(map(str, (here.parent.parent, here.parent)))
    program = [sys.executable, str(here / "campaign.py"), database, sink.url, str(letters)]
    return await asyncio.create_subprocess_exec(*program, env={**os.environ, "PYTHONPATH": paths})
