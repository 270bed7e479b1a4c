"""The vendor hands its answers in, and what they give away is raised."""

from __future__ import annotations

import hashlib
from functools import partial
from uuid import UUID

from suppliers.assessment import Assessment, RaisedFlag
from suppliers.entitlement import allow_vendor
from suppliers.errors import AnswersMissing
from suppliers.ports import Command, Desk, Handlers
from suppliers.questionnaires.course import active_answers, canonical, missing
from suppliers.questionnaires.flags import fired
from suppliers.questionnaires.library import Library
from suppliers.questionnaires.model import Questionnaire
from suppliers.questions import questionnaire_of

STATEMENT = (
    "I am authorised to state for the supplier that these answers are true and complete, "
    "and that we will tell you within 30 days of any change that makes one untrue."
)


class SubmitAnswers(Command):
    """Hand the answers in under a named officer's statement."""

    assessment_id: UUID
    officer_name: str
    officer_title: str


def submit_answers(command: SubmitAnswers, desk: Desk, *, library: Library) -> None:
    """Refuse while required questions are open; else close the answers and raise the flags they fulfil."""
    allow_vendor(desk.actor)
    assessment = desk.get(Assessment, command.assessment_id)
    assessment.saw(command.expected_version)
    questionnaire = questionnaire_of(assessment, library)
    values = assessment.values
    if gaps := missing(questionnaire, assessment.facts, values):
        raise AnswersMissing(f"Still open: {', '.join(each.id for each in gaps[:8])}.")
    active = active_answers(questionnaire, assessment.facts, values)
    assessment.submit(
        officer_name=command.officer_name,
        officer_title=command.officer_title,
        statement=STATEMENT,
        answers_sha256=hashlib.sha256(canonical(active).encode()).hexdigest(),
        flags=raised(questionnaire, assessment),
        by=desk.actor.id,
        at=desk.now,
    )


def raised(questionnaire: Questionnaire, assessment: Assessment) -> tuple[RaisedFlag, ...]:
    """Every flag that the submitted answers fire."""
    return tuple(
        RaisedFlag(
            key=f"{found.question}:{index}",
            question=found.question,
            severity=flag.severity.value,
            effect=flag.effect.value,
            note=flag.note,
        )
        for found in fired(questionnaire, assessment.facts, assessment.values, submitted=True)
        for index, flag in enumerate(found.flags)
    )


def handlers(library: Library) -> Handlers:
    """The table of these commands."""
    return {
        SubmitAnswers: partial(submit_answers, library=library),
    }
