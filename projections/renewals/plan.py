"""The dates that follow from what a schedule knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter

from projections.renewals.schedule import Due, Kind, Schedule
from projections.view import but, new, text_of
from suppliers.assessment import LAPSES_AFTER
from suppliers.attestation_rules import reminder_dates
from suppliers.cadence import Nudge, launch_on, next_due, nudges
from suppliers.factors import Tier
from suppliers.policy import policy

MORNING = time(7, tzinfo=UTC)
"""Letters go out when people begin to work."""
MIDNIGHT = time(0, tzinfo=UTC)
"""What ends with a day is over when the next begins."""

Params = Mapping[str, str | int]
NONE: Params = {}
NAMES = {kind: kind.value for kind in Kind}
DAY = timedelta(days=1)


def planned(row: Schedule) -> Schedule:
    """The schedule with its dates, in order."""
    dates = list(PLANS[row.kind](row)) if row.going else []
    if not dates:
        return but(row, dates=()) if row.dates else row
    return but(row, dates=tuple(sorted(dates, key=_place)))


_place = attrgetter("due_at", "key")


def _assessment(row: Schedule) -> Iterator[Due]:
    assert row.begins_on and row.ends_on
    for nudge in nudges(row.begins_on, row.ends_on, policy()):
        if row.reached_on is None or nudge.on > row.reached_on:
            yield _due(row, Kind.REMINDER, _at(nudge.on, MORNING), nudge.on, "Reminder", nudge.step, _step(nudge))
    if not row.overdue:
        yield _over(row, Kind.OVERDUE, row.ends_on, "Answers due")
    yield _over(row, Kind.LAPSE, row.ends_on + LAPSES_AFTER, "Unanswered questionnaire lapses")


def _step(nudge: Nudge) -> Params:
    return {"step": nudge.step, "escalates": int(nudge.escalates), "opens_finding": int(nudge.opens_finding)}


def _attestation(row: Schedule) -> Iterator[Due]:
    if row.ends_on is None or row.begins_on is None:
        return
    what = f"Ask for renewal: {row.title}"
    for day, left in reminder_dates(row.begins_on, row.ends_on):
        if row.reached_on is None or day > row.reached_on:
            yield _due(row, Kind.RENEWAL, _at(day, MORNING), day, what, str(left), {"days_left": left})
    yield _over(row, Kind.ATTESTATION_END, row.ends_on, f"{row.title} ends")


def _use(row: Schedule) -> Iterator[Due]:
    if row.approved and row.ends_on is not None:
        yield _over(row, Kind.APPROVAL_END, row.ends_on, "Approval ends")
    if row.begins_on is not None and row.tier is not None and not row.round_open:
        tier = Tier(row.tier)
        next_round = next_due(tier, row.begins_on, policy())
        launch = launch_on(next_round.on, tier, policy()).isoformat()
        what = f"Next assessment: {next_round.reason}"
        yield _due(row, Kind.NEXT_ROUND, _at(next_round.on, MORNING), next_round.on, what, params={"launch_on": launch})


def _review(row: Schedule) -> Iterator[Due]:
    for each in row.promises:
        what = f"Condition due: {each.text}"
        yield _over(row, Kind.CONDITION, each.due_on, what, str(each.index), {"index": each.index})


def _supplier(row: Schedule) -> Iterator[Due]:
    if row.ratify_by is not None:
        day = row.ratify_by.date()
        yield _due(row, Kind.RATIFICATION, row.ratify_by, day, "Suspension lapses unless the council ratifies it")


PLANS: dict[str, Callable[[Schedule], Iterator[Due]]] = {
    "assessment": _assessment,
    "attestation": _attestation,
    "use": _use,
    "review": _review,
    "supplier": _supplier,
}


def _over(row: Schedule, kind: Kind, day: date, what: str, step: str = "", params: Params = NONE) -> Due:
    """Something whose last day this is."""
    return _due(row, kind, _at(day + DAY, MIDNIGHT), day, what, step, params)


def _due(
    row: Schedule, kind: Kind, due_at: datetime, on: date, what: str, step: str = "", params: Params = NONE
) -> Due:
    return new(
        Due,
        key=f"{NAMES[kind]}:{text_of(row.id)}{':' if step else ''}{step}",
        kind=kind,
        due_at=due_at,
        on=on,
        what=what,
        supplier_id=row.supplier_id,
        aggregate_id=row.id,
        use_id=row.use_id,
        subject_id=row.subject_id,
        params=params,
    )


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour)
