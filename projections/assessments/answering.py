"""How answers, files, verdicts and flags move a round on."""

from __future__ import annotations

from bisect import bisect_left

from projections.assessments.life import changed
from projections.assessments.progress import worth_keeping
from projections.assessments.rows import VIEW, AssessmentRow, OpenFlag
from projections.view import new, put, text_of, without
from suppliers.assessment import Assessment
from suppliers.ports import Recorded
from suppliers.questionnaires import Effect, Severity


@VIEW.on(Assessment.AnswerRecorded)
def answered(row: AssessmentRow, event: Assessment.AnswerRecorded, recorded: Recorded) -> AssessmentRow:
    if event.value is None:
        return _without(row, event, event.question)
    values = put(row.values, event.question, worth_keeping(row.questionnaire, event.question, event.value))
    return changed(row, event, values=values, reviewed=_still_reviewed(row, event.question))


@VIEW.on(Assessment.AnswerWithdrawn)
def taken_back(row: AssessmentRow, event: Assessment.AnswerWithdrawn, recorded: Recorded) -> AssessmentRow:
    return _without(row, event, event.question)


@VIEW.on(Assessment.EvidenceAttached)
def attached(row: AssessmentRow, event: Assessment.EvidenceAttached, recorded: Recorded) -> AssessmentRow:
    return changed(row, event, files=put(row.files, text_of(event.evidence.id), event.evidence.question))


@VIEW.on(Assessment.EvidenceRemoved)
def removed(row: AssessmentRow, event: Assessment.EvidenceRemoved, recorded: Recorded) -> AssessmentRow:
    return changed(row, event, files=without(row.files, text_of(event.evidence_id)))


@VIEW.on(Assessment.AnswerReviewed)
def reviewed(row: AssessmentRow, event: Assessment.AnswerReviewed, recorded: Recorded) -> AssessmentRow:
    known, question = row.reviewed, event.question
    at = bisect_left(known, question)
    if known[at : at + 1] == (question,):
        return changed(row, event)
    return changed(row, event, reviewed=(*known[:at], question, *known[at:]))


@VIEW.on(Assessment.FlagRaised)
def flag_raised(row: AssessmentRow, event: Assessment.FlagRaised, recorded: Recorded) -> AssessmentRow:
    flag = new(
        OpenFlag,
        question=event.flag.question,
        severity=Severity(event.flag.severity),
        knock_out=event.flag.effect == Effect.KNOCK_OUT,
        note=event.flag.note,
    )
    return changed(row, event, flags=put(row.flags, event.flag.key, flag))


@VIEW.on(Assessment.FlagCleared)
def flag_cleared(row: AssessmentRow, event: Assessment.FlagCleared, recorded: Recorded) -> AssessmentRow:
    return changed(row, event, flags=without(row.flags, event.key))


def _without(row: AssessmentRow, event: Assessment.Event, question: str) -> AssessmentRow:
    return changed(row, event, values=without(row.values, question), reviewed=_still_reviewed(row, question))


def _still_reviewed(row: AssessmentRow, changed_question: str) -> tuple[str, ...]:
    """A verdict was about the answer as it was."""
    if changed_question not in row.reviewed:
        return row.reviewed
    return tuple(question for question in row.reviewed if question != changed_question)
