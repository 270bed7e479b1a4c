"""A question comes on the docket, with the present posture, and off it again."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from suppliers.entitlement import BUYERS, REVIEWERS, allow
from suppliers.errors import AlreadyTabled
from suppliers.ports import Command, Desk, Handlers, new_id
from suppliers.review import Pack, Review
from suppliers.supplier import Supplier
from suppliers.use import Use


class TableReview(Command):
    """Ask the council to decide about a use, on its present posture."""

    review_id: UUID = Field(default_factory=new_id)
    use_id: UUID
    question: str
    pack: Pack


class RenewPack(Command):
    """Put the present posture under a tabled question."""

    review_id: UUID
    pack: Pack


class WithdrawReview(Command):
    """Take a question off the docket."""

    review_id: UUID
    reason: str


def table_review(command: TableReview, desk: Desk) -> None:
    """Requester and relationship owner are barred from deciding; a use is before the council once at a time."""
    allow(desk.actor, BUYERS | REVIEWERS)
    use = desk.get(Use, command.use_id)
    last = desk.find(Review, use.review_id) if use.review_id else None
    if last and last.tabled:
        raise AlreadyTabled
    supplier = desk.get(Supplier, use.supplier_id)
    barred = {use.requester} | ({supplier.owner} if supplier.owner else set())
    review = Review.table(
        id=command.review_id,
        supplier_id=use.supplier_id,
        use_id=use.id,
        question=command.question,
        pack=command.pack,
        assessment_id=use.assessment_id,
        barred=frozenset(barred),
        by=desk.actor.id,
        at=desk.now,
    )
    use.put_to_council(review.id, by=desk.actor.id, at=desk.now)
    desk.add(review)


def renew_pack(command: RenewPack, desk: Desk) -> None:
    allow(desk.actor, BUYERS | REVIEWERS)
    review = desk.get(Review, command.review_id)
    review.saw(command.expected_version)
    review.renew_pack(command.pack, by=desk.actor.id, at=desk.now)


def withdraw_review(command: WithdrawReview, desk: Desk) -> None:
    allow(desk.actor, BUYERS | REVIEWERS)
    review = desk.get(Review, command.review_id)
    review.saw(command.expected_version)
    review.withdraw(reason=command.reason, by=desk.actor.id, at=desk.now)


HANDLERS: Handlers = {
    TableReview: table_review,
    RenewPack: renew_pack,
    WithdrawReview: withdraw_review,
}
