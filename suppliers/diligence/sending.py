"""The invitation is mailed, and what the mail server said."""

from __future__ import annotations

from uuid import UUID

from suppliers.assessment import Assessment
from suppliers.entitlement import BUYERS, allow, allow_system
from suppliers.ports import Command, Desk, Handlers


class SendQuestionnaire(Command):
    """Have the invitation mailed."""

    assessment_id: UUID
    message: str = ""


class NoteQuestionnaireSent(Command):
    """Note that the mail server took the invitation of this link."""

    retried = True
    assessment_id: UUID
    link: int
    letter: str


class NoteQuestionnaireBounced(Command):
    """Note that the mail server refused the invitation for good."""

    retried = True
    assessment_id: UUID
    link: int
    code: int
    text: str


def send_questionnaire(command: SendQuestionnaire, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    assessment = desk.get(Assessment, command.assessment_id)
    assessment.saw(command.expected_version)
    assessment.send(message=command.message, by=desk.actor.id, at=desk.now)


def note_questionnaire_sent(command: NoteQuestionnaireSent, desk: Desk) -> None:
    allow_system(desk.actor)
    assessment = desk.get(Assessment, command.assessment_id)
    assessment.note_sent(link=command.link, to=assessment.contact, letter=command.letter, at=desk.now)


def note_questionnaire_bounced(command: NoteQuestionnaireBounced, desk: Desk) -> None:
    allow_system(desk.actor)
    assessment = desk.get(Assessment, command.assessment_id)
    assessment.note_bounced(link=command.link, code=command.code, text=command.text, at=desk.now)


HANDLERS: Handlers = {
    SendQuestionnaire: send_questionnaire,
    NoteQuestionnaireSent: note_questionnaire_sent,
    NoteQuestionnaireBounced: note_questionnaire_bounced,
}
