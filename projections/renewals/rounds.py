"""The schedule of a round: reminders, the due date, the end of patience."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from projections.renewals.rows import VIEW, Schedule
from projections.view import but, new, text_of
from suppliers.assessment import Assessment
from suppliers.cadence import nudges
from suppliers.policy import policy
from suppliers.ports import Recorded


def its_schedule(event: Any, recorded: Recorded) -> Iterable[str]:
    return (f"assessment:{text_of(event.originator_id)}",)


def its_schedule_and_the_uses(event: Any, recorded: Recorded) -> Iterable[str]:
    return (f"assessment:{text_of(event.originator_id)}", f"use:{text_of(event.use_id)}")


@VIEW.on(Assessment.Opened, keys=its_schedule)
def opened(_: None, event: Assessment.Opened, recorded: Recorded) -> Schedule:
    """Nothing is due before it is sent."""
    return new(
        Schedule,
        kind="assessment",
        id=event.originator_id,
        supplier_id=event.supplier_id,
        use_id=event.use_id,
        subject_id=event.subject_id,
        going=False,
        ends_on=event.due_on,
    )


@VIEW.on(Assessment.SendingRequested, keys=its_schedule)
def sending(row: Schedule, event: Assessment.SendingRequested, recorded: Recorded) -> Schedule:
    today = event.timestamp.date()
    return but(row, going=True, begins_on=today, reached_on=today, overdue=False)


@VIEW.on(Assessment.QuestionnaireBounced, keys=its_schedule)
def bounced(row: Schedule, event: Assessment.QuestionnaireBounced, recorded: Recorded) -> Schedule:
    return row if row.round_open else but(row, going=False)


@VIEW.on(Assessment.QuestionnaireSent, Assessment.Begun, keys=its_schedule)
def arrived(row: Schedule, event: Assessment.Event, recorded: Recorded) -> Schedule:
    """A letter that bounces later (a renewed link) no longer stops the round."""
    return but(row, round_open=True)


@VIEW.on(Assessment.ReminderDue, keys=its_schedule)
def reminded(row: Schedule, event: Assessment.ReminderDue, recorded: Recorded) -> Schedule:
    """Earlier steps are done with it: nobody gets five letters at once after a standstill."""
    assert row.begins_on and row.ends_on
    days = [each.on for each in nudges(row.begins_on, row.ends_on, policy()) if each.step == event.step]
    known = [day for day in (row.reached_on, *days) if day is not None]
    return but(row, reached_on=max(known))


@VIEW.on(Assessment.Submitted, keys=its_schedule)
def submitted(row: Schedule, event: Assessment.Submitted, recorded: Recorded) -> Schedule:
    return but(row, going=False, overdue=False)


@VIEW.on(Assessment.Returned, keys=its_schedule)
def returned(row: Schedule, event: Assessment.Returned, recorded: Recorded) -> Schedule:
    today = event.timestamp.date()
    return but(row, going=True, overdue=False, begins_on=today, reached_on=today, ends_on=event.due_on)


@VIEW.on(Assessment.DeadlineExtended, keys=its_schedule)
def extended(row: Schedule, event: Assessment.DeadlineExtended, recorded: Recorded) -> Schedule:
    return but(row, overdue=False, reached_on=event.timestamp.date(), ends_on=event.due_on)


@VIEW.on(Assessment.BecameOverdue, keys=its_schedule)
def overdue(row: Schedule, event: Assessment.BecameOverdue, recorded: Recorded) -> Schedule:
    return but(row, overdue=True)


@VIEW.on(Assessment.Closed, keys=its_schedule)
def closed(row: Schedule, event: Assessment.Closed, recorded: Recorded) -> None:
    return None


@VIEW.on(Assessment.Withdrawn, Assessment.Lapsed, keys=its_schedule_and_the_uses)
def ended(row: Schedule, event: Assessment.Event, recorded: Recorded) -> Schedule | None:
    """Without answers the use is due for its next round as before."""
    return but(row, round_open=False) if row.kind == "use" else None
