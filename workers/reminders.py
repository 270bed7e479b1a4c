"""Letters that time sends: reminders of a questionnaire, requests to renew an attestation, and what lapsed."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import partial

from notifications import letters
from notifications.letter import Correspondent, Letter
from suppliers.assessment import LAPSES_AFTER, Assessment
from suppliers.assurance import NoteRenewalReminderSent
from suppliers.attestation import Attestation, AttestationState
from suppliers.diligence import NoteReminderSent
from suppliers.ports import Recorded
from suppliers.questionnaires.course import asked, missing
from suppliers.supplier import Supplier
from workers.correspondence import Round, any_subject_name, correspondent, envelope, round_of
from workers.courier import post
from workers.workshop import Workshop

ESCALATES_AFTER = 3
"""Reminders of an attestation after which its owner is told that the vendor does not react."""


async def remind_vendor(fact: Recorded, shop: Workshop) -> None:
    """Mail a step of the reminder schedule to the vendor."""
    event = fact.event
    assert isinstance(event, Assessment.ReminderDue)
    found = await round_of(shop, event.originator_id)
    key = f"reminder:{event.originator_id}:{found.assessment.due_on.isoformat()}:{event.step}"
    if found.contact is None or not found.assessment.with_vendor:
        await shop.mailroom.drop(key)
        return
    letter = _reminder(shop, found, key, found.contact)
    noted = partial(NoteReminderSent, assessment_id=event.originator_id, step=event.step, letter=key)
    await post(shop, letter, fact.position, sent=noted)


def _reminder(shop: Workshop, found: Round, key: str, contact: Correspondent) -> Letter:
    assessment, questionnaire = found.assessment, found.questionnaire
    today, closes = shop.clock.now().date(), assessment.due_on + LAPSES_AFTER
    required = [each for each in asked(questionnaire, assessment.facts, assessment.values) if each.required]
    gaps = missing(questionnaire, assessment.facts, assessment.values)
    left = Counter(questionnaire.section_of[question.id].title for question in gaps)
    last = today >= assessment.due_on + timedelta(days=shop.policy.reminders.finding_after)
    return letters.questionnaire_reminder(
        envelope(shop, key, contact, found.owner),
        vendor=found.vendor,
        about=found.about,
        urgency=letters.Urgency.FINAL if last else letters.urgency_on(today, due=assessment.due_on),
        due=assessment.due_on,
        today=today,
        answered=len(required) - len(gaps),
        required=len(required),
        link=shop.answer_link(assessment.id, assessment.link),
        sections=[letters.SectionLeft(name=title, left=count) for title, count in left.items()],
        closes=closes,
    )


async def escalate(fact: Recorded, shop: Workshop) -> None:
    """Some days after the due date, tell the owner that the vendor does not answer."""
    event = fact.event
    assert isinstance(event, Assessment.ReminderDue)
    found = await round_of(shop, event.originator_id)
    today = event.timestamp.date()
    late = (today - found.assessment.due_on).days
    if found.owner is None or not found.assessment.with_vendor or late < shop.policy.reminders.escalate_after:
        return
    values = found.assessment.values
    required = [each for each in asked(found.questionnaire, found.assessment.facts, values) if each.required]
    gaps = missing(found.questionnaire, found.assessment.facts, values)
    key = f"unresponsive:{event.originator_id}:{found.assessment.due_on.isoformat()}:{event.step}"
    letter = letters.unresponsive_escalation(
        envelope(shop, key, found.owner),
        vendor=found.vendor,
        about=found.about,
        asked=found.contact.name if found.contact else "",
        asked_address=found.contact.address if found.contact else "",
        due=found.assessment.due_on,
        today=today,
        answered=len(required) - len(gaps),
        required=len(required),
        reminders=len(found.assessment.reminders),
        link=shop.page(f"assessments/{event.originator_id}"),
        closes=found.assessment.due_on + LAPSES_AFTER,
    )
    await post(shop, letter, fact.position)


async def ask_renewal(fact: Recorded, shop: Workshop) -> None:
    """Ask the vendor's contact for the next document before this one ends."""
    event = fact.event
    assert isinstance(event, Attestation.RenewalRequested)
    attestation = await shop.office.load(Attestation, event.originator_id)
    supplier = await shop.office.load(Supplier, attestation.supplier_id)
    contact = await correspondent(shop.office, supplier.contact)
    ends = attestation.document.valid_until
    if ends is None:
        return
    key = f"renewal:{event.originator_id}:{ends.isoformat()}:{event.days_left}"
    if contact is None or event.days_left not in attestation.renewal_asked:
        await shop.mailroom.drop(key)
        return
    letter = letters.attestation_renewal_due(
        envelope(shop, key, contact, await correspondent(shop.office, supplier.owner)),
        vendor=supplier.details.name,
        about=await any_subject_name(shop.office, attestation.subject_id) or supplier.details.name,
        attestation=shop.rules.type(attestation.type).title,
        issuer=attestation.document.issuer,
        ends=ends,
        today=shop.clock.now().date(),
        link="",
    )
    noted = partial(NoteRenewalReminderSent, attestation_id=event.originator_id, days_left=event.days_left, letter=key)
    await post(shop, letter, fact.position, sent=noted)


async def tell_lapsed(fact: Recorded, shop: Workshop) -> None:
    """Tell the owner that an attestation ended without a successor."""
    event = fact.event
    assert isinstance(event, Attestation.Lapsed)
    attestation = await shop.office.load(Attestation, event.originator_id)
    supplier = await shop.office.load(Supplier, attestation.supplier_id)
    owner = await correspondent(shop.office, supplier.owner)
    ended = attestation.document.valid_until
    if owner is None or ended is None or attestation.state is not AttestationState.LAPSED:
        return
    letter = letters.attestation_lapsed(
        envelope(shop, f"lapsed:{event.originator_id}:{ended.isoformat()}", owner),
        audience=letters.Audience.STAFF,
        vendor=supplier.details.name,
        about=await any_subject_name(shop.office, attestation.subject_id) or supplier.details.name,
        attestation=shop.rules.type(attestation.type).title,
        issuer=attestation.document.issuer,
        ended=ended,
        link=shop.page(f"suppliers/{supplier.id}/attestations"),
    )
    await post(shop, letter, fact.position)
