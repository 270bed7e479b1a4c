"""The council decides, and what follows for the use and its supplier."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from suppliers.errors import ValidityTooLong
from suppliers.governance.validity import longest
from suppliers.policy import ScoringPolicy
from suppliers.ports import Command, Desk, Handlers
from suppliers.review import APPROVALS, Condition, Outcome, Pack, Review
from suppliers.supplier import IN_SERVICE, Standing, Supplier
from suppliers.use import Use


class DeferReview(Command):
    """Want something first."""

    review_id: UUID
    reason: str
    until: date


class DecideReview(Command):
    """Decide; `current` is the posture at this moment, `valid_until` defaults to the longest the policy allows."""

    review_id: UUID
    outcome: Outcome
    reasons: str
    conditions: tuple[Condition, ...] = ()
    valid_until: date | None = None
    current: Pack


def defer_review(command: DeferReview, desk: Desk) -> None:
    review = desk.get(Review, command.review_id)
    review.saw(command.expected_version)
    review.defer(reason=command.reason, until=command.until, by=desk.actor, at=desk.now)


def decide_review(command: DecideReview, desk: Desk, *, policy: ScoringPolicy) -> None:
    """Record the decision and what follows from it for the use and the supplier, all or nothing."""
    review = desk.get(Review, command.review_id)
    review.saw(command.expected_version)
    use = desk.get(Use, review.use_id)
    supplier = desk.get(Supplier, review.supplier_id)
    until = _validity(command, review, desk, policy)
    review.decide(
        outcome=command.outcome,
        reasons=command.reasons,
        conditions=command.conditions,
        valid_until=until,
        current=command.current,
        by=desk.actor,
        at=desk.now,
    )
    _follow(review, use, supplier, until, command, desk)


def _validity(command: DecideReview, review: Review, desk: Desk, policy: ScoringPolicy) -> date | None:
    latest = longest(command.outcome, review.pack.tier, policy, desk.now.date())
    if latest is None:
        return None
    until = command.valid_until or latest
    if until > latest:
        raise ValidityTooLong(f"At most until {latest.isoformat()}.")
    return until


def _follow(
    review: Review, use: Use, supplier: Supplier, until: date | None, command: DecideReview, desk: Desk
) -> None:
    by, at = desk.actor.id, desk.now
    if command.outcome in APPROVALS and until is not None:
        conditional = command.outcome is Outcome.CONDITIONAL
        use.approve(review_id=review.id, conditional=conditional, until=until, at=at)
        if supplier.standing is Standing.SUSPENDED:
            supplier.reinstate(reason=command.reasons, by=by, at=at)
        supplier.approve(review_id=review.id, conditional=conditional, at=at)
    elif command.outcome is Outcome.REJECT:
        use.reject(review_id=review.id, at=at)
    elif supplier.standing is Standing.SUSPENDED:
        supplier.ratify_suspension(review_id=review.id, at=at)
    elif supplier.standing in IN_SERVICE:
        supplier.suspend(reason=command.reasons, by=by, ratified=True, at=at)


def handlers(policy: ScoringPolicy) -> Handlers:
    """The table of these commands."""
    return {
        DeferReview: defer_review,
        DecideReview: partial(decide_review, policy=policy),
    }
