"""A review: what the council is asked, on which posture, and what it decided with which reasons and conditions."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from suppliers.aggregate import Aggregate, Created
from suppliers.errors import (
    AboveAppetite,
    AlreadyDecided,
    BlockedByKnockOut,
    ConditionsMissing,
    ConditionsUnexpected,
    DeferredToThePast,
    Ignored,
    NoSeat,
    OwnRequest,
    PackOutdated,
    UnknownCondition,
)
from suppliers.ports import Actor, Role
from suppliers.reason import said
from suppliers.word import Word

SHIFT = 5.0
"""A pack is outdated when the residual risk moved by this much since it was prepared (domain reference, 8.6)."""


class Outcome(Word):
    """What the council can decide."""

    APPROVE = "approve"
    CONDITIONAL = "approve_with_conditions"
    REJECT = "reject"
    SUSPEND = "suspend"


APPROVALS = frozenset({Outcome.APPROVE, Outcome.CONDITIONAL})


class ReviewState(Word):
    TABLED = "tabled"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class Pack(BaseModel):
    """The posture a decision rests on, as it stood at a log position under a policy version."""

    model_config = ConfigDict(frozen=True)

    position: int
    policy: str
    tier: int
    band: str
    residual: float
    confidence: float
    knock_outs: tuple[str, ...] = ()
    within_appetite: bool
    provisional: bool = False
    questionnaire: str = ""
    why: str = ""

    def outdated_by(self, current: Pack) -> bool:
        """Whether the posture moved too far since this pack was prepared."""
        return (
            self.band != current.band
            or self.knock_outs != current.knock_outs
            or abs(self.residual - current.residual) >= SHIFT
        )


class Condition(BaseModel):
    """What an approval depends on; missing it by its due date triggers a review of the use."""

    model_config = ConfigDict(frozen=True)

    text: str
    owner: UUID
    due_on: date


class Review(Aggregate):
    """One item on the council's docket."""

    CARRIED: ClassVar[tuple[str, ...]] = ("supplier_id", "use_id")

    class Event(Aggregate.Event):
        """A fact about a review."""

        supplier_id: UUID
        use_id: UUID

    class Tabled(Event, Created):
        """The council was asked to decide about a use."""

        question: str
        pack: Pack
        assessment_id: UUID | None
        barred: frozenset[UUID]
        by: UUID

        def apply(self, review: Review) -> None:
            review.supplier_id, review.use_id = self.supplier_id, self.use_id
            review.question, review.pack, review.barred = self.question, self.pack, self.barred
            review.assessment_id, review.state, review.conditions = self.assessment_id, ReviewState.TABLED, ()
            review.met, review.missed, review.outcome = frozenset(), frozenset(), None

    class PackRenewed(Event):
        """The posture moved; the council decides on the present one."""

        pack: Pack
        by: UUID

        def apply(self, review: Review) -> None:
            review.pack = self.pack

    class Deferred(Event):
        """The council wants something first."""

        reason: str
        until: date
        by: UUID

    class Decided(Event):
        """The council decided, with reasons."""

        outcome: Outcome
        reasons: str
        conditions: tuple[Condition, ...]
        valid_until: date | None
        seats: tuple[Role, ...]
        by: UUID

        def apply(self, review: Review) -> None:
            review.state, review.outcome, review.conditions = ReviewState.DECIDED, self.outcome, self.conditions

    class ConditionMet(Event):
        """A condition of the approval is fulfilled."""

        index: int
        evidence: str
        by: UUID

        def apply(self, review: Review) -> None:
            review.met = review.met | {self.index}

    class ConditionMissed(Event):
        """A condition was not fulfilled by its due date."""

        index: int

        def apply(self, review: Review) -> None:
            review.missed = review.missed | {self.index}

    class Withdrawn(Event):
        """The question was taken off the docket."""

        reason: str
        by: UUID

        def apply(self, review: Review) -> None:
            review.state = ReviewState.WITHDRAWN

    supplier_id: UUID
    use_id: UUID
    question: str
    pack: Pack
    barred: frozenset[UUID]
    assessment_id: UUID | None
    state: ReviewState
    outcome: Outcome | None
    conditions: tuple[Condition, ...]
    met: frozenset[int]
    missed: frozenset[int]

    @classmethod
    def table(
        cls,
        *,
        id: UUID,
        supplier_id: UUID,
        use_id: UUID,
        question: str,
        pack: Pack,
        assessment_id: UUID | None,
        barred: frozenset[UUID],
        by: UUID,
        at: datetime,
    ) -> Review:
        """Put a question on the docket; `barred` persons (requester, owner) cannot decide it."""
        return cls._create(
            cls.Tabled,
            id=id,
            supplier_id=supplier_id,
            use_id=use_id,
            question=said(question),
            pack=pack,
            assessment_id=assessment_id,
            barred=barred,
            by=by,
            timestamp=at,
        )

    def renew_pack(self, pack: Pack, *, by: UUID, at: datetime) -> None:
        self._open()
        if not self.pack.outdated_by(pack):
            raise Ignored
        self.record(self.PackRenewed, pack=pack, by=by, at=at)

    def defer(self, *, reason: str, until: date, by: Actor, at: datetime) -> None:
        self._entitled(by)
        if until <= at.date():
            raise DeferredToThePast
        self.record(self.Deferred, reason=said(reason), until=until, by=by.id, at=at)

    def decide(
        self,
        *,
        outcome: Outcome,
        reasons: str,
        conditions: tuple[Condition, ...],
        valid_until: date | None,
        current: Pack,
        by: Actor,
        at: datetime,
    ) -> None:
        """Decide on the posture of the pack; `current` is the posture now and must not differ from it by much."""
        self._entitled(by)
        if self.pack.outdated_by(current):
            raise PackOutdated
        if outcome in APPROVALS:
            self._may_approve(outcome, current)
        if outcome is Outcome.CONDITIONAL and not conditions:
            raise ConditionsMissing
        if outcome is not Outcome.CONDITIONAL and conditions:
            raise ConditionsUnexpected
        self.record(
            self.Decided,
            outcome=outcome,
            reasons=said(reasons),
            conditions=conditions,
            valid_until=valid_until,
            seats=tuple(sorted(by.seats)),
            by=by.id,
            at=at,
        )

    def meet_condition(self, index: int, *, evidence: str, by: UUID, at: datetime) -> None:
        self._condition(index)
        if index in self.met:
            raise Ignored
        self.record(self.ConditionMet, index=index, evidence=said(evidence), by=by, at=at)

    def miss_condition(self, index: int, *, at: datetime) -> None:
        condition = self._condition(index)
        if index in self.met | self.missed or at.date() <= condition.due_on:
            raise Ignored
        self.record(self.ConditionMissed, index=index, at=at)

    def withdraw(self, *, reason: str, by: UUID, at: datetime) -> None:
        self._open()
        self.record(self.Withdrawn, reason=said(reason), by=by, at=at)

    def may_decide(self, by: Actor) -> bool:
        """Whether this person may decide: a seat (the risk manager alone for tier 4), and no stake in it."""
        seated = bool(by.seats) or (self.pack.tier == 4 and by.holds(Role.RISK_MANAGER))
        return seated and by.id not in self.barred

    def _entitled(self, by: Actor) -> None:
        self._open()
        if by.id in self.barred:
            raise OwnRequest
        if not self.may_decide(by):
            raise NoSeat

    def _may_approve(self, outcome: Outcome, current: Pack) -> None:
        if current.knock_outs:
            raise BlockedByKnockOut
        if outcome is Outcome.APPROVE and not current.within_appetite:
            raise AboveAppetite

    def _open(self) -> None:
        if self.state is not ReviewState.TABLED:
            raise AlreadyDecided

    def _condition(self, index: int) -> Condition:
        if not 0 <= index < len(self.conditions):
            raise UnknownCondition
        return self.conditions[index]
