"""What an answer gives away: the flags that fire, and the finding they make together."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from suppliers.questionnaires.comparing import Op
from suppliers.questionnaires.conditions import Answers, Facts, Value, holds
from suppliers.questionnaires.course import active_answers, asked
from suppliers.questionnaires.model import Domain, Effect, Flag, Question, Questionnaire, Severity


class Fired(BaseModel):
    """The flags one answer fired; the gravest makes the finding."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    section: str
    domain: Domain
    flags: tuple[Flag, ...]

    @property
    def gravest(self) -> Flag:
        """A knock-out before all, then the highest severity, then the first named."""
        return max(self.flags, key=lambda flag: (flag.effect is Effect.KNOCK_OUT, flag.severity.rank))

    @property
    def severity(self) -> Severity:
        return self.gravest.severity

    @property
    def knock_out(self) -> bool:
        return self.gravest.effect is Effect.KNOCK_OUT

    @property
    def note(self) -> str:
        return self.gravest.note


def flags(
    question: Question, answer: Value | None, facts: Facts, submitted: bool, answers: Answers | None = None
) -> tuple[Flag, ...]:
    """All flags that fire. A missing answer gives nothing away before submission; an unknown fact rules a flag out."""
    return tuple(flag for flag in question.flags if _fires(flag, answer, facts, answers or {}, submitted))


def _fires(flag: Flag, answer: Value | None, facts: Facts, answers: Answers, submitted: bool) -> bool:
    if flag.when.op is Op.UNANSWERED and not submitted:
        return False
    return flag.when.matches(answer) and holds(flag.applies_if, facts, answers, unknown=False)


def fired(questionnaire: Questionnaire, facts: Facts, answers: Answers, *, submitted: bool) -> tuple[Fired, ...]:
    """What the answers to the questions asked give away, in the order of the questions."""
    active = active_answers(questionnaire, facts, answers)
    found = []
    for question in asked(questionnaire, facts, answers):
        if these := flags(question, active.get(question.id), facts, submitted, active):
            section = questionnaire.section_of[question.id]
            found.append(Fired(question=question.id, section=section.id, domain=section.risk_domain, flags=these))
    return tuple(found)
