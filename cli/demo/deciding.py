"""The council: a question is tabled on the present posture, perhaps deferred, decided, and its conditions watched."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from cli.demo.matter import WORDS, Matter
from cli.demo.portfolio import Step
from suppliers.governance import DecideReview, DeferReview, MeetCondition, RenewPack, TableReview, WithdrawReview
from suppliers.ports import Actor, Role
from suppliers.review import APPROVALS, Condition, Outcome, Pack, Review
from suppliers.supplier import IN_SERVICE, Standing, Supplier

WISHES = {
    "approve": Outcome.APPROVE,
    "condition": Outcome.CONDITIONAL,
    "reject": Outcome.REJECT,
    "suspend": Outcome.SUSPEND,
}
SEAT_OF = (Role.LEGAL, Role.SECURITY, Role.DATA, Role.PRODUCT, Role.OPERATIONS)
CONDITION_DAYS = (30, 60, 90, 45)


async def decide(matter: Matter, step: Step) -> None:
    """The plan says what the council would like; what it may do depends on the posture."""
    world, id = matter.world, matter.id("review", step.day)
    manager = world.holding(Role.RISK_MANAGER)[matter.dice.randint(0, 1)]
    pack = await world.views.pack(matter.supplier_id, matter.use_id)
    question = matter.say("questions")
    await world.issue(TableReview(review_id=id, use_id=matter.use_id, question=question, pack=pack), manager)
    if step.stops == "tabled":
        return
    await world.calendar.until(world.calendar.later(matter.dice.randint(2, 6), 14))
    review = await world.load(Review, id)
    seat = world.seat(SEAT_OF[matter.dice.randrange(len(SEAT_OF))], review.barred)
    if step.do == "withdraw_review":
        await world.issue(WithdrawReview(review_id=id, reason=step.reason), manager)
        return
    if step.stops == "deferred" or step.after:
        await _defer(matter, step, id, seat)
        if step.stops == "deferred":
            return
    await _conclude(matter, step, id, seat, manager)


async def _defer(matter: Matter, step: Step, id: UUID, seat: Actor) -> None:
    world, days = matter.world, step.after or 21
    until = world.calendar.now().date() + timedelta(days=days)
    await world.issue(DeferReview(review_id=id, reason=matter.say("reasons", "defer"), until=until), seat)
    if step.stops != "deferred":
        await world.calendar.until(world.calendar.later(days, 15))


async def _conclude(matter: Matter, step: Step, id: UUID, seat: Actor, manager: Actor) -> None:
    world = matter.world
    current = await world.views.pack(matter.supplier_id, matter.use_id)
    if (await world.load(Review, id)).pack.outdated_by(current):
        await world.issue(RenewPack(review_id=id, pack=current), manager)
        world.calendar.pass_seconds(1800)
    supplier = await world.load(Supplier, matter.supplier_id)
    outcome = possible(WISHES[step.do], current, supplier.standing)
    conditions = _conditions(matter, step) if outcome is Outcome.CONDITIONAL else ()
    decision = DecideReview(
        review_id=id,
        outcome=outcome,
        reasons=step.reason or matter.say("reasons", outcome.value),
        conditions=conditions,
        current=current,
    )
    await world.issue(decision, seat)
    for index, condition in enumerate(conditions):
        if not (step.missed and index == 0):
            world.calendar.begin(_meet(matter, id, index, condition))


def possible(wish: Outcome, pack: Pack, standing: Standing) -> Outcome:
    """What comes closest to the wish and is allowed."""
    if wish in APPROVALS and pack.knock_outs:
        return Outcome.REJECT
    if wish in APPROVALS and standing not in IN_SERVICE | {Standing.ONBOARDING, Standing.SUSPENDED}:
        return Outcome.REJECT
    return Outcome.CONDITIONAL if wish is Outcome.APPROVE and not pack.within_appetite else wish


def _conditions(matter: Matter, step: Step) -> tuple[Condition, ...]:
    today, number = matter.world.calendar.now().date(), 1 if step.missed else matter.dice.randint(1, 3)
    texts = matter.dice.sample(WORDS["conditions"], number)
    days = CONDITION_DAYS if step.missed else matter.dice.sample(CONDITION_DAYS, number)
    owners = [matter.requester, *matter.world.holding(Role.PROCUREMENT)[:2]]
    return tuple(
        Condition(text=text, owner=owners[n % len(owners)].id, due_on=today + timedelta(days=days[n]))
        for n, text in enumerate(texts)
    )


async def _meet(matter: Matter, id: UUID, index: int, condition: Condition) -> None:
    """Some days before it is due."""
    left = (condition.due_on - matter.world.calendar.now().date()).days
    await matter.world.calendar.until(matter.world.calendar.later(left - matter.dice.randint(4, 12), 11))
    evidence = matter.say("met")
    reviewer = matter.world.seat(Role.SECURITY)
    await matter.world.issue(MeetCondition(review_id=id, index=index, evidence=evidence), reviewer)
