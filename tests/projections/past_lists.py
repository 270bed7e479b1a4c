"""Lists as of a moment, read page after page, and what they should say of the log cut there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg

from projections import assessments, dossier, register, renewals
from projections.activity import Filters as Activity
from projections.asof import Archive, Looking, Moment
from projections.asof.awaited import to_confirm, to_verify
from projections.asof.calendar import stretch
from projections.asof.lists import Then
from projections.asof.parts import Reach, parts
from projections.asof.trail import trail
from projections.assessments import Stage
from projections.dossier import AttestationEntry, Awaited, Dossier, Part, UseEntry
from projections.renewals import Due, Entry, Filters, Kind
from projections.renewals.dated import SHOWN
from projections.view import R, View, fold
from tests.projections.log import Fact

EVER = date(2000, 1, 1), date(2100, 1, 1)


def worthy(view: View[R], rows: Mapping[str, R]) -> dict[str, R]:
    """Those of which days are kept."""
    return {key: row for key, row in rows.items() if view.worth is None or view.worth(row)}


async def parted(looking: Looking, pool: asyncpg.Pool, part: Part, moment: Moment) -> list[tuple[UUID, Any]]:
    """A part of all dossiers, a few at a time."""
    found: list[tuple[UUID, Any]] = []
    after: str | None = None
    while True:
        page = await parts(looking, pool, part, moment, after=after, limit=3, reach=Reach(2, 1))
        assert len(page.rows) <= 3
        found += [(id, json.loads(entry)) for id, entry in page.rows]
        if (after := page.after) is None:
            return found


def held(part: Part, dossiers: Mapping[str, Dossier]) -> list[tuple[UUID, Any]]:
    """The same of dossiers, in the order of the live list."""
    return [
        (dossiers[key].supplier_id, entry.model_dump(mode="json"))
        for key in sorted(dossiers)
        for _, entry in sorted(getattr(dossiers[key], part).items())
    ]


async def happened(pool: asyncpg.Pool, log: Archive, moment: Moment, filters: Activity, limit: int) -> list[int]:
    """The positions of the trail, some at a time."""
    found: list[int] = []
    while page := await trail(pool, log, moment, filters, before=found[-1] if found else None, limit=limit):
        assert len(page) <= limit
        found += [each.position for each in page]
    return found


def recorded(facts: Sequence[Fact], filters: Activity) -> list[int]:
    """The same of the log."""
    kinds = filters.kinds
    return sorted((each.position for each in facts if not kinds or each.topic.split(".")[0] in kinds), reverse=True)


def looked_for(facts: Sequence[Fact]) -> list[Filters]:
    """Everything, and some of it."""
    lines = list(fold(register.VIEW, facts).values())
    return [
        Filters(),
        Filters(kinds=(Kind.APPROVAL_END, Kind.ATTESTATION_END)),
        *(Filters(supplier_id=each.id, kinds=(Kind.NEXT_ROUND, Kind.CONDITION)) for each in lines[:1]),
        *(Filters(owner=each.owner) for each in lines[-1:] if each.owner),
    ]


async def coming(
    looking: Looking,
    pool: asyncpg.Pool,
    then: Then,
    wanted: Filters,
    *,
    limit: int = 2,
    span: tuple[date, date] = EVER,
    overdue: bool = True,
) -> list[Entry]:
    """The calendar, a few entries at a time."""
    found: list[Entry] = []
    after: str | None = None
    while True:
        page = await stretch(looking, pool, then, *span, wanted, after=after, limit=limit, overdue=overdue)
        assert len(page.entries) <= limit
        found += page.entries
        if (after := page.after) is None:
            return found


Waiting = list[tuple[UUID, str, UUID]]
"""Supplier, its name, what waits there: the longest waiting supplier first."""


async def awaited(looking: Looking, pool: asyncpg.Pool, then: Then) -> tuple[Waiting, Waiting]:
    """Attestations to verify and classes to confirm."""
    attested, classed = await to_verify(looking, pool, then), await to_confirm(looking, pool, then)
    return _named((each, each.attestation) for each in attested), _named((each, each.use) for each in classed)


def lying(facts: Sequence[Fact]) -> tuple[Waiting, Waiting]:
    """The same of the log."""
    lines, dossiers = fold(register.VIEW, facts), fold(dossier.VIEW, facts)
    attested, classed = [], []
    for key, row in dossiers.items():
        name, id = lines[key].name, row.supplier_id
        given = [each for each in row.attestations.values() if each.to_verify]
        told = [each for each in row.uses.values() if each.to_confirm]
        attested += [(min(x.given_at for x in given), key, [(id, name, each.id) for each in given])] if given else []
        classed += [(min(x.described_at for x in told), key, [(id, name, each.id) for each in told])] if told else []
    return _in_turn(attested), _in_turn(classed)


def _named(found: Iterable[tuple[Awaited, AttestationEntry | UseEntry | None]]) -> Waiting:
    return [(each.supplier_id, each.supplier_name, what.id) for each, what in found if what]


def _in_turn(found: list[tuple[datetime, str, Waiting]]) -> Waiting:
    return [each for *_, several in sorted(found) for each in several]


def due(facts: Sequence[Fact], wanted: Filters) -> list[Entry]:
    """The same of the log."""
    found = [(key, each) for key, row in fold(renewals.VIEW, facts).items() for each in row.dates]
    late = [row for row in fold(assessments.VIEW, facts).values() if row.overdue and row.stage is Stage.WITH_VENDOR]
    lines, dossiers = fold(register.VIEW, facts), fold(dossier.VIEW, facts)
    found += [(str(row.id), _late(row)) for row in late]
    told: list[tuple[date, str, str, Entry]] = []
    for key, each in found:
        line, kept = lines[str(each.supplier_id)], dossiers[str(each.supplier_id)]
        fits = each.kind in (wanted.kinds or SHOWN) and wanted.supplier_id in (None, each.supplier_id)
        if fits and wanted.owner in (None, line.owner):
            use, subject = kept.uses.get(str(each.use_id)), kept.subject(each.subject_id)
            entry = Entry(
                due=each,
                supplier_name=line.name,
                owner=line.owner,
                use_title=use.title if use else "",
                subject_name=subject.name if subject else "",
            )
            told.append((each.on, key, each.key, entry))
    return [entry for *_, entry in sorted(told, key=lambda each: each[:3])]


def _late(row: assessments.AssessmentRow) -> Due:
    midnight = f"{row.due_on.fromordinal(row.due_on.toordinal() + 1)}T00:00:00Z"
    ids = {"supplier_id": row.supplier_id, "use_id": row.use_id, "subject_id": row.subject_id}
    return Due.model_validate(
        {"key": f"assessment_overdue:{row.id}", "kind": Kind.OVERDUE, "due_at": midnight, "on": row.due_on,
         "what": "Answers overdue", "aggregate_id": row.id, **ids}
    )  # fmt: skip
