"""From the answers of a round to what a posture is computed from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from suppliers.factors import Verification
from suppliers.posture.inputs import AnswerEvidence, Fading, OpenFinding, SectionEvidence
from suppliers.questionnaires.conditions import Facts, Value
from suppliers.questionnaires.course import asked
from suppliers.questionnaires.flags import Fired
from suppliers.questionnaires.model import Question, Questionnaire, Section
from suppliers.questionnaires.scoring import COUNTED, Judgement, Scored, score

VerdictWord = Literal["accepted", "independent", "weak", "contradicted", "challenged"]
AGREED = frozenset({"accepted", "independent"})
DISAGREED = frozenset({"weak", "contradicted"})
SAID = Verification.SAID
ANSWERS_AT_HAND = 256
"""Different answers to one question."""


class Given(NamedTuple):
    """One answer with what is known about it. `evidence_on` is the date of the report, not of its upload."""

    value: Value
    answered_on: date
    attached: bool = False
    evidence_on: date | None = None
    verdict: VerdictWord | None = None
    mark: float | None = None
    superseded: bool = False
    """It speaks of a version of the model we no longer use."""

    @property
    def verification(self) -> Verification:
        """How far it was checked; accepting a bare statement makes it no evidence."""
        return verification(self.verdict, self.attached, self.superseded)

    @property
    def judgement(self) -> Judgement:
        """What the reviewer's verdict means for the score."""
        return judgement(self.verdict, self.mark)


@cache
def verification(verdict: VerdictWord | None, attached: bool, superseded: bool) -> Verification:
    """How far an answer with this verdict was checked."""
    if verdict in ("weak", "contradicted", "independent"):
        found = Verification(verdict)
    elif attached:
        found = Verification.ACCEPTED if verdict == "accepted" else Verification.ATTACHED
    else:
        found = Verification.SAID
    return Verification.WEAK if superseded and found is not Verification.CONTRADICTED else found


@lru_cache(1024)
def judgement(verdict: VerdictWord | None, mark: float | None) -> Judgement:
    """What a verdict and a mark mean for a score."""
    accepted = True if verdict in AGREED else False if verdict in DISAGREED else None
    return Judgement(mark=mark, file_accepted=accepted, not_applicable_accepted=bool(accepted))


def sections(questionnaire: Questionnaire, facts: Facts, answers: Mapping[str, Given]) -> tuple[SectionEvidence, ...]:
    """What was asked, section by section; a question that is not asked has no part in it."""
    questions = asked(questionnaire, facts, {id: given.value for id, given in answers.items()})
    return answered(questionnaire.sections, questions, answers)


def answered(
    sections: Iterable[Section], questions: Iterable[Question], answers: Mapping[str, Given]
) -> tuple[SectionEvidence, ...]:
    """The same of some sections, by what is asked in them: that does not depend on what reviewers say."""
    inside: dict[str, list[AnswerEvidence]] = {section.id: [] for section in sections}
    for question in questions:
        inside[question.section].append(evidence(question, answers.get(question.id)))
    return tuple(
        [
            SectionEvidence.made(
                id=each.id,
                title=each.title,
                domain=each.risk_domain,
                weight=each.weight,
                answers=tuple(inside[each.id]),
            )
            for each in sections
        ]
    )


def evidence(question: Question, given: Given | None) -> AnswerEvidence:
    """One asked question with its answer, or without."""
    fading, checked, dated = None, SAID, None
    if given is None:
        scored = score(question, None, on=date.min)
    else:
        checked = verification(given.verdict, given.attached, given.superseded)
        dated = given.evidence_on or given.answered_on
        scored, fading = _worth(question, given)
    return AnswerEvidence.made(
        question=question.id,
        weight=question.weight,
        half_life_days=question.evidence_half_life_days,
        standing=scored.standing,
        score=None if fading else scored.score,
        fading=fading,
        verification=checked,
        evidence_on=dated,
    )


def _worth(question: Question, given: Given) -> tuple[Scored, Fading | None]:
    """What an answer is worth, whoever gave it; only of a date does that depend on the day."""
    known = question.worth
    key = (given.value, given.verdict, given.mark)
    found: tuple[Scored, Fading | None] | None = known.get(key)
    if found is None:
        if len(known) >= ANSWERS_AT_HAND:
            known.clear()
        found = known[key] = _worked_out(question, given)
    return found


def _worked_out(question: Question, given: Given) -> tuple[Scored, Fading | None]:
    scored = score(question, given.value, on=given.answered_on, judgement=judgement(given.verdict, given.mark))
    if question.scoring.kind != "freshness" or scored.standing is not COUNTED:
        return scored, None
    since, age = date.fromisoformat(str(given.value)), question.scoring.max_age_days
    return Scored(COUNTED), Fading(since=since, max_age_days=age)


def finding(fired: Fired, *, id: str, due_on: date | None = None, planned: bool = False) -> OpenFinding:
    """The finding that the flags of one answer make together."""
    return OpenFinding(
        id=id,
        title=f"{fired.note} ({fired.question})",
        domain=fired.domain,
        severity=fired.severity,
        knock_out=fired.knock_out,
        due_on=due_on,
        planned=planned,
    )
