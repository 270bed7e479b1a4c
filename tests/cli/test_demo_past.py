"""Home as of the demo's last day says what home says today."""

from __future__ import annotations

from datetime import UTC, datetime, time

import asyncpg
import pytest

from cli.clock import SystemClock
from cli.demo.history import History
from cli.demo.loading import load
from cli.store import open_store
from projections import dossier
from projections.asof import Axis, Looking
from projections.asof.awaited import number_to_verify, to_confirm, to_verify
from projections.asof.lists import lists
from projections.asof.number import number
from projections.asof.pending import TO_CONFIRM, TO_VERIFY, pending
from telling import FEW, TODAY, told

WAITING = ("arcadia-score", "lattice-labs", "saffron-audio")
NOW = datetime.combine(TODAY, time(18), tzinfo=UTC)


@pytest.fixture(scope="module")
def history() -> History:
    return told(*WAITING, *FEW)


async def test_as_of_its_last_day_the_same_waits_as_today_on_both_axes(
    pool: asyncpg.Pool, database: str, history: History
) -> None:
    await load(pool, history)
    verify, confirm = await dossier.to_verify(pool), await dossier.to_confirm(pool)
    assert len(verify) > 2 and confirm
    async with open_store(database, handlers={}, clock=SystemClock()) as store:
        looking = Looking(pool, store.archive)
        for when, axis in ((TODAY, Axis.KNOWN), (TODAY, Axis.TRUE), (len(history.facts), Axis.KNOWN)):
            then = await lists(looking, pool, await looking.moment(when, axis, now=NOW))
            assert await to_verify(looking, pool, then) == verify, (when, axis)
            assert await to_confirm(looking, pool, then) == confirm, (when, axis)
            assert await number_to_verify(looking, pool, then) == await dossier.number_to_verify(pool)


async def test_counted_from_either_end_of_the_log_as_much_waits_at_the_same_suppliers(
    pool: asyncpg.Pool, history: History
) -> None:
    await load(pool, history)
    found, counted = 0, [0, 0]
    for position in range(100, len(history.facts), 250):
        for each in (TO_VERIFY, TO_CONFIRM):
            forth, back = [await pending(pool, each, position, 99, back=back) for back in (False, True)]
            assert forth == back, (each.column, position)
            found += len(forth)
        for without in ((), await pending(pool, TO_VERIFY, position, 1)):
            many, again = [await number(pool, position, without=without, back=back) for back in (False, True)]
            assert many == again, (without, position)
            counted[not without] += many
    assert found and counted[True] > counted[False]
