"""A use: what we use a model or data source for. Tier, EU AI Act class and approval belong to the use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from suppliers.aggregate import Aggregate, Created
from suppliers.errors import (
    AlreadyRetired,
    Ignored,
    IntakeMissing,
    OwnRequest,
    ProhibitedUse,
    TierOnlyUp,
    WrongUseState,
)
from suppliers.eu_ai_act import Classification, EuClass
from suppliers.reason import said
from suppliers.word import Word

Fact = bool | int | str | list[str]
"""A value of the questionnaires' `facts` vocabulary."""


class SubjectKind(Word):
    VENDOR_MODEL = "vendor_model"
    DATA_SOURCE = "data_source"


class UseState(Word):
    """Where a use stands on its way to a decision."""

    DESCRIBED = "described"
    INTAKE_COMPLETE = "intake_complete"
    IN_ASSESSMENT = "in_assessment"
    READY = "ready_for_decision"
    APPROVED = "approved"
    CONDITIONAL = "conditionally_approved"
    REJECTED = "rejected"
    UNDER_REVIEW = "under_review"
    SUSPENDED = "suspended"
    RETIRED = "retired"


IN_USE = frozenset({UseState.APPROVED, UseState.CONDITIONAL})
ENDED = frozenset({UseState.REJECTED, UseState.RETIRED})


class Intake(BaseModel):
    """What the requester says: questionnaire facts, and factors 0-4 (None = not known) of the risk method."""

    model_config = ConfigDict(frozen=True)

    facts: Mapping[str, Fact]
    factors: Mapping[str, int | None]


class Rating(BaseModel):
    """Inherent risk 0-100 and the tier 1 (critical) to 4 (low) it leads to (None = prohibited), with the reasons."""

    model_config = ConfigDict(frozen=True)

    scores: Mapping[str, int]
    inherent: float
    tier: int | None
    reasons: tuple[str, ...] = ()
    policy: str


class Use(Aggregate):
    """A purpose for which we use one subject of one supplier."""

    CARRIED: ClassVar[tuple[str, ...]] = ("supplier_id",)

    class Event(Aggregate.Event):
        """A fact about a use."""

        supplier_id: UUID

    class Described(Event, Created):
        """Someone wants to use a subject for a purpose."""

        subject_id: UUID
        subject_kind: SubjectKind
        title: str
        purpose: str
        requester: UUID

        def apply(self, use: Use) -> None:
            use.supplier_id, use.subject_id, use.subject_kind = self.supplier_id, self.subject_id, self.subject_kind
            use.title, use.purpose, use.requester = self.title, self.purpose, self.requester
            use.intake = use.rating = use.classification = use.tier = use.approved_until = use.assessment_id = None
            use.class_confirmed, use.state, use.before_suspension = False, UseState.DESCRIBED, UseState.DESCRIBED
            use.reassessed_on = None

    class IntakeCompleted(Event):
        """The questions that decide tier and questionnaire were answered."""

        intake: Intake
        by: UUID

        def apply(self, use: Use) -> None:
            use.intake = self.intake
            if use.state is UseState.DESCRIBED:
                use.state = UseState.INTAKE_COMPLETE

    class EuClassRecorded(Event):
        """We classified this use under the EU AI Act."""

        classification: Classification
        by: UUID

        def apply(self, use: Use) -> None:
            use.classification, use.class_confirmed = self.classification, False

    class EuClassConfirmed(Event):
        """Legal agreed with the classification."""

        by: UUID

        def apply(self, use: Use) -> None:
            use.class_confirmed = True

    class TierAssigned(Event):
        """The policy computed inherent risk and tier from the intake."""

        rating: Rating

        def apply(self, use: Use) -> None:
            use.rating, use.tier = self.rating, self.rating.tier

    class TierOverridden(Event):
        """Somebody entitled set another tier; a lower one expires."""

        tier: int
        reason: str
        by: UUID
        expires_on: date | None = None

        def apply(self, use: Use) -> None:
            use.tier = self.tier

    class AssessmentStarted(Event):
        """A round of questions about this use began."""

        assessment_id: UUID

        def apply(self, use: Use) -> None:
            use.assessment_id = self.assessment_id
            if use.state not in IN_USE:
                use.state = UseState.IN_ASSESSMENT

    class ReadiedForDecision(Event):
        """A completed round lies before the council."""

        assessment_id: UUID

        def apply(self, use: Use) -> None:
            if use.state not in IN_USE:
                use.state = UseState.READY

    class Approved(Event):
        """The council approved this use."""

        review_id: UUID
        until: date

        def apply(self, use: Use) -> None:
            use.state, use.approved_until = UseState.APPROVED, self.until

    class ConditionallyApproved(Event):
        """The council approved this use under conditions."""

        review_id: UUID
        until: date

        def apply(self, use: Use) -> None:
            use.state, use.approved_until = UseState.CONDITIONAL, self.until

    class Rejected(Event):
        """The council rejected this use."""

        review_id: UUID

        def apply(self, use: Use) -> None:
            use.state, use.approved_until = UseState.REJECTED, None

    class ApprovalExpired(Event):
        """The approval ran out; no new use until the council decides again."""

        def apply(self, use: Use) -> None:
            use.state, use.approved_until = UseState.UNDER_REVIEW, None

    class ReviewTriggered(Event):
        """Something happened that the approval does not cover."""

        reason: str
        by: UUID

        def apply(self, use: Use) -> None:
            use.state = UseState.UNDER_REVIEW

    class Suspended(Event):
        """This use was stopped."""

        reason: str
        by: UUID

        def apply(self, use: Use) -> None:
            use.before_suspension, use.state = use.state, UseState.SUSPENDED

    class Reinstated(Event):
        """This use may go on."""

        reason: str
        by: UUID

        def apply(self, use: Use) -> None:
            use.state = use.before_suspension

    class PostureReassessed(Event):
        """Time alone moved the posture: evidence aged, or something ran out."""

        on: date

        def apply(self, use: Use) -> None:
            use.reassessed_on = self.on

    class Retired(Event):
        """We stopped using the subject for this purpose."""

        reason: str
        by: UUID

        def apply(self, use: Use) -> None:
            use.state, use.approved_until = UseState.RETIRED, None

    supplier_id: UUID
    subject_id: UUID
    subject_kind: SubjectKind
    title: str
    purpose: str
    requester: UUID
    state: UseState
    intake: Intake | None
    rating: Rating | None
    tier: int | None
    classification: Classification | None
    class_confirmed: bool
    assessment_id: UUID | None
    approved_until: date | None
    before_suspension: UseState
    reassessed_on: date | None

    @classmethod
    def describe(
        cls,
        *,
        id: UUID,
        supplier_id: UUID,
        subject_id: UUID,
        subject_kind: SubjectKind,
        title: str,
        purpose: str,
        requester: UUID,
        at: datetime,
    ) -> Use:
        """Say what we want to use a subject for."""
        return cls._create(
            cls.Described,
            id=id,
            supplier_id=supplier_id,
            subject_id=subject_id,
            subject_kind=subject_kind,
            title=title,
            purpose=purpose,
            requester=requester,
            timestamp=at,
        )

    @property
    def eu_class(self) -> EuClass:
        return self.classification.eu_class if self.classification else EuClass.UNCLASSIFIED

    @property
    def in_use(self) -> bool:
        return self.state in IN_USE

    def complete_intake(self, intake: Intake, *, by: UUID, at: datetime) -> None:
        self._live()
        if intake == self.intake:
            raise Ignored
        self.record(self.IntakeCompleted, intake=intake, by=by, at=at)

    def classify(self, classification: Classification, *, by: UUID, at: datetime) -> None:
        self._live()
        self.record(self.EuClassRecorded, classification=classification, by=by, at=at)

    def confirm_class(self, *, by: UUID, at: datetime) -> None:
        """Legal agrees; the requester cannot confirm what they filled in."""
        self._live()
        if self.classification is None:
            raise IntakeMissing
        if by == self.requester:
            raise OwnRequest
        if self.class_confirmed:
            raise Ignored
        self.record(self.EuClassConfirmed, by=by, at=at)

    def rate(self, rating: Rating, *, at: datetime) -> None:
        self._live()
        if rating != self.rating:
            self.record(self.TierAssigned, rating=rating, at=at)

    def override_tier(
        self, tier: int, *, reason: str, by: UUID, council: bool, at: datetime, expires_on: date | None = None
    ) -> None:
        """Set another tier: upward by anyone in risk, downward by the council with an expiry."""
        self._live()
        if self.tier is None:
            raise IntakeMissing
        if tier == self.tier:
            raise Ignored
        if tier > self.tier and not (council and expires_on is not None):
            raise TierOnlyUp
        self.record(self.TierOverridden, tier=tier, reason=said(reason), by=by, expires_on=expires_on, at=at)

    def start_assessment(self, assessment_id: UUID, *, at: datetime) -> None:
        """Begin a round; needs an intake, and a class that is not prohibited."""
        self._live()
        if self.eu_class is EuClass.PROHIBITED:
            raise ProhibitedUse
        if self.intake is None or self.tier is None:
            raise IntakeMissing
        self.record(self.AssessmentStarted, assessment_id=assessment_id, at=at)

    def ready_for_decision(self, assessment_id: UUID, *, at: datetime) -> None:
        self._live()
        self.record(self.ReadiedForDecision, assessment_id=assessment_id, at=at)

    def approve(self, *, review_id: UUID, conditional: bool, until: date, at: datetime) -> None:
        self._live()
        self.record(
            self.ConditionallyApproved if conditional else self.Approved, review_id=review_id, until=until, at=at
        )

    def reject(self, *, review_id: UUID, at: datetime) -> None:
        self._live()
        self.record(self.Rejected, review_id=review_id, at=at)

    def expire_approval(self, *, at: datetime) -> None:
        if self.state not in IN_USE or self.approved_until is None or at.date() <= self.approved_until:
            raise Ignored
        self.record(self.ApprovalExpired, at=at)

    def trigger_review(self, reason: str, *, by: UUID, at: datetime) -> None:
        if self.state not in IN_USE:
            raise Ignored
        self.record(self.ReviewTriggered, reason=said(reason), by=by, at=at)

    def suspend(self, *, reason: str, by: UUID, at: datetime) -> None:
        if self.state not in IN_USE | {UseState.UNDER_REVIEW}:
            raise WrongUseState
        self.record(self.Suspended, reason=said(reason), by=by, at=at)

    def reinstate(self, *, reason: str, by: UUID, at: datetime) -> None:
        if self.state is not UseState.SUSPENDED:
            raise WrongUseState
        self.record(self.Reinstated, reason=said(reason), by=by, at=at)

    def reassess(self, on: date, *, at: datetime) -> None:
        """Put on the record that time moved the posture on this day; once a day."""
        if self.state in ENDED or self.reassessed_on == on:
            raise Ignored
        self.record(self.PostureReassessed, on=on, at=at)

    def retire(self, *, reason: str, by: UUID, at: datetime) -> None:
        self._live()
        self.record(self.Retired, reason=said(reason), by=by, at=at)

    def _live(self) -> None:
        if self.state is UseState.RETIRED:
            raise AlreadyRetired
