"""A round of questions is prepared."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from pydantic import Field

from suppliers.assessment import Assessment, QuestionnaireRef
from suppliers.entitlement import BUYERS, allow
from suppliers.errors import ContactMissing, IntakeMissing, RoundStillOpen, WrongStanding
from suppliers.factors import Tier
from suppliers.intake import known_facts
from suppliers.policy import ScoringPolicy
from suppliers.ports import Command, Desk, Handlers, new_id
from suppliers.questionnaires.library import Library
from suppliers.supplier import OPEN, Standing, Supplier
from suppliers.use import Use


class OpenAssessment(Command):
    """Prepare a round of questions about a use; the due date defaults to the policy's for its tier."""

    assessment_id: UUID = Field(default_factory=new_id)
    use_id: UUID
    contact: UUID | None = None
    due_on: date | None = None


def open_assessment(command: OpenAssessment, desk: Desk, *, policy: ScoringPolicy, library: Library) -> None:
    allow(desk.actor, BUYERS)
    use = desk.get(Use, command.use_id)
    supplier = desk.get(Supplier, use.supplier_id)
    if supplier.standing not in OPEN - {Standing.PROPOSED}:
        raise WrongStanding
    contact = command.contact or supplier.contact
    if contact is None:
        raise ContactMissing
    if use.intake is None or use.tier is None:
        raise IntakeMissing
    if use.assessment_id is not None and not desk.get(Assessment, use.assessment_id).finished:
        raise RoundStillOpen
    use.start_assessment(command.assessment_id, at=desk.now)
    questionnaire = library.latest(use.subject_kind.value)
    due_on = command.due_on or desk.now.date() + timedelta(days=policy.cadence[Tier(use.tier)].answer_days)
    assessment = Assessment.open(
        id=command.assessment_id,
        supplier_id=use.supplier_id,
        use_id=use.id,
        subject_id=use.subject_id,
        questionnaire=QuestionnaireRef(id=questionnaire.id, version=questionnaire.version),
        facts=known_facts(use, desk.now.date()),
        contact=contact,
        due_on=due_on,
        by=desk.actor.id,
        at=desk.now,
    )
    desk.add(assessment)


def handlers(policy: ScoringPolicy, library: Library) -> Handlers:
    """The table of these commands."""
    return {
        OpenAssessment: partial(open_assessment, policy=policy, library=library),
    }
