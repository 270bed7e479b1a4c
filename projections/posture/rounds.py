"""How answers come to count: drafts aside, counted from submission on, judged by reviewers."""

from __future__ import annotations

from datetime import date
from typing import Any

from projections.posture.answered import answered_like, reviewed_from
from projections.posture.judging import reanswered, unmoved
from projections.posture.kept import SupplierPosture
from projections.posture.parts import Flag, Proof, Round
from projections.posture.rows import VIEW
from projections.posture.uses import dated
from projections.view import adding, but, its_supplier, lacking, new, put, text_of
from suppliers.assessment import Assessment
from suppliers.ports import Recorded
from suppliers.posture import Given
from suppliers.questionnaires import Effect, Severity


@VIEW.on(Assessment.Opened, keys=its_supplier, by_day=False)
def opened(row: SupplierPosture, event: Assessment.Opened, recorded: Recorded) -> SupplierPosture:
    draft = new(
        Round, id=event.originator_id, use_id=event.use_id, questionnaire=event.questionnaire, facts=event.facts
    )
    return with_draft(row, draft)


@VIEW.on(Assessment.AnswerRecorded, keys=its_supplier, by_day=False)
def answered(row: SupplierPosture, event: Assessment.AnswerRecorded, recorded: Recorded) -> SupplierPosture:
    draft = draft_of(row, event)
    if event.value is None:
        return with_draft(row, without(draft, event.question))
    value = tuple(event.value) if isinstance(event.value, list) else event.value
    return with_draft(row, adding(draft, "answers", event.question, Given(value, event.timestamp.date())))


@VIEW.on(Assessment.AnswerWithdrawn, keys=its_supplier, by_day=False)
def taken_back(row: SupplierPosture, event: Assessment.AnswerWithdrawn, recorded: Recorded) -> SupplierPosture:
    return with_draft(row, without(draft_of(row, event), event.question))


@VIEW.on(Assessment.EvidenceAttached, keys=its_supplier, by_day=False)
def attached(row: SupplierPosture, event: Assessment.EvidenceAttached, recorded: Recorded) -> SupplierPosture:
    draft, evidence = draft_of(row, event), event.evidence
    proof = new(Proof, question=evidence.question, on=evidence.dated or event.timestamp.date())
    return with_draft(row, adding(draft, "proofs", text_of(evidence.id), proof))


@VIEW.on(Assessment.EvidenceRemoved, keys=its_supplier, by_day=False)
def removed(row: SupplierPosture, event: Assessment.EvidenceRemoved, recorded: Recorded) -> SupplierPosture:
    return with_draft(row, lacking(draft_of(row, event), "proofs", text_of(event.evidence_id)))


@VIEW.on(Assessment.Submitted, keys=its_supplier)
def submitted(row: SupplierPosture, event: Assessment.Submitted, recorded: Recorded) -> SupplierPosture:
    """Now they count, in place of those of the round before, and are a draft only once they are changed."""
    draft = draft_of(row, event)
    dates = dates_of(draft)
    answers = {question: proven(given, dates.get(question)) for question, given in draft.answers.items()}
    counted = but(draft, answers=answers, proofs=dict(draft.proofs), flags={})
    row = dated(without_draft(still_open(row, event), event), event)
    return reanswered(row, text_of(event.use_id), counted=counted, round_open=True)


@VIEW.on(Assessment.FlagRaised, keys=its_supplier)
def flag_raised(row: SupplierPosture, event: Assessment.FlagRaised, recorded: Recorded) -> SupplierPosture:
    flag = new(
        Flag,
        question=event.flag.question,
        severity=Severity(event.flag.severity),
        knock_out=event.flag.effect == Effect.KNOCK_OUT,
        note=event.flag.note,
        raised_on=event.timestamp.date(),
    )
    row = dated(row, event)
    counted = counted_of(row, event)
    return recounted(row, event, answered_like(adding(counted, "flags", event.flag.key, flag), counted))


@VIEW.on(Assessment.FlagCleared, keys=its_supplier)
def flag_cleared(row: SupplierPosture, event: Assessment.FlagCleared, recorded: Recorded) -> SupplierPosture:
    use = row.uses[text_of(event.use_id)]
    if use.counted is None or use.counted.id != event.originator_id:
        return row  # a flag of an earlier round: its answers no longer count
    return recounted(dated(row, event), event, answered_like(lacking(use.counted, "flags", event.key), use.counted))


@VIEW.on(Assessment.AnswerReviewed, keys=its_supplier)
def reviewed(row: SupplierPosture, event: Assessment.AnswerReviewed, recorded: Recorded) -> SupplierPosture:
    row, question = dated(row, event), event.question
    counted = counted_of(row, event)
    given = counted.answers.get(question)
    if given is None:
        return row  # a verdict on a question without an answer changes no number
    draft = row.drafts.get(text_of(event.originator_id))
    if draft is not None and (kept := draft.answers.get(question)) is not None:
        row = with_draft(row, adding(draft, "answers", question, judged(kept, event)))
    after = but(counted, answers=put(counted.answers, question, judged(given, event)))
    return recounted(row, event, reviewed_from(after, counted, question))


@VIEW.on(Assessment.Closed, Assessment.Withdrawn, Assessment.Lapsed, keys=its_supplier)
def ended(row: SupplierPosture, event: Assessment.Event, recorded: Recorded) -> SupplierPosture:
    """What was submitted before it was returned stays what we know; what was only a draft never counts."""
    return unmoved(dated(without_draft(row, event), event), text_of(event.use_id), round_open=False)


def judged(given: Given, event: Assessment.AnswerReviewed) -> Given:
    return given._replace(verdict=event.review.verdict.value, mark=event.review.score)


def draft_of(row: SupplierPosture, event: Any) -> Round:
    """What was submitted is changed beside what counts."""
    draft = row.drafts.get(text_of(event.originator_id))
    if draft is not None:
        return draft
    counted = counted_of(row, event)
    assert counted.id == event.originator_id
    return changeable(counted)


def changeable(counted: Round) -> Round:
    return but(counted, answers=dict(counted.answers), proofs=dict(counted.proofs), flags={})


def still_open(row: SupplierPosture, event: Any) -> SupplierPosture:
    """One round of a use is open at a time; of another one that is, nothing is lost."""
    use = row.uses[text_of(event.use_id)]
    if use.counted is None or use.counted.id == event.originator_id or not use.round_open:
        return row
    return with_draft(row, changeable(use.counted))


def counted_of(row: SupplierPosture, event: Any) -> Round:
    counted = row.uses[text_of(event.use_id)].counted
    assert counted is not None
    return counted


def recounted(row: SupplierPosture, event: Any, counted: Round) -> SupplierPosture:
    """On a day that has begun with the event."""
    return reanswered(row, text_of(event.use_id), counted=counted)


def with_draft(row: SupplierPosture, draft: Round) -> SupplierPosture:
    """A draft moves no posture, so the row's day stays."""
    return adding(row, "drafts", text_of(draft.id), draft)


def without_draft(row: SupplierPosture, event: Any) -> SupplierPosture:
    return lacking(row, "drafts", text_of(event.originator_id))


def without(draft: Round, question: str) -> Round:
    return lacking(draft, "answers", question)


def dates_of(draft: Round) -> dict[str, date]:
    """Question -> the date of its evidence; of several files the latest counts."""
    found: dict[str, date] = {}
    for proof in draft.proofs.values():
        found[proof.question] = max(proof.on, found.get(proof.question, proof.on))
    return found


def proven(given: Given, dated: date | None) -> Given:
    """The answer with its evidence."""
    if dated is None and not given.attached and given.evidence_on is None:
        return given
    return given._replace(attached=dated is not None, evidence_on=dated)
