"""How long an attestation holds, when renewal is asked for, and which ones have to be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from suppliers.attestation_types import (
    AttestationRules,
    AttestationType,
    NoSuchAttestationType,
    Requirement,
    SubjectKind,
    attestation_rules,
)
from suppliers.factors import Tier
from suppliers.months import add_months
from suppliers.questionnaires.conditions import Facts, holds

__all__ = [
    "AttestationRules",
    "AttestationType",
    "NoSuchAttestationType",
    "Requirement",
    "attestation_rules",
    "default_end",
    "effective_end",
    "is_mandatory",
    "next_check",
    "reminder_dates",
    "reminder_days",
    "reminder_due",
    "reminders",
    "requirements",
]


def default_end(
    kind: AttestationType, *, issued_on: date, period_end: date | None = None, tier: Tier | None = None
) -> date | None:
    """Until when it holds by the rules alone; None = no fixed end."""
    months = kind.tier1_months if tier is Tier.CRITICAL and kind.tier1_months else kind.months
    start = period_end if period_end and kind.counts_from == "period_end" else issued_on
    return None if months is None else add_months(start, months)


def effective_end(
    kind: AttestationType,
    issued_on: date,
    valid_until: date | None = None,
    *,
    period_end: date | None = None,
    confirmed_on: date | None = None,
    superseded_on: date | None = None,
    tier: Tier | None = None,
) -> date | None:
    """The last day on which it counts: the earliest of its own end, the default, a missed surveillance, a new version.

    `confirmed_on` is the day of the last surveillance (of the issue, before the first one); without it surveillance
    is not judged. `superseded_on` is the day we began to use another version.
    """
    ends = [valid_until, default_end(kind, issued_on=issued_on, period_end=period_end, tier=tier)]
    if kind.surveillance_months and confirmed_on is not None:
        due = add_months(confirmed_on, kind.surveillance_months)
        ends.append(due + timedelta(days=attestation_rules().surveillance_grace_days))
    if kind.version_bound and superseded_on is not None:
        ends.append(superseded_on - timedelta(days=1))
    return min((end for end in ends if end is not None), default=None)


def next_check(kind: AttestationType, *, issued_on: date, confirmed_on: date | None = None) -> date | None:
    """When a surveillance or a review is due next."""
    months = kind.surveillance_months or kind.review_months
    return add_months(confirmed_on or issued_on, months) if months else None


def reminder_days(valid_from: date, end: date) -> tuple[int, ...]:
    """Days before the end on which renewal is asked for: the longer it held, the earlier."""
    return _days_before((end - valid_from).days + 1)


@lru_cache(4_096)
def _days_before(length: int) -> tuple[int, ...]:
    rows = sorted(attestation_rules().reminders, key=lambda row: -row.at_least_days)
    return next((row.days_before for row in rows if length >= row.at_least_days), rows[-1].days_before)


def reminder_dates(valid_from: date, end: date) -> tuple[tuple[date, int], ...]:
    """Each day of the schedule with its days left, in order; days before the start are left out."""
    return tuple(reminders(valid_from, end))


def reminders(valid_from: date, end: date) -> Iterator[tuple[date, int]]:
    """The same, one after the other."""
    for left in reminder_days(valid_from, end):
        if (day := end - timedelta(left)) >= valid_from:
            yield day, left


def reminder_due(valid_from: date, end: date, on: date) -> int | None:
    """The step of the schedule reached on a day (its days left), None before the first and after the end.

    After a standstill only the latest step is due: nobody gets five letters at once.
    """
    reached = [left for day, left in reminder_dates(valid_from, end) if day <= on]
    return min(reached) if reached and on <= end else None


def requirements(
    facts: Facts, subject_kind: SubjectKind, *, among: Iterable[Requirement] | None = None
) -> tuple[Requirement, ...]:
    """The mandatory set for these facts, or what of some requirements is in it; an unknown fact requires nothing."""
    return tuple(
        [
            each
            for each in (attestation_rules().mandatory if among is None else among)
            if subject_kind in each.subject_kinds and holds(each.when, facts, {}, unknown=False)
        ]
    )


def is_mandatory(code: str, required: Iterable[Requirement]) -> bool:
    """Whether a type serves one of these requirements."""
    return any(code in each.any_of for each in required)
