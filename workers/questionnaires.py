"""Letters of a round: the invitation, a new link, answers sent back, more time, the receipt, the note to the owner."""

from __future__ import annotations

from datetime import date
from functools import partial

from notifications import letters
from notifications.letter import Envelope, Letter
from suppliers.assessment import Assessment, AssessmentState
from suppliers.diligence import NoteQuestionnaireBounced, NoteQuestionnaireSent
from suppliers.ports import Recorded
from suppliers.questionnaires.course import minutes, possible
from workers.correspondence import Round, envelope, round_of
from workers.courier import post
from workers.workshop import Workshop

MOST_TO_HAND = 6


async def send_invitation(fact: Recorded, shop: Workshop) -> None:
    """Mail the invitation of one link, unless a newer link or the end of the round overtook it."""
    event = fact.event
    assert isinstance(event, Assessment.SendingRequested | Assessment.LinkRenewed)
    found = await round_of(shop, event.originator_id)
    key = f"invitation:{event.originator_id}:{event.link}"
    if found.contact is None or not _current(found, event.link):
        await shop.mailroom.drop(key)
        return
    message = event.message if isinstance(event, Assessment.SendingRequested) else ""
    letter = invitation(shop, found, envelope(shop, key, found.contact, found.owner), link=event.link, message=message)
    noted = partial(NoteQuestionnaireSent, assessment_id=event.originator_id, link=event.link, letter=key)
    await post(
        shop,
        letter,
        fact.position,
        sent=noted,
        refused=lambda code, text: NoteQuestionnaireBounced(
            assessment_id=event.originator_id, link=event.link, code=code, text=text
        ),
    )


def invitation(shop: Workshop, found: Round, to: Envelope, *, link: int, message: str) -> Letter:
    """The invitation as it is mailed and previewed."""
    asked = possible(found.questionnaire, found.assessment.facts)
    to_hand = [each for question in asked if question.evidence.required for each in question.evidence.ask]
    return letters.questionnaire_invitation(
        to,
        vendor=found.vendor,
        about=found.about,
        questions=len(asked),
        minutes=minutes(asked),
        due=found.assessment.due_on,
        link=shop.answer_link(found.assessment.id, link),
        purpose=found.use.purpose or found.use.title,
        message=message,
        to_hand=list(dict.fromkeys(to_hand))[:MOST_TO_HAND],
    )


async def send_back(fact: Recorded, shop: Workshop) -> None:
    """Tell the vendor which answers need clarification."""
    event = fact.event
    assert isinstance(event, Assessment.Returned)
    found = await round_of(shop, event.originator_id)
    key = f"returned:{event.originator_id}:{event.link}"
    if found.contact is None or not _current(found, event.link):
        await shop.mailroom.drop(key)
        return
    texts = {question.id: question.text for question in found.questionnaire.questions}
    items = [
        letters.Clarification(number=id, question=texts.get(id, id), remark=event.reason) for id in event.questions
    ] or [letters.Clarification(number="", question="", remark=event.reason)]
    letter = letters.returned_for_clarification(
        envelope(shop, key, found.contact, found.owner),
        vendor=found.vendor,
        about=found.about,
        items=items,
        due=event.due_on,
        link=shop.answer_link(event.originator_id, event.link),
    )
    await post(shop, letter, fact.position)


async def confirm_extension(fact: Recorded, shop: Workshop) -> None:
    """Tell the vendor that there is more time."""
    event = fact.event
    assert isinstance(event, Assessment.DeadlineExtended)
    found = await round_of(shop, event.originator_id)
    key = f"extended:{event.originator_id}:{event.due_on.isoformat()}"
    if found.contact is None or not found.assessment.with_vendor:
        await shop.mailroom.drop(key)
        return
    letter = letters.deadline_extended(
        envelope(shop, key, found.contact, found.owner),
        vendor=found.vendor,
        about=found.about,
        was_due=event.was_due,
        due=event.due_on,
        link=shop.answer_link(event.originator_id, found.assessment.link),
        reason=event.reason,
    )
    await post(shop, letter, fact.position)


async def confirm_withdrawal(fact: Recorded, shop: Workshop) -> None:
    """Tell the vendor that nothing more is to be done, if they were ever asked."""
    event = fact.event
    assert isinstance(event, Assessment.Withdrawn)
    found = await round_of(shop, event.originator_id)
    if found.contact is None or found.assessment.link == 0:
        return
    to = envelope(shop, f"withdrawn:{event.originator_id}", found.contact, found.owner)
    letter = letters.assessment_withdrawn(to, vendor=found.vendor, about=found.about, reason=event.reason)
    await post(shop, letter, fact.position)


async def send_receipt(fact: Recorded, shop: Workshop) -> None:
    """Give the vendor a receipt of what was handed in."""
    event = fact.event
    assert isinstance(event, Assessment.Submitted)
    found = await round_of(shop, event.originator_id)
    if found.contact is None:
        return
    letter = letters.submission_receipt(
        envelope(shop, f"receipt:{event.originator_id}:{event.originator_version}", found.contact, found.owner),
        vendor=found.vendor,
        about=found.about,
        submitted_at=event.timestamp,
        submitted_by=event.officer_name,
        answers=len(found.assessment.values),
        files=len(found.assessment.evidence),
        reference=event.answers_sha256[:16],
        link=shop.answer_link(event.originator_id, found.assessment.link),
    )
    await post(shop, letter, fact.position)


async def tell_owner(fact: Recorded, shop: Workshop) -> None:
    """Tell the owner of the relationship that answers arrived."""
    event = fact.event
    assert isinstance(event, Assessment.Submitted)
    found = await round_of(shop, event.originator_id)
    if found.owner is None:
        return
    letter = letters.answers_received(
        envelope(shop, f"answers:{event.originator_id}:{event.originator_version}", found.owner),
        vendor=found.vendor,
        about=found.about,
        submitted_at=event.timestamp,
        submitted_by=event.officer_name,
        answers=len(found.assessment.values),
        files=len(found.assessment.evidence),
        flags=len(found.assessment.flags),
        link=shop.page(f"assessments/{event.originator_id}"),
        due=_due(found),
    )
    await post(shop, letter, fact.position)


def _current(found: Round, link: int) -> bool:
    return found.assessment.link == link and found.assessment.with_vendor


def _due(found: Round) -> date | None:
    return found.assessment.due_on if found.assessment.state is not AssessmentState.OPENED else None
