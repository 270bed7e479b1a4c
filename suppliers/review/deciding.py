"""The council decides, or wants something first."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from suppliers.errors import (
    AboveAppetite,
    BlockedByKnockOut,
    ConditionsMissing,
    ConditionsUnexpected,
    DeferredToThePast,
    NoSeat,
    OwnRequest,
    PackOutdated,
)
from suppliers.ports import Actor, Role
from suppliers.reason import said
from suppliers.review.condition import Condition
from suppliers.review.outcome import APPROVALS, Outcome, ReviewState
from suppliers.review.pack import Pack
from suppliers.review.question import Question


class Deciding(Question, part=True):
    """How a question is answered."""

    class Deferred(Question.Event):
        """The council wants something first."""

        reason: str
        until: date
        by: UUID

    class Decided(Question.Event):
        """The council decided, with reasons."""

        outcome: Outcome
        reasons: str
        conditions: tuple[Condition, ...]
        valid_until: date | None
        seats: tuple[Role, ...]
        by: UUID

        def apply(self, review: Question) -> None:
            review.state, review.outcome, review.conditions = ReviewState.DECIDED, self.outcome, self.conditions

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
