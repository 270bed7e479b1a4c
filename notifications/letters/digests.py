"""What comes due, in one letter instead of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from notifications.letter import Envelope, Letter
from notifications.stationery import render


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """One thing that comes due."""

    what: str
    vendor: str
    due: date
    link: str


def renewal_digest(envelope: Envelope, *, today: date, until: date, renewals: Sequence[Renewal], link: str) -> Letter:
    """List for an owner what is overdue and what comes due until a day, soonest first."""
    soonest = sorted(renewals, key=lambda renewal: (renewal.due, renewal.vendor, renewal.what))
    return render(
        "renewal_digest",
        envelope,
        until=until,
        late=[renewal for renewal in soonest if renewal.due < today],
        coming=[renewal for renewal in soonest if renewal.due >= today],
        link=link,
    )
