"""One contract for both ledgers: who may send a letter, when, and what is remembered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import asyncpg
import pytest

from clock import MovableClock
from letter_specimens import PRIYA, SPECIMENS, Words
from notifications.entry import State, wait_after
from notifications.holder import Holder
from notifications.ledger import Ledger
from notifications.memory import Book, MemoryLedger

LETTER = replace(SPECIMENS["invitation"](Words()), key="a")
CODE = replace(SPECIMENS["vendor code"](Words()), key="code")


class Office:
    """Two processes with a ledger each, one of which can die."""

    def __init__(
        self, mine: Ledger | MemoryLedger, other: Ledger | MemoryLedger, die: Callable[[], Awaitable[None]]
    ) -> None:
        self.mine, self.other, self.i_die = mine, other, die


Offices = Callable[..., Awaitable[Office]]


@pytest.fixture(params=["memory", "postgres"])
def store(request: pytest.FixtureRequest) -> tuple[str, asyncpg.Pool] | None:
    """A database where one is needed."""
    if request.param == "memory":
        return None
    return request.getfixturevalue("database"), request.getfixturevalue("pool")


@pytest.fixture
async def offices(store: tuple[str, asyncpg.Pool] | None, clock: MovableClock) -> AsyncIterator[Offices]:
    if store is None:
        yield _in_memory(clock)
        return
    database, pool = store
    one, two = Holder(database), Holder(database)
    await one.open()
    await two.open()

    async def make(lease: timedelta = timedelta(minutes=5)) -> Office:
        ledgers = [Ledger(pool, each.number, clock=clock, lease=lease) for each in (one, two)]
        return Office(ledgers[0], ledgers[1], one.close)

    yield make
    await one.close()
    await two.close()


def _in_memory(clock: MovableClock) -> Offices:
    async def make(lease: timedelta = timedelta(minutes=5)) -> Office:
        book = Book()

        async def die() -> None:
            book.alive.discard(1)

        ledgers = [MemoryLedger(book, holder, clock=clock, lease=lease) for holder in (1, 2)]
        return Office(ledgers[0], ledgers[1], die)

    return make


async def state(office: Office, key: str = "a") -> State:
    entry = await office.mine.find(key)
    assert entry
    return entry.state


async def test_a_letter_owed_twice_is_written_once(offices: Offices) -> None:
    office = await offices()
    await office.mine.owe(LETTER, 7)
    await office.other.owe(LETTER, 7)
    assert [each.key for each in await office.mine.owed()] == ["a"]
    entry = await office.mine.find("a")
    assert entry and (entry.recipient, entry.subject, entry.text) == (LETTER.to, LETTER.subject, LETTER.text)
    assert (entry.person, entry.event_position, entry.state, entry.recorded) == (PRIYA, 7, State.OWED, False)


async def test_while_owed_it_keeps_what_will_be_sent_and_afterwards_what_was(offices: Offices) -> None:
    office = await offices()
    await office.mine.owe(replace(LETTER, text="old"), 7)
    await office.mine.owe(replace(LETTER, text="new"), 7)
    await office.mine.claim("a")
    await office.mine.owe(replace(LETTER, text="newest"), 7)
    entry = await office.mine.find("a")
    assert entry and entry.text == "new"


async def test_one_of_many_gets_the_claim(offices: Offices) -> None:
    office = await offices()
    await office.mine.owe(LETTER, 7)
    claims = await asyncio.gather(*(each.claim("a") for each in (office.mine, office.other) * 5))
    assert sorted(claims) == [0] * 9 + [1]
    assert await office.mine.owed() == []


async def test_nothing_is_claimed_that_is_not_owed(offices: Offices) -> None:
    office = await offices()
    assert await office.mine.claim("a") == 0
    await office.mine.owe(LETTER, 7)
    await office.mine.claim("a")
    for write in (office.mine.sent, office.mine.done):
        await write("a")
        assert await office.other.claim("a") == 0


async def test_the_claim_of_a_dead_process_is_void_at_once(offices: Offices) -> None:
    office = await offices()
    await office.mine.owe(LETTER, 7)
    assert await office.mine.claim("a") == 1
    assert await office.other.claim("a") == 0
    await office.i_die()
    assert [each.key for each in await office.other.owed()] == ["a"]
    assert await office.other.claim("a") == 2


async def test_a_claim_of_the_living_ends_with_its_lease(offices: Offices) -> None:
    office = await offices(lease=timedelta(0))
    await office.mine.owe(LETTER, 7)
    assert await office.mine.claim("a") == 1
    assert await office.other.claim("a") == 2


async def test_a_letter_put_off_is_not_ours_before_its_time(offices: Offices, clock: MovableClock) -> None:
    office = await offices()
    await office.mine.owe(LETTER, 7)
    await office.mine.claim("a")
    await office.mine.later("a", clock.now() + timedelta(minutes=2), 451, "greylisted")
    assert await office.other.claim("a") == 0 and await office.mine.owed() == []
    entry = await office.mine.find("a")
    assert entry and (entry.code, entry.reply, entry.attempts) == (451, "greylisted", 1)
    clock.move(timedelta(minutes=2))
    assert [each.event_position for each in await office.mine.owed()] == [7]
    assert await office.other.claim("a") == 2


async def test_sent_waits_for_done(offices: Offices, clock: MovableClock) -> None:
    office = await offices()
    await office.mine.owe(LETTER, 7)
    await office.mine.claim("a")
    await office.mine.sent("a", "queued as 1")
    assert await state(office) is State.SENT
    assert await office.mine.unrecorded() == []
    clock.move(timedelta(minutes=1))
    assert [each.key for each in await office.other.unrecorded()] == ["a"]
    await office.other.done("a")
    entry = await office.mine.find("a")
    assert entry and (entry.state, entry.recorded, entry.reply) == (State.DONE, True, "queued as 1")
    assert await office.mine.unrecorded(older_than=timedelta(0)) == []


@pytest.mark.parametrize("end", [State.REFUSED, State.UNKNOWN])
async def test_an_end_is_kept_for_people_and_waits_for_the_log_as_well(offices: Offices, end: State) -> None:
    office = await offices()
    await office.mine.owe(LETTER, 7)
    await office.mine.claim("a")
    if end is State.REFUSED:
        await office.mine.refuse("a", 550, "no such user")
    else:
        await office.mine.unknown("a", "the line broke")
    assert await office.other.claim("a") == 0 and await office.mine.owed() == []
    assert [each.key for each in await office.mine.unrecorded(older_than=timedelta(0))] == ["a"]
    await office.mine.done("a")
    assert await office.mine.unrecorded(older_than=timedelta(0)) == []
    entry = await office.mine.find("a")
    assert entry and entry.state is end and entry.recorded


async def test_a_person_may_have_an_unknown_letter_sent_again(offices: Offices) -> None:
    office = await offices()
    await office.mine.owe(LETTER, 7)
    assert not await office.mine.again("a")
    await office.mine.claim("a")
    await office.mine.unknown("a", "the line broke")
    await office.mine.done("a")
    assert await office.mine.again("a") and not await office.mine.again("nothing")
    assert await office.other.claim("a") == 2


async def test_who_lost_a_claim_cannot_put_off_or_refuse_but_what_was_sent_was_sent(offices: Offices) -> None:
    office = await offices()
    await office.mine.owe(LETTER, 7)
    await office.mine.claim("a")
    await office.i_die()
    await office.other.claim("a")
    await office.mine.refuse("a", 550, "no")
    await office.mine.unknown("a", "?")
    await office.mine.later("a", MovableClock().now())
    assert await state(office) is State.CLAIMED
    await office.mine.sent("a")
    assert await state(office) is State.SENT


async def test_a_code_is_not_kept_and_the_sweeper_does_not_ask_for_letters_of_no_event(offices: Offices) -> None:
    office = await offices()
    await office.mine.owe(CODE)
    entry = await office.mine.find("code")
    assert entry and (entry.subject, entry.text, entry.html) == (None, None, None) and entry.recipient == CODE.to
    assert await office.mine.owed() == []
    assert await office.mine.claim("code") == 1


async def test_the_newest_letters_come_first_without_what_they_say(offices: Offices, clock: MovableClock) -> None:
    office = await offices()
    for number in range(4):
        await office.mine.owe(replace(LETTER, key=str(number)), number + 1)
        clock.move(timedelta(minutes=1))
    recent = await office.mine.recent(3)
    assert [each.key for each in recent] == ["3", "2", "1"]
    assert recent[0].text is None and recent[0].subject == LETTER.subject
    assert [each.key for each in await office.mine.recent(3, before=recent[-1].created_at)] == ["0"]


async def test_an_erased_person_is_gone_from_the_ledger_and_gets_nothing_more(offices: Offices) -> None:
    office = await offices()
    for key in ("a", "b"):
        await office.mine.owe(replace(LETTER, key=key), 7)
    await office.mine.claim("a")
    await office.mine.sent("a", f"250 for {LETTER.to}")
    await office.mine.erase(PRIYA)
    for key, then in (("a", State.SENT), ("b", State.REFUSED)):
        entry = await office.mine.find(key)
        assert entry and entry.state is then and entry.person == PRIYA
        assert (entry.recipient, entry.subject, entry.text, entry.html, entry.reply) == (None,) * 5
    assert await office.mine.owed() == []


def test_the_waits_grow_to_an_hour() -> None:
    assert [wait_after(attempt).total_seconds() for attempt in (1, 2, 3, 7, 8, 1000)] == [30, 60, 120, 1920, 3600, 3600]


async def test_a_holder_whose_connection_breaks_takes_its_lock_again(database: str, pool: asyncpg.Pool) -> None:
    async with Holder(database) as holder:
        assert await _held(pool, holder.number)
        await pool.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1", NAME)
        for _ in range(100):
            await asyncio.sleep(0.02)
            if await _held(pool, holder.number):
                break
        assert await _held(pool, holder.number)
    await asyncio.sleep(0.05)
    assert not await _held(pool, holder.number)


NAME = "tierce letters"


async def _held(pool: asyncpg.Pool, number: int) -> bool:
    """Whether some session holds the lock, asked from outside: could we have it?"""
    async with pool.acquire() as connection:
        free = await connection.fetchval("SELECT pg_try_advisory_lock($1)", number)
        if free:
            await connection.execute("SELECT pg_advisory_unlock($1)", number)
        return not free


async def test_a_letter_that_was_overtaken_is_dropped_unless_it_went_out(offices: Offices) -> None:
    office = await offices()
    await office.mine.drop("a", "overtaken")
    await office.mine.owe(LETTER, 7)
    await office.mine.drop("a", "overtaken")
    entry = await office.mine.find("a")
    assert entry and (entry.state, entry.reply, entry.recorded) == (State.REFUSED, "overtaken", True)
    assert await office.mine.owed() == []
    await office.mine.owe(replace(LETTER, key="b"), 8)
    await office.mine.claim("b")
    await office.other.drop("b", "overtaken")
    assert await state(office, "b") is State.CLAIMED
