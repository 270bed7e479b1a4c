"""A round of questions: opened and sent by us, answered by the supplier, as far as the plan lets it come."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from cli.demo.matter import Matter, mailbox
from cli.demo.portfolio import Quality, Step
from cli.demo.questionnaire import Sitting
from cli.demo.reviewing import give_back, review
from suppliers.answering import AskForTime, BeginAnswering, SubmitAnswers
from suppliers.assessment import Assessment
from suppliers.diligence import ChangeContact, ExtendDeadline, OpenAssessment, SendQuestionnaire, WithdrawAssessment
from suppliers.onboarding import ContactDetails, NameContact
from suppliers.people import VerifyAddress
from suppliers.person import Person
from suppliers.ports import SYSTEM, Actor, Role

BEGINS = {"strong": (1, 3), "middling": (2, 6), "weak": (4, 9)}
"""Days until somebody looks at it."""
TAKES = {"strong": (4, 9), "middling": (6, 11), "weak": (8, 10)}
"""Days from there to handing in."""


async def assess(matter: Matter, step: Step) -> None:
    """From opening to closing, or to where the step says that it stops."""
    world, id = matter.world, matter.id("round", step.day)
    buyer = world.holding(Role.PROCUREMENT)[matter.dice.randint(0, 1)]
    await world.issue(OpenAssessment(assessment_id=id, use_id=matter.use_id), buyer)
    if step.stops == "opened":
        return
    await world.calendar.until(world.calendar.later(matter.dice.choice((0, 1)), 14 + matter.dice.random()))
    contact = await _send(matter, step, id, buyer)
    if contact is None or step.stops == "sent":
        return
    if step.stops == "withdrawn":
        await _withdraw(matter, step, id, buyer)
        return
    if await _answer(matter, step, id, contact):
        await review(matter, step, id, quality_of(matter, step))


def quality_of(matter: Matter, step: Step) -> Quality:
    return step.quality or matter.supplier.quality


async def _send(matter: Matter, step: Step, id: UUID, buyer: Actor) -> Actor | None:
    """Ask for the invitation; when it bounces for good, the round waits for a better address."""
    world = matter.world
    address = f"{mailbox(matter.supplier.contact)}@{matter.supplier.domain}"
    if step.bounces:
        world.mail.post.unknown.add(address)
    await world.issue(SendQuestionnaire(assessment_id=id, message=matter.say("messages")), buyer)
    if not step.bounces:
        return matter.contact
    await world.calendar.until(world.calendar.later(2, 10))
    if step.stops == "bounced":
        return None
    successor = await _name(matter, step.colleague or "Office of the managing director", id, buyer)
    await world.issue(ChangeContact(assessment_id=id, contact=successor.id), buyer)
    await world.issue(SendQuestionnaire(assessment_id=id), buyer)
    return successor


async def _name(matter: Matter, name: str, id: UUID, buyer: Actor) -> Actor:
    contact = Actor(id=matter.world.names.id("contact", id, name), kind="vendor")
    details = ContactDetails(name=name, email=f"{mailbox(name)}@{matter.supplier.domain}")
    await matter.world.issue(NameContact(supplier_id=matter.supplier_id, contact_id=contact.id, contact=details), buyer)
    return contact


async def _withdraw(matter: Matter, step: Step, id: UUID, buyer: Actor) -> None:
    await matter.world.calendar.until(matter.world.calendar.later(5, 11))
    await matter.world.issue(WithdrawAssessment(assessment_id=id, reason=step.reason), buyer)


async def _answer(matter: Matter, step: Step, id: UUID, contact: Actor) -> bool:
    """Whether it came to a submission that is to be reviewed."""
    world, quality = matter.world, quality_of(matter, step)
    await world.calendar.until(
        world.calendar.later(matter.dice.randint(*BEGINS[quality]), 9 + 5 * matter.dice.random())
    )
    await _begin(matter, id, contact)
    if step.more_time:
        await _ask_for_time(matter, id, contact)
    days = matter.dice.randint(*TAKES[quality]) + step.after
    sitting = Sitting(matter, id, contact, quality, step.slips)
    await sitting.fill_in(days=days, share=0.45 if step.stops == "begun" else 1.0)
    if step.stops == "begun":
        return False
    await _submit(matter, id, contact)
    if step.stops == "submitted":
        return False
    if step.returned or step.stops == "returned":
        questions = await give_back(matter, id)
        if step.stops == "returned":
            return False
        await world.calendar.until(world.calendar.later(4, 13))
        await _begin(matter, id, contact)
        await sitting.improve(questions)
        await _submit(matter, id, contact)
    return True


async def _begin(matter: Matter, id: UUID, contact: Actor) -> None:
    assessment = await matter.world.load(Assessment, id)
    await matter.world.issue(BeginAnswering(assessment_id=id, link=assessment.link), contact)
    if not (await matter.world.load(Person, contact.id)).verified:
        await matter.world.issue(VerifyAddress(person_id=contact.id), SYSTEM)


async def _ask_for_time(matter: Matter, id: UUID, contact: Actor) -> None:
    assessment = await matter.world.load(Assessment, id)
    until = assessment.due_on + timedelta(days=14)
    reason = "Our security lead is on leave until the end of the month."
    await matter.world.issue(AskForTime(assessment_id=id, until=until, reason=reason), contact)
    await matter.world.calendar.until(matter.world.calendar.later(1, 10))
    granted = ExtendDeadline(assessment_id=id, due_on=until, reason="Granted: the reason is understandable.")
    await matter.world.issue(granted, matter.world.holding(Role.PROCUREMENT)[0])


async def _submit(matter: Matter, id: UUID, contact: Actor) -> None:
    matter.world.calendar.pass_seconds(600)
    name, title = matter.supplier.contact, matter.supplier.title
    await matter.world.issue(SubmitAnswers(assessment_id=id, officer_name=name, officer_title=title), contact)
