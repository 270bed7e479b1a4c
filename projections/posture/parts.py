"""What a supplier's posture is put together from: as little of each thing as its uses are judged by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from pydantic import BeforeValidator, Field

from projections.view import Row
from suppliers.assessment import QuestionnaireRef
from suppliers.eu_ai_act import EuClass, HighRiskRoute
from suppliers.factors import Factor
from suppliers.posture import Band, Given
from suppliers.questionnaires import Severity

FACTORS = tuple(Factor)
NAMES = tuple(factor.value for factor in Factor)


def _in_order(scores: Any) -> Any:
    """Rows of the version before have names to them."""
    return [scores.get(name) for name in NAMES] if isinstance(scores, dict) else scores


class Profile(Row):
    """What the requester said of a use."""

    facts: Mapping[str, Any]
    factors: Annotated[tuple[int | None, ...], BeforeValidator(_in_order)]
    """0 to 4 for each factor in their order; None = not known."""

    @property
    def named(self) -> dict[str, int | None]:
        return dict(zip(NAMES, self.factors, strict=True))


class Classed(Row):
    """Its class under the EU AI Act."""

    eu_class: EuClass
    route: HighRiskRoute | None = None


class Rated(Row):
    """How it was rated: by a new policy it is rated anew."""

    scores: Annotated[tuple[int, ...], BeforeValidator(_in_order)]
    """0 to 4 for each factor in their order."""
    tier: int | None
    policy: str


class Point(NamedTuple):
    """How it stood at the end of a day on which something about it happened."""

    on: date
    score: float
    band: Band
    confidence: float


class Proof(Row):
    """A file behind an answer, and the date of what it proves."""

    question: str
    on: date


class Flag(Row):
    """A flag that an answer raised and nobody cleared."""

    question: str
    severity: Severity
    knock_out: bool
    note: str
    raised_on: date


class Round(Row):
    """The answers of one assessment, as a draft or, once submitted, as they count."""

    __slots__ = ("found",)
    """What was worked out of it (`answered.py`); no part of the row."""

    id: UUID
    use_id: UUID
    questionnaire: QuestionnaireRef
    facts: Mapping[str, Any]
    answers: dict[str, Given] = Field(default_factory=dict)
    proofs: Mapping[str, Proof] = {}
    flags: Mapping[str, Flag] = {}


class Attested(Row):
    """An attestation as far as a posture depends on it. One that was rejected or does not cover is not kept."""

    type: str
    subject_id: UUID | None
    begins_on: date
    ends_on: date | None
