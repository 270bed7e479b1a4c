"""The questionnaire as the vendor has it before them: sections, numbers, what is asked, what is done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from string import ascii_lowercase

from suppliers.assessment import Answer, Assessment, Evidence
from suppliers.questionnaires.conditions import leaves
from suppliers.questionnaires.course import asked, minutes, possible
from suppliers.questionnaires.library import Library
from suppliers.questionnaires.model import AnswerType, Question, Questionnaire, Section
from suppliers.questions import questionnaire_of

LETTERS = ascii_lowercase
QUESTION_ID = re.compile(r"\b[A-Z]{2,5}-[0-9]{2}\b")


@dataclass(frozen=True, slots=True)
class Entry:
    """A question in its place. `because` is the number of the answer it follows from."""

    question: Question
    text: str
    number: str
    because: str
    asked: bool
    answer: Answer | None
    files: tuple[Evidence, ...]

    @property
    def id(self) -> str:
        return self.question.id

    @property
    def place(self) -> tuple[int, str]:
        """Follow-ups come right after what they follow."""
        digits = self.number.partition(".")[2].rstrip(LETTERS)
        return int(digits), self.number

    @property
    def answered(self) -> bool:
        return self.answer is not None and self.answer.value is not None

    @property
    def open(self) -> bool:
        """Needed before the answers can be submitted."""
        return self.asked and self.question.required and not self.answered

    @property
    def by_files(self) -> bool:
        return self.question.type is AnswerType.FILE

    @property
    def lacks_evidence(self) -> bool:
        """Evidence was asked for and there is none; it can be submitted all the same."""
        return self.asked and self.answered and self.question.evidence.required and not self.files


@dataclass(frozen=True, slots=True)
class Part:
    """A section. The counts are of required questions that are asked."""

    section: Section
    number: int
    entries: tuple[Entry, ...]

    @property
    def id(self) -> str:
        return self.section.id

    @property
    def asked(self) -> int:
        return sum(entry.asked and entry.question.required for entry in self.entries)

    @property
    def answered(self) -> int:
        return self.asked - self.open

    @property
    def open(self) -> int:
        return sum(entry.open for entry in self.entries)

    @property
    def minutes(self) -> int:
        return minutes(entry.question for entry in self.entries if entry.asked)


class Sheet:
    """All of it, for one assessment as it is now."""

    def __init__(self, assessment: Assessment, library: Library) -> None:
        self.assessment = assessment
        self.questionnaire: Questionnaire = questionnaire_of(assessment, library)
        self.possible = possible(self.questionnaire, assessment.facts)
        self.asked = [each.id for each in asked(self.questionnaire, assessment.facts, assessment.values)]
        self.numbers = numbered(self.possible)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The sections that hold a question for this vendor."""
        present = [section for section in self.questionnaire.sections if self._of(section)]
        return tuple(
            Part(section, number, tuple(sorted(map(self.entry, self._of(section)), key=lambda entry: entry.place)))
            for number, section in enumerate(present, start=1)
        )

    @property
    def entries(self) -> Iterable[Entry]:
        return (entry for part in self.parts for entry in part.entries)

    @property
    def progress(self) -> tuple[int, int]:
        """Required questions answered, and asked."""
        return sum(part.answered for part in self.parts), sum(part.asked for part in self.parts)

    @property
    def minutes(self) -> int:
        return minutes(each for each in self.possible if each.id in self.asked)

    def _of(self, section: Section) -> list[Question]:
        return [question for question in self.possible if question.section == section.id]

    def part(self, id: str) -> Part | None:
        return next((part for part in self.parts if part.id == id), None)

    def after(self, part: Part) -> Part | None:
        return next((each for each in self.parts if each.number == part.number + 1), None)

    def said(self, text: str) -> str:
        """A question's words, naming other questions by the numbers the vendor sees."""
        return QUESTION_ID.sub(lambda found: self.numbers.get(found[0], found[0]), text)

    def entry(self, question: Question) -> Entry:
        files = (each for each in self.assessment.evidence.values() if each.question == question.id)
        return Entry(
            question=question,
            text=self.said(question.text),
            number=self.numbers[question.id],
            because=self.numbers.get(follows(question) or "", ""),
            asked=question.id in self.asked,
            answer=self.assessment.answers.get(question.id),
            files=tuple(sorted(files, key=lambda each: each.at)),
        )


def follows(question: Question) -> str | None:
    """The question whose answer calls for this one."""
    return next((leaf.answer for leaf in leaves(question.ask_if) if leaf.answer is not None), None)


def numbered(questions: Sequence[Question]) -> Mapping[str, str]:
    """3.1, 3.2 …; a follow-up is 3.1a, 3.1b after what it follows, or after what comes before it: no gap shows."""
    sections: dict[str, int] = {}
    counts: dict[str, int] = {}
    given: dict[str, str] = {}
    before: dict[str, str] = {}
    for question in questions:
        section = sections.setdefault(question.section, len(sections) + 1)
        parent = follows(question)
        if parent is not None and question.section in before:
            near = given.get(parent, "").startswith(f"{section}.")
            stem = (given[parent] if near else before[question.section]).rstrip(LETTERS)
            counts[stem] = counts.get(stem, 0) + 1
            given[question.id] = f"{stem}{chr(ord('a') + counts[stem] - 1)}"
        else:
            counts[question.section] = counts.get(question.section, 0) + 1
            before[question.section] = given[question.id] = f"{section}.{counts[question.section]}"
    return given
