"""Commands of governance: classify a use, table it, decide, watch the conditions; and what time does to decisions."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from pydantic import Field

from suppliers.entitlement import BUYERS, REVIEWERS, allow, allow_system
from suppliers.errors import ValidityTooLong
from suppliers.factors import Tier
from suppliers.policy import ScoringPolicy
from suppliers.ports import SYSTEM, Command, Desk, Handlers, new_id
from suppliers.review import APPROVALS, Condition, Outcome, Pack, Review
from suppliers.supplier import IN_SERVICE, Standing, Supplier
from suppliers.use import Use

DAYS_A_MONTH = 30.4375


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


class WithdrawReview(Command):
    """Take a question off the docket."""

    review_id: UUID
    reason: str


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


class ExpireApproval(Command):
    """Note that an approval ran out."""

    retried = True
    use_id: UUID


class ReassessPosture(Command):
    """Note that time alone moved the posture of a use."""

    retried = True
    use_id: UUID
    on: date


class LapseSuspension(Command):
    """Note that nobody ratified an emergency suspension."""

    retried = True
    supplier_id: UUID


def table_review(command: TableReview, desk: Desk) -> None:
    """Requester and relationship owner are barred from deciding."""
    allow(desk.actor, BUYERS | REVIEWERS)
    use = desk.get(Use, command.use_id)
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
    desk.add(review)


def renew_pack(command: RenewPack, desk: Desk) -> None:
    allow(desk.actor, BUYERS | REVIEWERS)
    review = desk.get(Review, command.review_id)
    review.saw(command.expected_version)
    review.renew_pack(command.pack, by=desk.actor.id, at=desk.now)


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
    if command.outcome not in APPROVALS:
        return None
    months = policy.cadence[Tier(review.pack.tier)].full_months
    longest = desk.now.date() + timedelta(days=round(months * DAYS_A_MONTH))
    if command.outcome is Outcome.CONDITIONAL:
        longest = min(longest, desk.now.date() + timedelta(days=policy.approval.conditional_days))
    until = command.valid_until or longest
    if until > longest:
        raise ValidityTooLong(f"At most until {longest.isoformat()}.")
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


def withdraw_review(command: WithdrawReview, desk: Desk) -> None:
    allow(desk.actor, BUYERS | REVIEWERS)
    review = desk.get(Review, command.review_id)
    review.saw(command.expected_version)
    review.withdraw(reason=command.reason, by=desk.actor.id, at=desk.now)


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


def expire_approval(command: ExpireApproval, desk: Desk) -> None:
    allow_system(desk.actor)
    desk.get(Use, command.use_id).expire_approval(at=desk.now)


def reassess_posture(command: ReassessPosture, desk: Desk) -> None:
    allow_system(desk.actor)
    desk.get(Use, command.use_id).reassess(command.on, at=desk.now)


def lapse_suspension(command: LapseSuspension, desk: Desk) -> None:
    allow_system(desk.actor)
    desk.get(Supplier, command.supplier_id).lapse_suspension(at=desk.now)


def handlers(policy: ScoringPolicy) -> Handlers:
    """The table of this activity's commands."""
    return {
        TableReview: table_review,
        RenewPack: renew_pack,
        DeferReview: defer_review,
        DecideReview: partial(decide_review, policy=policy),
        WithdrawReview: withdraw_review,
        MeetCondition: meet_condition,
        MissCondition: miss_condition,
        ExpireApproval: expire_approval,
        ReassessPosture: reassess_posture,
        LapseSuspension: lapse_suspension,
    }
