"""Kinds of attestations and the mandatory set, as versioned data."""

from __future__ import annotations

from functools import cache, cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from suppliers.bundled import bundled
from suppliers.errors import Refusal
from suppliers.questionnaires.conditions import Condition
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

    @cached_property
    def by_code(self) -> dict[str, AttestationType]:
        return {each.code: each for each in self.types}

    @cached_property
    def stopping(self) -> frozenset[str]:
        """Types that serve something whose end stops a use."""
        stops = (each for each in self.mandatory if self.stops(each))
        return frozenset(code for each in stops for code in each.any_of)

    def stops(self, requirement: Requirement) -> bool:
        """Whether a use stops when it has run out."""
        return any(self.by_code[code].suspends_on_expiry for code in requirement.any_of)

    def type(self, code: str) -> AttestationType:
        """A type by its code."""
        if found := self.by_code.get(code):
            return found
        raise NoSuchAttestationType(code)


@cache
def attestation_rules() -> AttestationRules:
    """The bundled rules."""
    return AttestationRules.model_validate(bundled("attestations_v1.yaml"))
