"""What was coming and what was late as of a moment: places are found in the days of the calendar, and what was due
there, and how it was called, by folding the suppliers of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from projections import assessments, dossier, register, renewals
from projections.asof.lists import Then
from projections.asof.past import Past
from projections.asof.reader import Looking
from projections.assessments import Stage
from projections.renewals import Due, Entry, Filters, Kind, Stretch
from projections.renewals.dated import SHOWN

if TYPE_CHECKING:
    from projections.storage import Reader

LATE = f"{Kind.OVERDUE.value}:"
LAST = "~"
TRIES = 3
"""How often more is looked for until a page is short: a use's days do not say which of its two kinds they are of."""
OF_KIND: Mapping[Kind, str] = {
    Kind.OVERDUE: "assessment",
    Kind.ATTESTATION_END: "attestation",
    Kind.APPROVAL_END: "use",
    Kind.NEXT_ROUND: "use",
    Kind.CONDITION: "review",
    Kind.RATIFICATION: "supplier",
}
"""Which schedules have days of a kind."""

PLACES = """
WITH r AS MATERIALIZED (
    SELECT x.key, x.supplier_id, x.first_on, x.last_on, x.further FROM {renewals} AS x
     WHERE x.first_on <= $2 AND x.last_on >= $3 AND split_part(x.key, ':', 1) = ANY($6))
SELECT day, key, supplier_id FROM (
    SELECT first_on AS day, key, supplier_id FROM r
     UNION ALL SELECT last_on, key, supplier_id FROM r WHERE last_on > first_on
     UNION ALL SELECT each::date, key, supplier_id FROM r, string_to_table(further, ' ') AS each
         WHERE further IS NOT NULL
    {overdue}) AS dated
 WHERE day BETWEEN $1 AND $2 AND (day, key) >= ($3, $4) AND ($5::uuid IS NULL OR supplier_id = $5)
   AND ($7::uuid IS NULL OR supplier_id::text IN (SELECT s.key FROM {register} AS s WHERE s.owner = $7))
 ORDER BY day, key LIMIT $8
"""
OVERDUE = f""" UNION ALL SELECT a.due_on, a.key, a.supplier_id FROM {{rounds}} AS a
     WHERE a.overdue AND a.stage = '{Stage.WITH_VENDOR.value}' AND a.due_on BETWEEN $3 AND $2
       AND '{OF_KIND[Kind.OVERDUE]}' = ANY($6)"""


class Place(NamedTuple):
    """A day of a schedule, and one of the things due on it. Answers that are overdue have the assessment's own key."""

    day: date
    key: str
    id: str

    @property
    def said(self) -> str:
        return f"{self.day.isoformat()}|{self.key}|{self.id}"


async def stretch(
    looking: Looking,
    reader: Reader,
    then: Then,
    since: date,
    until: date,
    filters: Filters | None = None,
    *,
    after: str | None = None,
    limit: int = 50,
    overdue: bool = False,
) -> Stretch:
    """As `renewals.stretch` tells it of the present; fewer than asked for when few of many are of the kind."""
    wanted, further = filters or Filters(), _place(after, since)
    kinds = SHOWN.intersection(wanted.kinds) if wanted.kinds else SHOWN
    found: list[tuple[Place, Entry]] = []
    for _ in range(TRIES):
        near = await _near(reader, then, since, until, wanted, kinds, further, limit + 2, overdue)
        pasts = await _pasts(looking, then, {id for _, _, id in near}, overdue=overdue)
        found += [each for place in near for each in _dated(pasts[place[2]], place, kinds) if each[0] > further]
        if len(found) > limit or len(near) < limit + 2:
            break
        further = Place(*near[-1][:2], LAST)
    last = found[limit - 1][0] if len(found) > limit else further if len(near) == limit + 2 else None
    return Stretch(entries=tuple(entry for _, entry in found[:limit]), after=last.said if last else None)


async def _near(
    reader: Reader,
    then: Then,
    since: date,
    until: date,
    wanted: Filters,
    kinds: Iterable[Kind],
    place: Place,
    limit: int,
    overdue: bool,
) -> Sequence[tuple[date, str, UUID]]:
    """The next days of schedules that may have something due."""
    of = then.sources.of
    rounds = OVERDUE.format(rounds=of(assessments.VIEW)) if overdue else ""
    statement = PLACES.format(renewals=of(renewals.VIEW), register=of(register.VIEW), overdue=rounds)
    found = await reader.fetch(
        statement, since, until, place.day, place.key, wanted.supplier_id, sorted({OF_KIND[each] for each in kinds}),
        wanted.owner, limit,
    )  # fmt: skip
    return [(day, key, UUID(str(id))) for day, key, id in found]


async def _pasts(looking: Looking, then: Then, ids: set[UUID], *, overdue: bool) -> dict[UUID, Past]:
    views = (renewals.VIEW, register.VIEW, dossier.VIEW, *((assessments.VIEW,) if overdue else ()))
    missing = sorted(ids - then.folded.keys())
    return {**then.folded, **(await looking.suppliers(missing, then.moment, for_views=views) if missing else {})}


def _dated(past: Past, place: tuple[date, str, UUID], kinds: Iterable[Kind]) -> Iterator[tuple[Place, Entry]]:
    """What was due on that day of that schedule."""
    day, key, _ = place
    if (row := past.rows(renewals.VIEW).get(key)) is not None:
        dues = [each for each in row.dates if each.on == day and each.kind in kinds]
    else:
        dues = [_overdue(row) for row in past.rounds if str(row.id) == key]
    for due in sorted(dues, key=lambda each: each.key):
        yield Place(day, key, due.key), _entry(past, due)


def _entry(past: Past, due: Due) -> Entry:
    line, kept = past.line, past.dossier
    use = kept.uses.get(str(due.use_id)) if kept else None
    subject = kept.subject(due.subject_id) if kept else None
    return Entry(
        due=due,
        supplier_name=line.name if line else "",
        owner=line.owner if line else None,
        use_title=use.title if use else "",
        subject_name=subject.name if subject else "",
    )


def _overdue(row: assessments.AssessmentRow) -> Due:
    return Due(
        key=f"{LATE}{row.id}",
        kind=Kind.OVERDUE,
        due_at=datetime.combine(row.due_on + timedelta(days=1), time(0, tzinfo=UTC)),
        on=row.due_on,
        what="Answers overdue",
        supplier_id=row.supplier_id,
        aggregate_id=row.id,
        use_id=row.use_id,
        subject_id=row.subject_id,
    )


def _place(after: str | None, since: date) -> Place:
    """`ValueError` for one that somebody made up."""
    day, key, id = after.split("|") if after else (since.isoformat(), "", "")
    return Place(date.fromisoformat(day), key, id)
