"""The dates that follow from what a schedule knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from projections.renewals.dated import Due, Kind
from projections.view import new, text_of
from suppliers.assessment import LAPSES_AFTER
from suppliers.attestation_rules import reminders
from suppliers.cadence import Nudge, launch_on, next_due, nudges
from suppliers.factors import Tier
from suppliers.policy import policy

if TYPE_CHECKING:
    from projections.renewals.schedule import Schedule

MORNING = time(7, tzinfo=UTC)
"""Letters go out when people begin to work."""
MIDNIGHT = time(0, tzinfo=UTC)
"""What ends with a day is over when the next begins."""

Params = Mapping[str, str | int]
NONE: Params = {}
NAMES = {kind: kind.value for kind in Kind}
DAY = timedelta(days=1)


class Step(NamedTuple):
    """A date, but for what its schedule itself tells."""

    kind: Kind
    due_at: datetime
    on: date
    what: str
    step: str = ""
    params: Params = NONE

    def key(self, id: str) -> str:
        """Names it for ever."""
        return f"{NAMES[self.kind]}:{id}:{self.step}" if self.step else f"{NAMES[self.kind]}:{id}"


class Plan(NamedTuple):
    """The dates of one kind of schedule."""

    ends: Callable[[Schedule], Iterator[Step]]
    """In no order."""
    before: Callable[[Schedule], Iterator[Step]] = lambda row: iter(())
    """What leads up to them, in the order in which it may be acted upon; for the timekeeper alone."""


def planned(row: Schedule) -> tuple[Due, ...]:
    """In the order in which they may be acted upon."""
    plan = PLANS[row.kind]
    steps = chain(plan.before(row), plan.ends(row)) if row.going else ()
    return tuple(sorted([_due(row, each) for each in steps], key=attrgetter("due_at", "key")))


def _due(row: Schedule, step: Step) -> Due:
    return new(
        Due,
        key=step.key(text_of(row.id)),
        kind=step.kind,
        due_at=step.due_at,
        on=step.on,
        what=step.what,
        supplier_id=row.supplier_id,
        aggregate_id=row.id,
        use_id=row.use_id,
        subject_id=row.subject_id,
        params=step.params,
    )


def _reminders(row: Schedule) -> Iterator[Step]:
    assert row.begins_on and row.ends_on
    for nudge in nudges(row.begins_on, row.ends_on, policy()):
        if row.reached_on is None or nudge.on > row.reached_on:
            yield Step(Kind.REMINDER, _at(nudge.on, MORNING), nudge.on, "Reminder", nudge.step, _orders(nudge))


def _answers(row: Schedule) -> Iterator[Step]:
    assert row.ends_on
    if not row.overdue:
        yield _over(Kind.OVERDUE, row.ends_on, "Answers due")
    yield _over(Kind.LAPSE, row.ends_on + LAPSES_AFTER, "Unanswered questionnaire lapses")


def _orders(nudge: Nudge) -> Params:
    return {"step": nudge.step, "escalates": int(nudge.escalates), "opens_finding": int(nudge.opens_finding)}


def _requests(row: Schedule) -> Iterator[Step]:
    if row.ends_on is None or row.begins_on is None:
        return
    what = f"Ask for renewal: {row.title}"
    for day, left in reminders(row.begins_on, row.ends_on):
        if row.reached_on is None or day > row.reached_on:
            yield Step(Kind.RENEWAL, _at(day, MORNING), day, what, str(left), {"days_left": left})


def _attestation(row: Schedule) -> Iterator[Step]:
    if row.ends_on is not None and row.begins_on is not None:
        yield _over(Kind.ATTESTATION_END, row.ends_on, f"{row.title} ends")


def _use(row: Schedule) -> Iterator[Step]:
    if row.approved and row.ends_on is not None:
        yield _over(Kind.APPROVAL_END, row.ends_on, "Approval ends")
    if row.begins_on is not None and row.tier is not None and not row.round_open:
        tier = Tier(row.tier)
        next_round = next_due(tier, row.begins_on, policy())
        launch = launch_on(next_round.on, tier, policy()).isoformat()
        what = f"Next assessment: {next_round.reason}"
        yield Step(Kind.NEXT_ROUND, _at(next_round.on, MORNING), next_round.on, what, params={"launch_on": launch})


def _review(row: Schedule) -> Iterator[Step]:
    for each in row.promises:
        what = f"Condition due: {each.text}"
        yield _over(Kind.CONDITION, each.due_on, what, str(each.index), {"index": each.index})


def _supplier(row: Schedule) -> Iterator[Step]:
    if row.ratify_by is not None:
        day, what = row.ratify_by.date(), "Suspension lapses unless the council ratifies it"
        yield Step(Kind.RATIFICATION, row.ratify_by, day, what)


PLANS: Mapping[str, Plan] = {
    "assessment": Plan(_answers, before=_reminders),
    "attestation": Plan(_attestation, before=_requests),
    "use": Plan(_use),
    "review": Plan(_review),
    "supplier": Plan(_supplier),
}


def _over(kind: Kind, day: date, what: str, step: str = "", params: Params = NONE) -> Step:
    """Something whose last day this is."""
    return Step(kind, _at(day + DAY, MIDNIGHT), day, what, step, params)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour)
