"""The dates in a log."""

from __future__ import annotations

from projections import renewals
from projections.renewals import Due, Kind
from projections.view import fold
from tests.projections.log import Log


def dates(log: Log, *kinds: Kind) -> list[Due]:
    rows = fold(renewals.VIEW, log.facts).values()
    found = [each for row in rows for each in row.dates if not kinds or each.kind in kinds]
    return sorted(found, key=lambda each: each.due_at)


def steps(log: Log) -> list[str]:
    return [str(each.params["step"]) for each in dates(log, Kind.REMINDER)]
