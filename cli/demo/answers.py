"""What a supplier of some quality answers: chosen from the questionnaire itself, whatever its version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from cli.demo.portfolio import Quality
from suppliers.questionnaires import Effect
from suppliers.questionnaires.answers import check_answer
from suppliers.questionnaires.comparing import Op
from suppliers.questionnaires.flags import flags
from suppliers.questionnaires.kinds import Bands, Coverage, Penalty
from suppliers.questionnaires.model import AnswerType, Option, Question

BEST = {"strong": 0.93, "middling": 0.74, "weak": 0.46}
"""How likely the best answer is given; else one of the others that does not end everything."""
SHARE = {"strong": 0.95, "middling": 0.65, "weak": 0.4}
OLDEST = {"strong": (15, 90), "middling": (60, 260), "weak": (200, 520)}
"""Days since a test or a report."""


class Respondent:
    """Answers for one supplier in one round. `fitting` are answers that follow from the facts, `slips` are bad ones."""

    def __init__(
        self, quality: Quality, dice: Random, today: date, *, fitting: Mapping[str, Any], slips: Mapping[str, Any]
    ) -> None:
        self.quality, self._dice, self._today = quality, dice, today
        self._given = {**fitting, **slips}

    def answer(self, question: Question, facts: Mapping[str, Any], answers: Mapping[str, Any]) -> Any:
        """None for a question that is better left to a text."""
        if question.id in self._given:
            return self._given[question.id]
        match question.type:
            case AnswerType.NUMBER:
                return self._number(question)
            case AnswerType.DATE:
                return self._dated().isoformat()
            case AnswerType.MULTI_CHOICE:
                return self._several(question)
            case AnswerType.YES_NO_NA | AnswerType.SINGLE_CHOICE:
                return self._one(question, facts, answers)
        return None

    def evidence_date(self) -> date:
        return self._dated()

    def _dated(self) -> date:
        return self._today - timedelta(days=self._dice.randint(*OLDEST[self.quality]))

    def _one(self, question: Question, facts: Mapping[str, Any], answers: Mapping[str, Any]) -> str:
        """The best, or another that is no knock-out."""
        ranked = sorted((each for each in question.options if each.score is not None), key=lambda each: -_score(each))
        ranked = ranked or list(question.options)
        if self._dice.random() < BEST[self.quality]:
            return ranked[0].value
        worse = [each.value for each in ranked[1:] if not knocks_out(question, each.value, facts, answers)]
        nearer = worse[: 1 if self.quality == "strong" else 2 if self.quality == "middling" else len(worse)]
        return self._dice.choice(nearer or [ranked[0].value])

    def _several(self, question: Question) -> list[str]:
        if isinstance(question.scoring, Penalty):
            return self._least_harm(question.options)
        if isinstance(question.scoring, Coverage):
            good = [each.value for each in question.options if (each.points or 0) > 0]
            wanted = [each for each in good if self._dice.random() < SHARE[self.quality]]
            return wanted or [self._dice.choice(good)]
        return [question.options[0].value]

    def _least_harm(self, options: Sequence[Option]) -> list[str]:
        """Harmless sources, and the weaker the supplier the more of those with a smell."""
        clean = [each.value for each in options if not each.points]
        smelly = [each.value for each in options if each.points and -0.35 <= each.points < 0]
        chosen = [each for each in clean if self._dice.random() < 0.7] or clean[:1]
        return chosen + [each for each in smelly if self._dice.random() > 0.25 + SHARE[self.quality] * 0.7]

    def _number(self, question: Question) -> int | float:
        if not isinstance(question.scoring, Bands):
            return 0
        bands = sorted(question.scoring.bands, key=lambda each: -each.score)
        tolerable = bands if self.quality == "weak" else bands[: 2 if self.quality == "strong" else 3]
        band = bands[0] if self._dice.random() < BEST[self.quality] else self._dice.choice(tolerable)
        assert isinstance(band.value, int | float)
        if isinstance(band.value, float) or (question.unit or "").startswith("percent"):
            return band.value
        stretch = 1.0 if self._dice.random() < 0.6 else 1.5 if band.op in (Op.GTE, Op.GT) else 0.5
        return int(band.value * stretch)


def knocks_out(question: Question, value: Any, facts: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    """Whether this answer alone would end the matter."""
    checked = check_answer(question, value)
    found = flags(question, checked, facts, True, {**answers, question.id: checked})
    return any(flag.effect is Effect.KNOCK_OUT for flag in found)


def _score(option: Option) -> float:
    return option.score or 0.0
