"""Kinds of attestations: how long they hold, when renewal is asked for, and which ones have to be there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from suppliers.bundled import bundled
from suppliers.errors import Refusal
from suppliers.factors import Tier
from suppliers.months import add_months
from suppliers.questionnaires.conditions import Condition, Facts, holds
from suppliers.questionnaires.model import Severity

SubjectKind = Literal["vendor_model", "data_source"]


class NoSuchAttestationType(Refusal):
    """There is no such type of attestation."""


class Part(BaseModel):
    """A part of the rules; a key it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AttestationType(Part):
    """One kind of document or statement."""

    code: str
    title: str
    issuer: str
    independent: bool
    months: int | None = None
    """Default validity; None = until its own end, or until something happens."""
    tier1_months: int | None = None
    counts_from: Literal["issue", "period_end"] = "issue"
    surveillance_months: int | None = None
    """Without a confirmation in this rhythm it stops counting."""
    review_months: int | None = None
    """Worth a look in this rhythm; it counts on meanwhile."""
    gap_letter_months: int | None = None
    version_bound: bool = False
    ends_when: str | None = None
    suspends_on_expiry: bool = False
    note: str | None = None
    proves: str
    does_not_prove: str


class Requirement(Part):
    """Something that has to be there; one of several types is enough."""

    id: str
    title: str
    any_of: tuple[str, ...] = Field(min_length=1)
    subject_kinds: tuple[SubjectKind, ...] = ("vendor_model", "data_source")
    when: Condition | None = None


class ReminderRow(Part):
    at_least_days: int
    days_before: tuple[int, ...]


class AfterTheEnd(Part):
    """Days after the end on which something follows."""

    finding: int
    escalate: int
    council: int


class AttestationRules(Part):
    """One version of the rules."""

    format: Literal["attestations/1"] = Field(alias="schema")
    id: str
    version: int
    types: tuple[AttestationType, ...]
    mandatory: tuple[Requirement, ...]
    reminders: tuple[ReminderRow, ...]
    after_the_end: AfterTheEnd
    finding_severity: Severity
    finding_severity_mandatory: Severity
    surveillance_grace_days: int
    longest_waiver_days: int

    @model_validator(mode="after")
    def _coherent(self) -> AttestationRules:
        codes = [each.code for each in self.types]
        named = {code for requirement in self.mandatory for code in requirement.any_of}
        if len(set(codes)) != len(codes) or not named <= set(codes):
            raise ValueError("a type is listed twice, or required and not listed")
        return self

    def type(self, code: str) -> AttestationType:
        """A type by its code."""
        if found := next((each for each in self.types if each.code == code), None):
            return found
        raise NoSuchAttestationType(code)


@cache
def attestation_rules() -> AttestationRules:
    """The bundled rules."""
    return AttestationRules.model_validate(bundled("attestations_v1.yaml"))


def default_end(
    kind: AttestationType, *, issued_on: date, period_end: date | None = None, tier: Tier | None = None
) -> date | None:
    """Until when it holds by the rules alone; None = no fixed end."""
    months = kind.tier1_months if tier is Tier.CRITICAL and kind.tier1_months else kind.months
    start = period_end if period_end and kind.counts_from == "period_end" else issued_on
    return None if months is None else add_months(start, months)


def effective_end(
    kind: AttestationType,
    *,
    issued_on: date,
    valid_until: date | None = None,
    period_end: date | None = None,
    confirmed_on: date | None = None,
    superseded_on: date | None = None,
    tier: Tier | None = None,
) -> date | None:
    """The last day on which it counts: the earliest of its own end, the default, a missed surveillance, a new version.

    `confirmed_on` is the day of the last surveillance; `superseded_on` the day we began to use another version.
    """
    ends = [valid_until, default_end(kind, issued_on=issued_on, period_end=period_end, tier=tier)]
    if kind.surveillance_months:
        due = add_months(confirmed_on or issued_on, kind.surveillance_months)
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
    length = (end - valid_from).days + 1
    rows = sorted(attestation_rules().reminders, key=lambda row: -row.at_least_days)
    return next((row.days_before for row in rows if length >= row.at_least_days), rows[-1].days_before)


def reminder_dates(valid_from: date, end: date) -> tuple[tuple[date, int], ...]:
    """Each day of the schedule with its days left, in order; days before the start are left out."""
    dates = ((end - timedelta(days=left), left) for left in reminder_days(valid_from, end))
    return tuple((day, left) for day, left in dates if day >= valid_from)


def reminder_due(valid_from: date, end: date, on: date) -> int | None:
    """The step of the schedule reached on a day (its days left), None before the first and after the end.

    After a standstill only the latest step is due: nobody gets five letters at once.
    """
    reached = [left for day, left in reminder_dates(valid_from, end) if day <= on]
    return min(reached) if reached and on <= end else None


def requirements(facts: Facts, subject_kind: SubjectKind) -> tuple[Requirement, ...]:
    """The mandatory set for these facts; an unknown fact requires nothing."""
    return tuple(
        each
        for each in attestation_rules().mandatory
        if subject_kind in each.subject_kinds and holds(each.when, facts, {}, unknown=False)
    )


def is_mandatory(code: str, required: Iterable[Requirement]) -> bool:
    """Whether a type serves one of these requirements."""
    return any(code in each.any_of for each in required)
