"""What the answers of a round are worth, kept beside it: a round with other answers is another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from projections.beside import Beside
from projections.posture.parts import Round
from suppliers.posture import Given, SectionEvidence, answered
from suppliers.questionnaires import Question, Questionnaire, asked, library

VERSION_BOUND = frozenset({"MOD", "EVL", "SEC", "FAI"})
"""Sections whose answers speak of one version of a model (domain reference, 5.6)."""


@dataclass(slots=True)
class Worth:
    """Which questions are asked, and, once somebody wanted to know, what the answers are worth."""

    asked: tuple[Question, ...]
    superseded_on: date | None = None
    sections: tuple[SectionEvidence, ...] = ()
    reviewed: frozenset[str] = frozenset()
    """Questions that a reviewer judged since."""


def sections_of(counted: Round, superseded_on: date | None) -> tuple[SectionEvidence, ...]:
    """What was asked, section by section, with the answers."""
    worth = _worth(counted)
    if worth.reviewed or not worth.sections or worth.superseded_on != superseded_on:
        worth.sections = _sections(worth, counted, superseded_on)
        worth.superseded_on, worth.reviewed = superseded_on, frozenset()
    return worth.sections


def reviewed_from(reviewed: Round, before: Round, question: str) -> Round:
    """The same was answered, so the same is asked; but one answer is worth what the reviewer says."""
    if (worth := _kept.of(before)) is not None:
        _kept.keep(reviewed, Worth(worth.asked, worth.superseded_on, worth.sections, worth.reviewed | {question}))
    return reviewed


def answered_like(flagged: Round, before: Round) -> Round:
    """A flag changes no answer."""
    if (worth := _kept.of(before)) is not None:
        _kept.keep(flagged, worth)
    return flagged


def questionnaire_of(counted: Round) -> Questionnaire:
    return library().get(counted.questionnaire.id, counted.questionnaire.version)


def _worth(counted: Round) -> Worth:
    if (worth := _kept.of(counted)) is None:
        answers = {id: given.value for id, given in counted.answers.items()}
        worth = _kept.keep(counted, Worth(asked(questionnaire_of(counted), counted.facts, answers)))
    return worth


def _sections(worth: Worth, counted: Round, superseded_on: date | None) -> tuple[SectionEvidence, ...]:
    """Only those that a review is about are made again."""
    questionnaire = questionnaire_of(counted)
    answers = _given(counted, superseded_on, questionnaire)
    if not worth.sections or worth.superseded_on != superseded_on:
        return answered(questionnaire.sections, worth.asked, answers)
    about = {questionnaire.section_of[each].id: questionnaire.section_of[each] for each in worth.reviewed}
    asked = [each for each in worth.asked if each.section in about]
    made = {each.id: each for each in answered(about.values(), asked, answers)}
    return tuple([made.get(each.id, each) for each in worth.sections])


def _given(counted: Round, since: date | None, questionnaire: Questionnaire) -> Mapping[str, Given]:
    """The answers, those about an earlier version of the model marked."""
    if since is None:
        return counted.answers
    found = dict(counted.answers)
    for id, given in found.items():
        section = questionnaire.section_of.get(id)
        if section is not None and section.id in VERSION_BOUND and given.answered_on < since:
            found[id] = given._replace(superseded=True)
    return found


_kept: Beside[Round, Worth] = Beside(Round, "found")
