"""A question and its answer as the templates' macros want them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _
from typing import Any
from uuid import UUID

from suppliers.assessment import Answer, Assessment, AssessmentState, Evidence
from suppliers.questionnaires.answers import LONGEST_TEXT
from suppliers.questionnaires.model import AnswerType, Question
from web.answer.reasons import why
from web.answer.sheet import Entry, Part
from web.dates import days_between, relative


@dataclass(frozen=True, slots=True)
class Shown:
    """One question ready for the page."""

    entry: Entry
    question: Mapping[str, Any]
    answer: Mapping[str, Any]
    files: list[Mapping[str, Any]]
    note: str = ""
    error: str = ""
    note_error: str = ""
    file_error: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """What all questions of a page have in common. `names`: who answered; `mine`: the id of who looks."""

    assessment: Assessment
    company: str
    names: Mapping[UUID, str]
    mine: UUID
    now: datetime

    def part(self, part: Part, typed: Mapping[str, Typed] | None = None) -> list[Shown]:
        """All questions of a section; `typed` is what was entered but not saved."""
        return [self.shown(entry, part, (typed or {}).get(entry.id)) for entry in part.entries]

    def shown(self, entry: Entry, part: Part, typed: Typed | None = None) -> Shown:
        question = dict(as_asked(entry), why=why(entry.question, part.section, self.company))
        answer = self._answer(entry)
        note = entry.answer.note if entry.answer else ""
        if typed is None:
            return Shown(entry, question, answer, self._files(entry), note)
        value = answer["value"] if typed.value is UNCHANGED else typed.value
        note = note if typed.note is None else typed.note
        answer = {**answer, "value": value}
        return Shown(entry, question, answer, self._files(entry), note, typed.error, typed.note_error, typed.file_error)

    def _answer(self, entry: Entry) -> Mapping[str, Any]:
        answer = entry.answer
        shown = {"value": answer.value if answer else None, "revision": answer.revision if answer else 0}
        if self._to_clarify(entry):
            return {**shown, "status": _("Please look at this again"), "tone": "warn"}
        if answer is None or answer.value is None:
            return {**shown, "status": "", "tone": "plain"}
        return {**shown, "status": self._answered(answer), "tone": "good"}

    def _answered(self, answer: Answer) -> str:
        day = relative(days_between(self.now.date(), answer.at.date()))
        if answer.by == self.mine:
            return _("Answered by you, %(day)s") % {"day": day}
        return _("Answered by %(name)s, %(day)s") % {"name": self.names.get(answer.by, ""), "day": day}

    def _to_clarify(self, entry: Entry) -> bool:
        """It came back with this question named, and nobody has touched it since."""
        back = self.assessment.clarification
        if back is None or self.assessment.state not in (AssessmentState.RETURNED, AssessmentState.BEGUN):
            return False
        return entry.id in back.questions and (entry.answer is None or entry.answer.at <= back.timestamp)

    def _files(self, entry: Entry) -> list[Mapping[str, Any]]:
        editable = self.assessment.state is AssessmentState.BEGUN
        return [as_listed(each, self.assessment.id, editable=editable) for each in entry.files]


UNCHANGED = object()


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent for one question and not saved, and why not."""

    value: Any = UNCHANGED
    note: str | None = None
    error: str = ""
    note_error: str = ""
    file_error: str = ""


def as_asked(entry: Entry) -> Mapping[str, Any]:
    question = entry.question
    return {
        "id": question.id,
        "number": entry.number,
        "text": entry.text,
        "type": question.type.value,
        "options": [(option.value, option.label) for option in question.options],
        "hint": " ".join(filter(None, (question.help, _unit(question)))),
        "required": question.required,
        "max_length": LONGEST_TEXT,
    }


def as_listed(evidence: Evidence, assessment_id: UUID, *, editable: bool) -> Mapping[str, Any]:
    """A file as the macro lists it."""
    href = f"/answers/{assessment_id}/evidence/{evidence.id}"
    remove = {"remove_url": f"{href}/remove"} if editable else {}
    return {"name": evidence.filename, "size": evidence.size, "href": href, "sha256": evidence.sha256, **remove}


def in_words(question: Question, value: Any) -> str:
    """An answer as one text, with the words of the options."""
    labels = {option.value: option.label for option in question.options}
    several = value if isinstance(value, list | tuple) else [value]
    return "; ".join(str(labels.get(each, each)) for each in several)


def _unit(question: Question) -> str:
    if question.type is AnswerType.NUMBER and question.unit:
        return _("Unit: %(unit)s.") % {"unit": question.unit}
    return ""
