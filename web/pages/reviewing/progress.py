"""How far a round is, section by section, without what it says."""

from __future__ import annotations

from typing import NamedTuple

from suppliers.assessment import Assessment
from suppliers.questionnaires import Questionnaire, asked


class Part(NamedTuple):
    title: str
    seat: str
    answered: int
    asked: int
    files: int


def parts(questionnaire: Questionnaire, round: Assessment) -> list[Part]:
    """Every section in which something is asked."""
    values = round.values
    questions = asked(questionnaire, round.facts, values)
    filed = [evidence.question for evidence in round.evidence.values()]
    found = []
    for section in questionnaire.sections:
        inside = [question.id for question in questions if question.section == section.id]
        if inside:
            given = sum(id in values for id in inside)
            files = sum(question in inside for question in filed)
            found.append(Part(section.title, section.council_seat, given, len(inside), files))
    return found
