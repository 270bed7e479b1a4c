"""Our side of a round: the seats judge what they answer for, send back what is unclear, and somebody closes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from cli.demo.matter import Matter
from cli.demo.portfolio import Quality, Step
from suppliers.assessment import Assessment, Verdict
from suppliers.diligence import AcceptAnswers, ClearFlag, CloseAssessment, ReturnAssessment, ReviewAnswer
from suppliers.ports import Actor, Role
from suppliers.questionnaires.course import asked
from suppliers.questionnaires.library import library
from suppliers.questionnaires.model import Question
from suppliers.questions import questionnaire_of

MARK = {"strong": (1.0, 0.75, 1.0), "middling": (0.75, 0.5, 0.75), "weak": (0.25, 0.5, 0.0)}
DOUBT = {"strong": 0.03, "middling": 0.12, "weak": 0.3}
"""How likely a file is found weak."""
PROOF = {"strong": 0.5, "middling": 0.25, "weak": 0.0}
"""How likely a file is independent assurance."""
FORGIVEN = {"strong": 0.85, "middling": 0.5, "weak": 0.12}
"""How likely a red flag is found not to stand."""


async def review(matter: Matter, step: Step, id: UUID, quality: Quality) -> None:
    """Section after section over some days; then flags are looked at, the rest is accepted and the round closed."""
    world = matter.world
    assessment = await world.load(Assessment, id)
    by_seat: dict[Actor, list[Question]] = {}
    for question, seat in _to_judge(assessment):
        by_seat.setdefault(world.seat(Role(seat)), []).append(question)
    for n, (reviewer, questions) in enumerate(by_seat.items()):
        if step.stops == "reviewing" and n > 1:
            return
        await world.calendar.until(world.calendar.later(matter.dice.randint(0, 2), 9.5 + 6 * matter.dice.random()))
        for question in questions:
            world.calendar.pass_seconds(90)
            await world.issue(_judged(matter, assessment, question, quality), reviewer)
    await _clear_flags(matter, step, id, quality)
    manager = world.holding(Role.RISK_MANAGER)[0]
    await world.issue(AcceptAnswers(assessment_id=id), manager)
    await world.issue(CloseAssessment(assessment_id=id, summary=matter.say("summaries", quality)), manager)


async def give_back(matter: Matter, id: UUID) -> tuple[str, ...]:
    """Challenge some answers and return the round; which ones."""
    world = matter.world
    await world.calendar.until(world.calendar.later(2, 11))
    reviewer = world.seat(Role.SECURITY)
    assessment = await world.load(Assessment, id)
    with_files = sorted({each.question for each in assessment.evidence.values()} & set(assessment.values))
    questions = tuple(sorted(matter.dice.sample(with_files, min(3, len(with_files)))))
    for question in questions:
        challenge = ReviewAnswer(
            assessment_id=id,
            question=question,
            verdict=Verdict.CHALLENGED,
            reason=matter.say("verdicts", "challenged"),
        )
        await world.issue(challenge, reviewer)
    due_on = world.calendar.now().date() + timedelta(days=10)
    reason = "Some answers need to be made precise; see the remarks."
    await world.issue(ReturnAssessment(assessment_id=id, reason=reason, questions=questions, due_on=due_on), reviewer)
    return questions


def _to_judge(assessment: Assessment) -> Iterator[tuple[Question, str]]:
    """What somebody has to look at: whatever has a file, and what only a reviewer can score."""
    questionnaire = questionnaire_of(assessment, library())
    shown = {each.question for each in assessment.evidence.values()}
    for question in asked(questionnaire, assessment.facts, assessment.values):
        if question.id in assessment.values and (question.id in shown or question.scoring.kind == "reviewer"):
            yield question, questionnaire.section_of[question.id].council_seat


def _judged(matter: Matter, assessment: Assessment, question: Question, quality: Quality) -> ReviewAnswer:
    dice = matter.dice
    score = dice.choice(MARK[quality]) if question.scoring.kind == "reviewer" else None
    verdict, reason = Verdict.ACCEPTED, ""
    if dice.random() < DOUBT[quality]:
        verdict, reason = Verdict.WEAK, matter.say("verdicts", "weak")
        if quality == "weak" and dice.random() < 0.1:
            verdict, reason = Verdict.CONTRADICTED, matter.say("verdicts", "contradicted")
    elif dice.random() < PROOF[quality]:
        verdict = Verdict.INDEPENDENT
    return ReviewAnswer(assessment_id=assessment.id, question=question.id, verdict=verdict, score=score, reason=reason)


async def _clear_flags(matter: Matter, step: Step, id: UUID, quality: Quality) -> None:
    """Knock-outs are never forgiven on the way."""
    legal = matter.world.seat(Role.LEGAL)
    assessment = await matter.world.load(Assessment, id)
    for key, flag in assessment.flags.items():
        stands = flag.effect == "knock_out" or flag.question in step.slips
        if not stands and matter.dice.random() < FORGIVEN[quality]:
            matter.world.calendar.pass_seconds(150)
            reason = matter.say("verdicts", "cleared")
            await matter.world.issue(ClearFlag(assessment_id=id, key=key, reason=reason), legal)
