"""The questions of an assessment: those of its questionnaire, at the version frozen with it."""

from __future__ import annotations

from suppliers.assessment import Assessment
from suppliers.errors import UnknownQuestion
from suppliers.questionnaires.course import asked
from suppliers.questionnaires.library import Library
from suppliers.questionnaires.model import Question, Questionnaire


def questionnaire_of(assessment: Assessment, library: Library) -> Questionnaire:
    """The questionnaire at the version frozen in the assessment."""
    return library.get(assessment.questionnaire.id, assessment.questionnaire.version)


def find_question(assessment: Assessment, id: str, library: Library) -> Question:
    """A question of this assessment's questionnaire."""
    for question in questionnaire_of(assessment, library).questions:
        if question.id == id:
            return question
    raise UnknownQuestion


def unreviewed(assessment: Assessment, library: Library) -> list[str]:
    """Ids of the answered questions that are asked and that no reviewer has judged."""
    questionnaire, values = questionnaire_of(assessment, library), assessment.values
    return [
        question.id
        for question in asked(questionnaire, assessment.facts, values)
        if question.id in values and question.id not in assessment.reviews
    ]
