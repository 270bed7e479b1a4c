"""A posture as the API tells it: every score and every domain by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict

from projections.posture.parts import Attested, Classed, Flag, Proof
from suppliers.assessment import QuestionnaireRef
from suppliers.factors import Factor
from suppliers.posture import Band, Posture
from suppliers.questionnaires import Domain
from suppliers.supplier import Standing
from suppliers.use import SubjectKind, UseState
from suppliers.word import Word


class Told(BaseModel):
    """Made from a row."""

    model_config = ConfigDict(from_attributes=True)


def named(kind: type[Word]) -> Callable[[Sequence[Any]], dict[Word, Any]]:
    """What a row keeps in the order of an enumeration; what is not known is left out."""

    def told(values: Sequence[Any]) -> dict[Word, Any]:
        return {each: value for each, value in zip(kind, values, strict=True) if value is not None}

    return told


Scores = Annotated[dict[Factor, int], BeforeValidator(named(Factor))]


class Intake(Told):
    """What the requester said; a factor that is not known is missing."""

    facts: Mapping[str, Any]
    factors: Scores


class Rating(Told):
    """What the use was rated by, and the tier that gave it (null = prohibited)."""

    scores: Scores
    tier: int | None
    policy: str


class Stand(Told):
    """A use's risk in numbers; a domain that nothing was asked about is missing."""

    residual: float
    band: Band
    confidence: float
    worst_domain: Domain
    domains: Annotated[dict[Domain, float], BeforeValidator(named(Domain))]
    findings: Mapping[str, str]


class Point(Told):
    """How it stood at the end of a day on which something about it happened."""

    on: date
    score: float
    band: Band
    confidence: float


class Answer(Told):
    """What was answered and how far it was checked; `evidence_on` is the date of the report, not of its upload."""

    value: str | int | float | tuple[str, ...]
    answered_on: date
    attached: bool
    evidence_on: date | None
    verdict: str | None
    mark: float | None
    superseded: bool


class Answers(Told):
    """A round: the answers of one assessment, and what is open about them."""

    id: UUID
    use_id: UUID
    questionnaire: QuestionnaireRef
    facts: Mapping[str, Any]
    answers: Mapping[str, Answer]
    proofs: Mapping[str, Proof]
    flags: Mapping[str, Flag]


class ExplainedUse(Told):
    """A use, what it is judged by, and how it stands."""

    id: UUID
    title: str
    subject_id: UUID
    subject_kind: SubjectKind
    state: UseState
    before_suspension: UseState
    suspended: str | None
    intake: Intake | None
    classification: Classed | None
    rating: Rating | None
    tier: int | None
    superseded_on: date | None
    round_open: bool
    counted: Answers | None
    stand: Stand | None
    next_change_on: date | None
    next_band: Band | None
    before: Stand | None
    result: Posture | None
    moved: tuple[str, ...]
    history: tuple[Point, ...]


class Explained(Told):
    """A supplier's posture, use by use."""

    id: UUID
    standing: Standing
    before_suspension: Standing | None
    suspended: str | None
    on: date
    uses: Mapping[str, ExplainedUse]
    drafts: Mapping[str, Answers]
    attestations: Mapping[str, Attested]
    history: tuple[Point, ...]
