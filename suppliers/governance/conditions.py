"""The conditions of an approval: met, or missed."""

from __future__ import annotations

from uuid import UUID

from suppliers.entitlement import REVIEWERS, allow, allow_system
from suppliers.ports import SYSTEM, Command, Desk, Handlers
from suppliers.review import Review
from suppliers.use import Use


class MeetCondition(Command):
    """Note that a condition is fulfilled."""

    review_id: UUID
    index: int
    evidence: str


class MissCondition(Command):
    """Note that a condition's due date passed unfulfilled."""

    retried = True
    review_id: UUID
    index: int


def meet_condition(command: MeetCondition, desk: Desk) -> None:
    allow(desk.actor, REVIEWERS)
    review = desk.get(Review, command.review_id)
    review.meet_condition(command.index, evidence=command.evidence, by=desk.actor.id, at=desk.now)


def miss_condition(command: MissCondition, desk: Desk) -> None:
    """A missed condition takes the approval's ground away: the use goes under review."""
    allow_system(desk.actor)
    review = desk.get(Review, command.review_id)
    review.miss_condition(command.index, at=desk.now)
    use = desk.get(Use, review.use_id)
    if use.in_use:
        reason = f"Condition missed: {review.conditions[command.index].text}"
        use.trigger_review(reason, by=SYSTEM.id, at=desk.now)


HANDLERS: Handlers = {
    MeetCondition: meet_condition,
    MissCondition: miss_condition,
}
