"""One answer as a reviewer sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from suppliers.assessment import Answer, AnswerReview, Assessment, Evidence, RaisedFlag
from suppliers.questionnaires import AnswerType, Question, Section


@dataclass(frozen=True)
class Item:
    """A question that was asked, the answer, and what was made of it."""

    question: Question
    section: Section
    answer: Answer | None
    files: Sequence[Evidence]
    flags: Sequence[RaisedFlag]
    review: AnswerReview | None
    returned: bool

    @property
    def id(self) -> str:
        return self.question.id

    @property
    def answered(self) -> bool:
        return self.answer is not None and self.answer.value is not None

    @property
    def to_review(self) -> bool:
        """Nobody judged it yet."""
        return self.answered and self.review is None

    @property
    def scored_by_hand(self) -> bool:
        return self.question.scoring.kind == "reviewer"

    @property
    def given(self) -> list[str]:
        """The answer in words: labels of the options chosen, a text, a number with its unit."""
        if self.answer is None or self.answer.value is None or self.question.type is AnswerType.FILE:
            return []
        value = self.answer.value
        if isinstance(value, list | tuple):
            return [self._words(each) for each in value]
        return [self._words(value)]

    def _words(self, value: Any) -> str:
        option = self.question.option(value)
        if option is not None:
            return option.label
        if self.question.type is AnswerType.NUMBER and self.question.unit:
            return f"{value} {self.question.unit}"
        return str(value)

    @property
    def evidence_missing(self) -> bool:
        """Evidence was required and none came."""
        return self.answered and self.question.evidence.required and not self.files


def item_of(round: Assessment, question: Question, section: Section) -> Item:
    clarified = round.clarification
    return Item(
        question=question,
        section=section,
        answer=round.answers.get(question.id),
        files=[each for each in round.evidence.values() if each.question == question.id],
        flags=[each for each in round.flags.values() if each.question == question.id],
        review=round.reviews.get(question.id),
        returned=clarified is not None and question.id in clarified.questions,
    )
