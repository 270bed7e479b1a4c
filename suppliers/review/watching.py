"""The conditions of an approval: met or missed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from suppliers.errors import Ignored, UnknownCondition
from suppliers.reason import said
from suppliers.review.condition import Condition
from suppliers.review.question import Question


class Watching(Question, part=True):
    """What becomes of what was decided."""

    class ConditionMet(Question.Event):
        """A condition of the approval is fulfilled."""

        index: int
        evidence: str
        by: UUID

        def apply(self, review: Question) -> None:
            review.met = review.met | {self.index}

    class ConditionMissed(Question.Event):
        """A condition was not fulfilled by its due date."""

        index: int

        def apply(self, review: Question) -> None:
            review.missed = review.missed | {self.index}

    def meet_condition(self, index: int, *, evidence: str, by: UUID, at: datetime) -> None:
        self._condition(index)
        if index in self.met:
            raise Ignored
        self.record(self.ConditionMet, index=index, evidence=said(evidence), by=by, at=at)

    def miss_condition(self, index: int, *, at: datetime) -> None:
        condition = self._condition(index)
        if index in self.met | self.missed or at.date() <= condition.due_on:
            raise Ignored
        self.record(self.ConditionMissed, index=index, at=at)

    def _condition(self, index: int) -> Condition:
        if not 0 <= index < len(self.conditions):
            raise UnknownCondition
        return self.conditions[index]
