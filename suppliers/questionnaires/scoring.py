"""What one answer is worth, from 0 to 1, and whether it counts yet."""

from __future__ import annotations

import math
from datetime import date
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from suppliers.questionnaires.conditions import Value
from suppliers.questionnaires.model import Question
from suppliers.word import Word


class Standing(Word):
    """Whether an answer counts in the calculation."""

    COUNTED = "counted"
    PENDING = "pending"
    """A text or a file no reviewer has judged yet."""
    LEFT_OUT = "left_out"
    """Not applicable, and a reviewer agreed; or an optional question without an answer."""
    UNANSWERED = "unanswered"
    """A required question without an answer: counts as nothing known."""
    INFORMATION = "information"


class Judgement(BaseModel):
    """What a reviewer said about one answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mark: float | None = Field(default=None, ge=0, le=1)
    """For a text: 0, 0.25, 0.5, 0.75 or 1."""
    file_accepted: bool | None = None
    not_applicable_accepted: bool = False


UNJUDGED = Judgement()


class Scored(NamedTuple):
    """A score, or the reason why there is none."""

    standing: Standing
    score: float | None = None


COUNTED = Standing.COUNTED
PENDING, LEFT_OUT = Scored(Standing.PENDING), Scored(Standing.LEFT_OUT)
UNANSWERED, INFORMATION = Scored(Standing.UNANSWERED), Scored(Standing.INFORMATION)


def score(question: Question, answer: Value | None, *, on: date, judgement: Judgement = UNJUDGED) -> Scored:
    """The score of an answer on a day. `on` matters for dates only: freshness fades."""
    if question.scoring.kind == "none":
        return INFORMATION
    if answer is None:
        return UNANSWERED if question.required else LEFT_OUT
    if question.scoring.kind == "option":
        option = question.option(answer)
        if option is not None and option.score is None and judgement.not_applicable_accepted:
            return LEFT_OUT
        # "not applicable" without a reviewer's consent is no answer
        return Scored(COUNTED, option.score or 0.0 if option else 0.0)
    worth = _worth(question, answer, on, judgement)
    return PENDING if worth is None else Scored(COUNTED, worth)


def _worth(question: Question, answer: Value, on: date, judgement: Judgement) -> float | None:
    scoring = question.scoring
    if scoring.kind == "coverage":
        return min(1.0, max(0.0, _points(question, answer) / scoring.target_points))
    if scoring.kind == "penalty":
        return min(1.0, max(0.0, 1 + _points(question, answer)))
    if scoring.kind == "bands":
        return next((band.score for band in scoring.bands if band.matches(answer)), scoring.default)
    if scoring.kind == "freshness":
        return scoring.at_age((on - date.fromisoformat(str(answer))).days)
    if scoring.kind == "presence":
        return None if judgement.file_accepted is None else float(judgement.file_accepted)
    return judgement.mark


def _points(question: Question, answer: Value) -> float:
    chosen = answer if isinstance(answer, tuple | list) else ()  # a list when it comes back from JSON
    return math.fsum(option.points or 0.0 for option in question.options if option.value in chosen)
