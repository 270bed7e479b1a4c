"""The parts of a dossier: models, data sources, uses, attestations, decisions in brief."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from projections.view import Row
from suppliers.attestation import AttestationState, Coverage, Document, Opinion
from suppliers.data_source import SourceDetails
from suppliers.eu_ai_act import Classification
from suppliers.review import Outcome, ReviewState
from suppliers.use import ENDED, Intake, Rating, SubjectKind, UseState
from suppliers.vendor_model import ModelDetails


class Version(Row):
    """A version of a model, and when we began to use it."""

    version: str
    announced_at: datetime
    released_on: date | None = None
    adopted_at: datetime | None = None


class ModelEntry(Row):
    """A vendor's model; `adopted` is the version in use."""

    id: UUID
    version: int
    details: ModelDetails
    adopted: str
    versions: tuple[Version, ...] = ()
    registered_by: UUID
    registered_at: datetime
    changed_at: datetime
    retired_reason: str | None = None

    @property
    def name(self) -> str:
        return self.details.name


class Release(Row):
    release: str
    received_on: date


class SourceEntry(Row):
    """A data source and its deliveries."""

    id: UUID
    version: int
    details: SourceDetails
    releases: tuple[Release, ...] = ()
    registered_by: UUID
    registered_at: datetime
    changed_at: datetime
    retired_reason: str | None = None

    @property
    def name(self) -> str:
        return self.details.name


class UseEntry(Row):
    """A use. `assessment_id` is its latest round; `reason` says why it is suspended, under review or retired."""

    id: UUID
    version: int
    subject_id: UUID
    subject_kind: SubjectKind
    title: str
    purpose: str
    requester: UUID
    described_at: datetime
    state: UseState
    since: datetime
    reason: str = ""
    before_suspension: UseState
    intake: Intake | None = None
    classification: Classification | None = None
    classified_by: UUID | None = None
    class_confirmed_by: UUID | None = None
    rating: Rating | None = None
    tier: int | None = None
    tier_reason: str = ""
    """Why it is not the policy's tier, if somebody set another."""
    tier_by: UUID | None = None
    tier_until: date | None = None
    assessment_id: UUID | None = None
    review_id: UUID | None = None
    approved_until: date | None = None

    @property
    def active(self) -> bool:
        return self.state not in ENDED

    @property
    def to_confirm(self) -> bool:
        """Legal has not agreed with its class yet."""
        return self.class_confirmed_by is None and self.classification is not None and self.active


class AttestationEntry(Row):
    """An attestation; `reason` says why it was rejected or revoked."""

    id: UUID
    version: int
    type: str
    title: str
    subject_id: UUID | None
    document: Document
    assessment_id: UUID | None = None
    state: AttestationState
    given_by: UUID
    given_at: datetime
    changed_at: datetime
    how: str = ""
    covers: Coverage | None = None
    opinion: Opinion | None = None
    verified_by: UUID | None = None
    verified_at: datetime | None = None
    reason: str = ""
    renewal_asked_at: datetime | None = None
    days_left_when_asked: int | None = None

    @property
    def to_verify(self) -> bool:
        return self.state is AttestationState.GIVEN


class DecisionEntry(Row):
    """What the council was asked and what it decided, in brief; all of it is in the docket."""

    review_id: UUID
    use_id: UUID
    question: str
    state: ReviewState
    tabled_at: datetime
    outcome: Outcome | None = None
    reasons: str = ""
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    valid_until: date | None = None
    conditions: int = 0
    conditions_met: int = 0
    conditions_missed: int = 0
