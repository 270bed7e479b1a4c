"""What a posture is computed from. A view keeps these, so that the same numbers come out again on any day."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from suppliers.eu_ai_act import EuClass
from suppliers.factors import Factor, Tier, Verification
from suppliers.questionnaires.model import Domain, Severity
from suppliers.questionnaires.scoring import Standing


class _Fields(dict[type[BaseModel], set[str]]):
    """The names of a class's fields; whatever is made has them all."""

    def __missing__(self, kind: type[BaseModel]) -> set[str]:
        return self.setdefault(kind, set(kind.model_fields))


_FIELDS = _Fields()
_SET_VALUES = vars(BaseModel)["__dict__"].__set__
_SET_FIELDS = vars(BaseModel)["__pydantic_fields_set__"].__set__
_SET_EXTRA = vars(BaseModel)["__pydantic_extra__"].__set__
_SET_PRIVATE = vars(BaseModel)["__pydantic_private__"].__set__


class Frozen(BaseModel):
    """A value that is kept as JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def made(cls, **values: Any) -> Self:
        """Of values that are known to be right: every field in its order, none of them checked again."""
        new = object.__new__(cls)
        _SET_VALUES(new, values)
        _SET_FIELDS(new, _FIELDS[cls])
        _SET_EXTRA(new, None)
        _SET_PRIVATE(new, None)
        return new


class Fading(Frozen):
    """A score that falls with the age of a date: one up to `max_age_days`, zero at twice that."""

    since: date
    max_age_days: int


class AnswerEvidence(Frozen):
    """One asked question: what its answer is worth, how far that was checked, and how old the evidence is."""

    question: str
    weight: float
    half_life_days: int
    standing: Standing = Standing.COUNTED
    score: float | None = Field(default=None, ge=0, le=1)
    fading: Fading | None = None
    verification: Verification = Verification.SAID
    evidence_on: date | None = None
    """The date of the report or test; without evidence, of the answer."""


class SectionEvidence(Frozen):
    """A section of a questionnaire with what was asked in it."""

    __slots__ = ("decaying", "summed")
    """What was worked out of it (`decaying.py`, `effectiveness.py`); no part of it."""

    id: str
    title: str
    domain: Domain
    weight: float
    answers: tuple[AnswerEvidence, ...]


class OpenFinding(Frozen):
    """A gap that is not closed. A knock-out blocks unless a valid acceptance (an override) covers it."""

    id: str
    title: str
    domain: Domain
    severity: Severity
    knock_out: bool = False
    due_on: date | None = None
    planned: bool = False
    """Somebody owns a dated plan for it."""
    accepted_until: date | None = None

    def accepted(self, on: date) -> bool:
        return self.accepted_until is not None and on <= self.accepted_until

    def overdue(self, on: date) -> bool:
        return self.due_on is not None and on > self.due_on

    def blocks(self, on: date) -> bool:
        return self.knock_out and not self.accepted(on)


class MandatoryAttestation(Frozen):
    """One requirement of the mandatory set, with the best that is in force for it."""

    id: str
    title: str
    given: bool = False
    ends_on: date | None = None
    """Last day of validity; None with `given` = no fixed end."""
    waived_until: date | None = None
    suspends: bool = False
    """Its end stops the use (a data processing agreement)."""

    def expired(self, on: date) -> bool:
        """Ran out, and nothing replaced it; one that was never given is missing, not expired."""
        waived = self.waived_until is not None and on <= self.waived_until
        return self.given and self.ends_on is not None and on > self.ends_on and not waived


class UseInputs(Frozen):
    """Everything the posture of one use depends on."""

    factors: dict[Factor, int]
    tier: Tier | None
    eu_class: EuClass = EuClass.UNCLASSIFIED
    questionnaire: str = ""
    """`id@version` of the round the answers come from."""
    sections: tuple[SectionEvidence, ...] = ()
    findings: tuple[OpenFinding, ...] = ()
    attestations: tuple[MandatoryAttestation, ...] = ()
    suspended: str | None = None
    """Why the use, its subject or its supplier is suspended."""
    round_open: bool = False
    """The answers may still change."""
