"""As of any moment equals a fresh fold of the log cut there: for one supplier and for lists, on both axes."""

from __future__ import annotations

import os
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args
from uuid import UUID

import asyncpg
import pytest

import story
from projections import dossier, register, renewals
from projections.activity import Filters
from projections.asof import Axis, Looking, Moment, Past, wanted
from projections.asof.awaited import number_to_verify
from projections.asof.calendar import stretch
from projections.asof.lists import VIEWS, Then, lists
from projections.asof.past import CannotBeFolded
from projections.dossier import Part
from projections.view import View, fold
from suppliers.attestation import Attestation
from suppliers.diligence import MarkOverdue
from suppliers.ports import SYSTEM
from suppliers.supplier import Supplier
from suppliers.use import Use
from suppliers.vendor_model import VendorModel
from tests.projections import portfolio
from tests.projections.conftest import shelved
from tests.projections.log import Fact, Log, LogFeed
from tests.projections.past_lists import (
    awaited,
    coming,
    due,
    happened,
    held,
    looked_for,
    lying,
    parted,
    recorded,
    worthy,
)

LATE = (Attestation.Given, VendorModel.VersionAdopted, Supplier.Suspended, VendorModel.HostingMoved)
NOW = datetime(2027, 12, 1, tzinfo=UTC)


class Kept(LogFeed):
    """The log in memory, as looking back wants to read it."""

    async def recorded_at(self, position: int) -> datetime | None:
        return self.facts[position - 1].recorded_at if 0 < position <= len(self.facts) else None


def told_late(seed: int) -> Log:
    """The portfolio, some of whose facts were recorded days after they happened."""
    chance, log = random.Random(seed), portfolio.told()
    began = {each.event.originator_id: each.event.timestamp for each in log.facts if each.topic == "Supplier.Proposed"}
    for place, each in enumerate(log.facts):
        if isinstance(each.event, LATE) and chance.random() < 0.8:
            earlier = each.event.timestamp - timedelta(days=chance.choice((1, 3)), hours=chance.choice((0, 5)))
            earlier = max(earlier, began[getattr(each.event, "supplier_id", each.event.originator_id)])
            log.facts[place] = each._replace(event=each.event.model_copy(update={"timestamp": earlier}))
    return log


def cut(facts: list[Fact], moment: Moment) -> list[Fact]:
    """Told again without the code that is tried: what counts, each stream in its own order."""
    known = [each for each in facts if each.position <= moment.position]
    if moment.axis is Axis.KNOWN:
        return known
    left: list[Fact] = [each for each in known if each.event.timestamp < moment.until]
    latest: dict[UUID, datetime] = {}
    times: dict[int, datetime] = {}
    for each in left:
        latest[each.event.originator_id] = max(
            each.event.timestamp, latest.get(each.event.originator_id, each.event.timestamp)
        )
        times[each.position] = latest[each.event.originator_id]
    return sorted(left, key=lambda each: (times[each.position], each.position))


def moments(log: Log, seed: int) -> list[tuple[str, Axis]]:
    chance, facts = random.Random(seed), log.facts
    days = sorted({each.recorded_at.date() for each in facts} | {each.event.timestamp.date() for each in facts})
    picked = [(day.isoformat(), axis) for day in [*chance.sample(days, 2), date(2026, 5, 1)] for axis in Axis]
    picked += [(str(chance.randrange(30, len(facts))), Axis.KNOWN) for _ in range(3)]
    at = (facts[chance.randrange(30, len(facts))].event.timestamp for _ in range(1))
    return picked + [(each.isoformat(), axis) for each in at for axis in Axis]


async def listed(pool: asyncpg.Pool, then: Then, view: View[Any]) -> dict[str, tuple[Any, ...]]:
    names = ", ".join(each.name for each in view.day_columns if each.type != "tsvector")
    rows = await pool.fetch(f"SELECT key, row::text, {names} FROM {then.sources.of(view)} AS x ORDER BY key")
    return {row["key"]: tuple(row)[1:] for row in rows}


def expected(view: View[Any], row: Any) -> tuple[Any, ...]:
    kept = None if view.by_day == "columns" else row
    values = [
        each.value(row).split() if each.given_as == "text" and each.type.endswith("[]") else each.value(row)
        for each in view.day_columns
        if each.type != "tsvector"
    ]
    return (kept, *values)


def alike(view: View[Any], found: tuple[Any, ...]) -> tuple[Any, ...]:
    """As the view's own values: rows read, ids as text."""
    row = None if found[0] is None else view.row_type.model_validate_json(found[0])
    return (row, *([str(one) for one in each] if isinstance(each, list) else each for each in found[1:]))


async def test_as_of_its_head_the_calendar_of_the_past_is_that_of_the_present(pool: asyncpg.Pool) -> None:
    log = portfolio.told()
    story.sent(log, use := story.with_use(log, story.onboarded(log)))
    log.pass_days(40)
    log.hand_in(MarkOverdue(assessment_id=log.get(Use, use).assessment_id), by=SYSTEM)
    async with shelved(pool, log):
        looking = Looking(pool, Kept(log.facts))
        then = await lists(looking, pool, await looking.moment(len(log.facts), Axis.KNOWN, now=NOW))
        span = log.today() - timedelta(days=2000), log.today() + timedelta(days=2000)
        for wanted_of in looked_for(log.facts):
            for limit in (1, 50):
                page = await renewals.stretch(pool, *span, wanted_of, limit=limit, overdue=True)
                assert await stretch(looking, pool, then, *span, wanted_of, limit=limit, overdue=True) == page


@pytest.mark.parametrize("seed", range(1, 9) if os.environ.get("TIERCE_DRILL") else [1])
async def test_lists_and_suppliers_equal_a_fresh_fold_of_the_log_cut_there(pool: asyncpg.Pool, seed: int) -> None:
    log = told_late(seed)
    facts = log.facts
    supplier_ids = {each.event.originator_id for each in facts if isinstance(each.event, Supplier.Proposed)}
    async with shelved(pool, log):
        looking = Looking(pool, Kept(facts))
        for text, axis in moments(log, seed):
            moment = await looking.moment(wanted(text), axis, now=NOW)
            left = cut(facts, moment)
            then = await lists(looking, pool, moment)
            for view in VIEWS:
                rows = worthy(view, fold(view, left))
                found = {key: alike(view, each) for key, each in (await listed(pool, then, view)).items()}
                assert found == {key: expected(view, row) for key, row in rows.items()}, (text, axis, view)
            lines, dossiers = fold(register.VIEW, left), fold(dossier.VIEW, left)
            for filters, limit in ((Filters(), len(facts)), (Filters(kinds=("Attestation", "VendorModel")), 3)):
                told = await happened(pool, Kept(facts), moment, filters, limit)
                assert told == recorded(left, filters), (text, axis)
            for part in get_args(Part):
                assert await parted(looking, pool, part, moment) == held(part, dossiers), (text, axis, part)
            for wanted_of in looked_for(left):
                assert await coming(looking, pool, then, wanted_of) == due(left, wanted_of), (text, axis, wanted_of)
            assert await awaited(looking, pool, then) == lying(left), (text, axis)
            assert await number_to_verify(looking, pool, then) == len(lying(left)[0]), (text, axis)
            pasts = await looking.suppliers(supplier_ids, moment)
            for id, past in pasts.items():
                assert past.line == lines.get(str(id)), (text, axis)
                assert past.dossier == dossiers.get(str(id)), (text, axis)
                assert past.posture is None or past.posture.on >= moment.day, (text, axis)
    assert any(each.late for each in fold_late(facts))


def fold_late(facts: list[Fact]) -> list[Any]:
    from projections import activity

    return list(fold(activity.VIEW, facts).values())


def test_what_cannot_be_folded_as_it_happened_is_folded_as_it_was_recorded_and_said() -> None:
    log = portfolio.told()
    place, given = next((n, each) for n, each in enumerate(log.facts) if isinstance(each.event, Attestation.Given))
    before = given.event.model_copy(update={"timestamp": given.event.timestamp - timedelta(days=99)})
    log.facts[place] = given._replace(event=before)
    id = before.supplier_id
    facts = [each for each in log.facts if id in (each.event.originator_id, getattr(each.event, "supplier_id", None))]
    past = Past(id, Moment(Axis.TRUE, NOW, len(log.facts)), facts)
    assert past.line is not None and past.dossier is not None and past.posture is not None
    assert past.reordered == {"dossier", "posture"}
    assert past.dossier == fold(dossier.VIEW, facts)[str(id)]


def test_what_cannot_be_folded_in_any_order_is_refused_in_a_sentence() -> None:
    [proposed, *others] = [each for each in portfolio.told().facts if each.topic.startswith("Supplier.")][:3]
    id = proposed.event.originator_id
    for axis in Axis:
        past = Past(id, Moment(axis, NOW, 10**6), [each for each in others if each.event.originator_id == id])
        with pytest.raises(CannotBeFolded, match=f"about the supplier {id}"):
            assert past.line
