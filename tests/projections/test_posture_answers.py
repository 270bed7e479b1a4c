"""Which answers count in a posture, and how much."""

from __future__ import annotations

from uuid import UUID

import pytest

import story
from desk import LEGAL, VENDOR
from projections.posture.inputs import gravest
from projections.posture.parts import Flag
from suppliers.answering import BeginAnswering, RecordAnswer, SubmitAnswers
from suppliers.assessment import Assessment, Verdict
from suppliers.diligence import ClearFlag, ReturnAssessment, ReviewAnswer, WithdrawAssessment
from suppliers.factors import Verification
from suppliers.posture import Band
from suppliers.questionnaires import Severity
from suppliers.use import Use
from tests.projections.log import Log
from tests.projections.portfolio import DAY
from tests.projections.postures import judged_by, row_of, use_in, verification


@pytest.fixture
def use(log: Log) -> UUID:
    return story.with_use(log, story.onboarded(log), score=3)


def test_before_any_answer_there_is_a_provisional_posture_from_the_intake(log: Log, use: UUID) -> None:
    result = use_in(log, use).result
    assert result is not None
    assert result.provisional
    assert result.confidence == 0
    assert result.band is Band.UNACCEPTABLE


def test_answers_count_only_once_they_are_submitted(log: Log, use: UUID) -> None:
    before = use_in(log, use).result
    assessment = story.begun(log, use)
    story.fill_in(log, assessment)
    assert use_in(log, use).result == before
    submit = SubmitAnswers(assessment_id=assessment, officer_name="Priya", officer_title="CEO")
    log.hand_in(submit, by=VENDOR)
    after = use_in(log, use).result
    assert before is not None and after is not None
    assert after.residual < before.residual
    assert after.questionnaire.startswith("ddq-ai-model@")


def test_a_verdict_changes_how_far_an_answer_is_verified(log: Log, use: UUID) -> None:
    assessment = story.submitted(log, use)
    assert verification(log, use, "MOD-01") is Verification.ATTACHED
    accept = ReviewAnswer(assessment_id=assessment, question="MOD-01", verdict=Verdict.ACCEPTED, score=1.0)
    log.hand_in(accept, by=LEGAL)
    assert verification(log, use, "MOD-01") is Verification.ACCEPTED
    contradict = ReviewAnswer(
        assessment_id=assessment, question="SEC-01", verdict=Verdict.CONTRADICTED, reason="The register says no"
    )
    before = use_in(log, use).result
    log.hand_in(contradict, by=LEGAL)
    after = use_in(log, use).result
    assert before is not None and after is not None
    assert after.residual > before.residual


def test_what_is_returned_counts_on_until_new_answers_are_submitted(log: Log, use: UUID) -> None:
    assessment = story.submitted(log, use)
    log.hand_in(ReviewAnswer(assessment_id=assessment, question="MOD-01", verdict=Verdict.WEAK, reason="?"), by=LEGAL)
    submitted = use_in(log, use)
    log.hand_in(ReturnAssessment(assessment_id=assessment, reason="Unclear", due_on=log.today() + 9 * DAY), by=LEGAL)
    log.hand_in(BeginAnswering(assessment_id=assessment, link=2), by=VENDOR)
    answer = log.get(Assessment, assessment).answers["ORG-01"]
    change = RecordAnswer(
        assessment_id=assessment, question="ORG-01", value=answer.value, note="more", seen=answer.revision
    )
    log.hand_in(change, by=VENDOR)
    assert use_in(log, use).counted == submitted.counted
    log.hand_in(SubmitAnswers(assessment_id=assessment, officer_name="P", officer_title="CEO"), by=VENDOR)
    assert verification(log, use, "MOD-01") is Verification.WEAK
    assert verification(log, use, "ORG-01") is Verification.SAID


def test_answers_are_kept_once_until_what_was_handed_back_is_changed(log: Log, use: UUID) -> None:
    supplier, assessment = log.get(Use, use).supplier_id, story.submitted(log, use)
    log.hand_in(ReviewAnswer(assessment_id=assessment, question="MOD-01", verdict=Verdict.WEAK, reason="?"), by=LEGAL)
    assert row_of(log, supplier).drafts == {}
    log.hand_in(ReturnAssessment(assessment_id=assessment, reason="Unclear", due_on=log.today() + 9 * DAY), by=LEGAL)
    log.hand_in(BeginAnswering(assessment_id=assessment, link=2), by=VENDOR)
    answer = log.get(Assessment, assessment).answers["ORG-01"]
    change = RecordAnswer(
        assessment_id=assessment, question="ORG-01", value=answer.value, note="more", seen=answer.revision
    )
    log.hand_in(change, by=VENDOR)
    counted, [draft] = use_in(log, use).counted, row_of(log, supplier).drafts.values()
    assert counted is not None
    assert draft.answers.keys() == counted.answers.keys()
    assert {id for id, given in draft.answers.items() if given != counted.answers[id]} <= {"ORG-01"}
    assert draft.answers["MOD-01"].verdict == "weak"


def test_an_answer_given_anew_has_to_be_judged_anew(log: Log, use: UUID) -> None:
    assessment = story.submitted(log, use)
    weak = ReviewAnswer(assessment_id=assessment, question="ORG-01", verdict=Verdict.WEAK, reason="Thin")
    log.hand_in(weak, by=LEGAL)
    assert verification(log, use, "ORG-01") is Verification.WEAK
    back = ReturnAssessment(assessment_id=assessment, reason="Thin", due_on=log.today() + 9 * DAY)
    log.hand_in(back, by=LEGAL)
    log.hand_in(BeginAnswering(assessment_id=assessment, link=2), by=VENDOR)
    answer = log.get(Assessment, assessment).answers["ORG-01"]
    better = RecordAnswer(
        assessment_id=assessment, question="ORG-01", value=answer.value, note="in detail", seen=answer.revision
    )
    log.hand_in(better, by=VENDOR)
    log.hand_in(SubmitAnswers(assessment_id=assessment, officer_name="P", officer_title="CEO"), by=VENDOR)
    assert verification(log, use, "ORG-01") is Verification.SAID


def test_a_round_withdrawn_before_submission_leaves_the_earlier_one(log: Log, use: UUID) -> None:
    story.closed(log, use)
    before = use_in(log, use)
    log.pass_days(1)
    second = story.begun(log, use)
    story.fill_in(log, second)
    log.hand_in(WithdrawAssessment(assessment_id=second, reason="By mistake"))
    after = use_in(log, use)
    assert after.counted == before.counted
    assert row_of(log, log.get(Use, use).supplier_id).drafts == {}


def test_a_new_round_replaces_the_one_before(log: Log, use: UUID) -> None:
    story.closed(log, use)
    log.pass_days(30)
    second = story.submitted(log, use)
    counted = use_in(log, use).counted
    assert counted is not None
    assert counted.id == second
    assert use_in(log, use).round_open


def test_the_gravest_flag_of_a_question_counts_once() -> None:
    def flag(question: str, severity: Severity, *, knock_out: bool = False) -> Flag:
        return Flag(question=question, severity=severity, knock_out=knock_out, note="more", raised_on=Log().today())

    flags = {
        "A:0": flag("A", Severity.LOW),
        "A:1": flag("A", Severity.HIGH),
        "B:0": flag("B", Severity.CRITICAL),
        "B:1": flag("B", Severity.LOW, knock_out=True),
    }
    assert gravest(flags) == {"A": flags["A:1"], "B": flags["B:1"]}


def test_a_cleared_flag_no_longer_counts(log: Log, use: UUID) -> None:
    assessment = story.submitted(log, use)
    found = judged_by(log, use)
    [flag] = log.get(Assessment, assessment).flags.values()
    assert [each.id for each in found.findings] == [f"{assessment}:{flag.question}"]
    log.hand_in(ClearFlag(assessment_id=assessment, key=flag.key, reason="Shown to be fine"), by=LEGAL)
    assert judged_by(log, use).findings == ()
