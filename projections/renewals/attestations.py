"""The schedule of an attestation: when its renewal is asked for, and when it ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from projections.names.titles import title
from projections.renewals.rows import VIEW, Schedule
from projections.view import but, new, text_of
from suppliers.attestation import Attestation
from suppliers.ports import Recorded


def its_schedule(event: Any, recorded: Recorded) -> Iterable[str]:
    return (f"attestation:{text_of(event.originator_id)}",)


@VIEW.on(Attestation.Given, keys=its_schedule)
def given(_: None, event: Attestation.Given, recorded: Recorded) -> Schedule:
    return new(
        Schedule,
        kind="attestation",
        id=event.originator_id,
        supplier_id=event.supplier_id,
        subject_id=event.subject_id,
        title=title(event.type),
        begins_on=event.document.valid_from,
        ends_on=event.document.valid_until,
        reached_on=day_before(event),
    )


@VIEW.on(Attestation.RenewalRequested, keys=its_schedule)
def asked(row: Schedule, event: Attestation.RenewalRequested, recorded: Recorded) -> Schedule:
    """Earlier steps are done with it."""
    if row.ends_on is None:
        return row
    step = row.ends_on - timedelta(days=event.days_left)
    return but(row, reached_on=max(step, row.reached_on or step))


@VIEW.on(Attestation.Renewed, keys=its_schedule)
def renewed(row: Schedule, event: Attestation.Renewed, recorded: Recorded) -> Schedule:
    valid = event.document
    return but(row, going=True, begins_on=valid.valid_from, ends_on=valid.valid_until, reached_on=day_before(event))


@VIEW.on(Attestation.Rejected, Attestation.Lapsed, Attestation.Revoked, keys=its_schedule)
def ended(row: Schedule, event: Attestation.Event, recorded: Recorded) -> Schedule:
    """It may come back: a lapsed one can be renewed."""
    return but(row, going=False)


def day_before(event: Any) -> date:
    """Steps before the day on which it reached us are not made up for; that day's own is."""
    yesterday: date = event.timestamp.date() - timedelta(days=1)
    return yesterday
