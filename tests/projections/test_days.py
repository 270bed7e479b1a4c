"""The days of a view: what it was at the end of every day, whoever kept them and however the log was cut up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from projections.all import VIEWS
from projections.batch import day_of
from projections.projector import Projector
from projections.rebuild import rebuild, rebuild_all
from projections.view import View, but, fold
from suppliers.person import Person
from suppliers.ports import Recorded
from tests.projections.log import Fact, Log, LogFeed
from tests.projections.tallies import NOON, Tally, erased, granted, log_of, registered, tallies
from tests.projections.test_projector import caught_up

ADA = UUID(int=1)
AS_OF = "SELECT key, row::text FROM {days} WHERE day <= $1 AND until > $1"


@pytest.mark.parametrize("seed", range(8))
async def test_days_are_the_folds_of_the_log_cut_at_each_days_end(pool: asyncpg.Pool, seed: int) -> None:
    random, view = Random(seed), tallies(days=True)
    facts = lived(random, 60)
    await caught_up(pool, facts, view)
    for size in (1, 2, random.randrange(3, 40)):
        await pool.execute("DROP VIEW view_tallies, view_tallies_days; DELETE FROM view_builds")
        await Projector(LogFeed(facts), pool, [view], batch=size).catch_up()
        await same_as_folds(pool, view, facts)
    kept = await pool.fetch(f"SELECT * FROM {view.days} ORDER BY key, day")
    await rebuild(view, LogFeed(facts), pool)
    assert await pool.fetch(f"SELECT * FROM {view.days} ORDER BY key, day") == kept


@pytest.mark.parametrize("seed", range(2))
async def test_a_row_that_is_not_worth_a_day_is_as_if_it_were_not_there(pool: asyncpg.Pool, seed: int) -> None:
    random, view = Random(seed), tallies(days=True, worth=lambda row: row.roles % 3 == 1)
    facts = lived(random, 60)
    await caught_up(pool, facts, view)
    for size in (1, 2, random.randrange(3, 40)):
        await pool.execute("DROP VIEW view_tallies, view_tallies_days; DELETE FROM view_builds")
        await Projector(LogFeed(facts), pool, [view], batch=size).catch_up()
        await same_as_folds(pool, view, facts)
    kept = await pool.fetch(f"SELECT * FROM {view.days} ORDER BY key, day")
    assert await pool.fetchval(f"SELECT count(*) FROM {view.table}") > 0
    await rebuild(view, LogFeed(facts), pool)
    assert await pool.fetch(f"SELECT * FROM {view.days} ORDER BY key, day") == kept


async def test_what_never_was_worth_a_day_leaves_none(pool: asyncpg.Pool) -> None:
    view = tallies(days=True, worth=lambda row: False)
    await Projector(LogFeed(on_days([registered(ADA), granted(ADA)], [0, 1])), pool, [view], batch=1).catch_up()
    assert await pool.fetchval(f"SELECT count(*) FROM {view.days}") == 0


async def test_the_first_and_last_event_of_a_day_are_kept(pool: asyncpg.Pool) -> None:
    view = tallies(days=True)
    facts = on_days([registered(ADA), granted(ADA), granted(ADA, 3), granted(ADA, 4)], [0, 0, 0, 2])
    await Projector(LogFeed(facts), pool, [view], batch=1).catch_up()
    found = await pool.fetch(f"SELECT day, until, first, last, roles FROM {view.days} ORDER BY day")
    begun = NOON.date()
    later = begun + timedelta(2)
    assert [tuple(row) for row in found] == [(begun, later, 1, 3, 2), (later, date.max, 4, 4, 3)]


async def test_what_changes_nothing_that_days_have_makes_none(pool: asyncpg.Pool) -> None:
    view = tallies(days="columns")

    @view.on(Person.AccessEnded, by_day=False)
    def renamed(row: Tally, event: Person.AccessEnded, recorded: Recorded) -> Tally:
        return but(row, name="Ada L.")

    ended = Person.AccessEnded(originator_id=ADA, originator_version=2, timestamp=NOON, by=ADA, reason="left")
    facts = on_days([registered(ADA), ended, granted(ADA, 3)], [0, 1, 2])
    await Projector(LogFeed(facts), pool, [view], batch=1).catch_up()
    kept = await pool.fetch(f"SELECT * FROM {view.days} ORDER BY key, day")
    assert [(each["day"], each["roles"]) for each in kept] == [(NOON.date(), 0), (NOON.date() + timedelta(2), 1)]
    assert await pool.fetchval(f"SELECT row->>'name' FROM {view.table}") == "Ada L."
    await rebuild(view, LogFeed(facts), pool)
    assert await pool.fetch(f"SELECT * FROM {view.days} ORDER BY key, day") == kept


def test_what_is_said_to_change_nothing_that_days_have_changes_nothing_of_it(told: Log) -> None:
    seen = 0
    for view in (each for each in VIEWS if each.by_day == "columns"):
        rows: dict[str, Any] = {}
        for recorded in told.facts:
            changed = view.digest(rows, recorded)
            if changed and not view.makes_a_day(recorded):
                seen += 1
                for key, row in changed.items():
                    assert day_values(view, row) == day_values(view, rows.get(key))
            rows |= changed
    assert seen > 100


def day_values(view: View[Any], row: Any) -> list[object]:
    done = view.finished_day(row)
    return [each.value(done) for each in view.day_columns]


async def test_views_that_keep_days_keep_the_same_when_they_are_rebuilt(pool: asyncpg.Pool, told: Log) -> None:
    daily = [view for view in VIEWS if view.by_day]
    await Projector(LogFeed(told.facts), pool, daily, batch=37).catch_up()
    before = {view.name: await pool.fetch(f"SELECT * FROM {view.days} ORDER BY key, day") for view in daily}
    await rebuild_all(daily, LogFeed(told.facts), pool)
    for view in daily:
        assert await pool.fetch(f"SELECT * FROM {view.days} ORDER BY key, day") == before[view.name]


async def same_as_folds(pool: asyncpg.Pool, view: View[Tally], facts: Sequence[Fact]) -> None:
    days = {day_of(fact.recorded_at) for fact in facts}
    for day in sorted(days | {max(days) + timedelta(3), min(days) - timedelta(1)}):
        known = fold(view, [fact for fact in facts if day_of(fact.recorded_at) <= day])
        known = {key: row for key, row in known.items() if view.worth is None or view.worth(row)}
        found = await pool.fetch(AS_OF.format(days=view.days), day)
        assert {key: Tally.model_validate_json(row) for key, row in found} == known


def lived(random: Random, length: int) -> list[Fact]:
    """A few persons come, are given roles and go, some to come again; days pass, or not."""
    events: list[Any] = []
    passed = [0]
    there: set[UUID] = set()
    for version in range(1, length + 1):
        person = UUID(int=random.randrange(1, 4))
        if person not in there:
            events.append(registered(person, name=f"Ada {version}"))
            there.add(person)
        elif random.random() < 0.25:
            events.append(erased(person, version))
            there.discard(person)
        else:
            events.append(granted(person, version))
        passed.append(passed[-1] + random.choice([0, 0, 0, 1, 1, 4]))
    return on_days(events, passed[1:])


def on_days(events: Sequence[Any], passed: Sequence[int]) -> list[Fact]:
    """Recorded so many days after noon of the first."""
    return [
        fact._replace(recorded_at=NOON + timedelta(days=days), actor=uuid4())
        for fact, days in zip(log_of(*events), passed, strict=True)
    ]
