"""The posture view: which answers count, which use decides, what moved it, and when time will."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

import story
from desk import LEGAL, RISK, SECURITY, VENDOR
from projections import posture
from projections.posture import SupplierPosture, UsePosture
from projections.posture.judging import gravest
from projections.posture.kept import LONGEST, Flag
from projections.projector import Projector
from projections.view import fold
from suppliers.answering import BeginAnswering, RecordAnswer, SubmitAnswers
from suppliers.assessment import Assessment, Verdict
from suppliers.assurance import RevokeAttestation, VerifyAttestation
from suppliers.attestation import Coverage
from suppliers.diligence import ClearFlag, ReturnAssessment, ReviewAnswer, WithdrawAssessment
from suppliers.factors import Verification
from suppliers.governance import ReassessPosture
from suppliers.intake import OverrideTier, RetireUse
from suppliers.inventory import AdoptVersion, AnnounceVersion
from suppliers.onboarding import ReinstateSupplier, SuspendSupplier
from suppliers.ports import SYSTEM
from suppliers.posture import Band
from suppliers.questionnaires import Severity
from suppliers.use import Use
from tests.projections.log import Log, LogFeed
from tests.projections.portfolio import DAY, attest, decide


def row_of(log: Log, supplier_id: UUID) -> SupplierPosture:
    return fold(posture.VIEW, log.facts)[str(supplier_id)]


def use_in(log: Log, use_id: UUID) -> UsePosture:
    return row_of(log, log.get(Use, use_id).supplier_id).uses[str(use_id)]


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def use(log: Log) -> UUID:
    return story.with_use(log, story.onboarded(log), score=3)


def verification(log: Log, use_id: UUID, question: str) -> Verification:
    inputs = use_in(log, use_id).inputs
    assert inputs is not None
    return next(each.verification for part in inputs.sections for each in part.answers if each.question == question)


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
        return Flag(question=question, severity=severity, knock_out=knock_out, note="", raised_on=Log().today())

    flags = {
        "A:0": flag("A", Severity.LOW),
        "A:1": flag("A", Severity.HIGH),
        "B:0": flag("B", Severity.CRITICAL),
        "B:1": flag("B", Severity.LOW, knock_out=True),
    }
    assert gravest(flags) == {"A": flags["A:1"], "B": flags["B:1"]}


def test_a_cleared_flag_no_longer_counts(log: Log, use: UUID) -> None:
    assessment = story.submitted(log, use)
    found = use_in(log, use).inputs
    assert found is not None
    [flag] = log.get(Assessment, assessment).flags.values()
    assert [each.id for each in found.findings] == [f"{assessment}:{flag.question}"]
    log.hand_in(ClearFlag(assessment_id=assessment, key=flag.key, reason="Shown to be fine"), by=LEGAL)
    cleared = use_in(log, use).inputs
    assert cleared is not None
    assert cleared.findings == ()


def test_the_worst_active_use_decides_for_the_supplier(log: Log, use: UUID) -> None:
    supplier = log.get(Use, use).supplier_id
    harmless = story.with_use(log, supplier, score=0)
    row = row_of(log, supplier)
    assert row.worst_use is not None
    assert row.worst_use.id == use
    assert row.tier == 1
    log.hand_in(RetireUse(use_id=use, reason="Over"))
    row = row_of(log, supplier)
    assert row.worst_use is not None
    assert row.worst_use.id == harmless
    assert row.tier == 4


def test_a_suspension_of_the_supplier_suspends_every_use_until_it_is_lifted(log: Log, use: UUID) -> None:
    story.closed(log, use)
    decide(log, use)
    before = use_in(log, use).result
    supplier = log.get(Use, use).supplier_id
    log.hand_in(SuspendSupplier(supplier_id=supplier, reason="Breach"), by=SECURITY)
    suspended = use_in(log, use).result
    assert suspended is not None
    assert suspended.band is Band.SUSPENDED
    assert "Breach" in suspended.limits[0].reason
    log.hand_in(ReinstateSupplier(supplier_id=supplier, reason="Closed"), by=LEGAL)
    assert use_in(log, use).result == before


def test_history_keeps_a_point_a_day_and_says_what_moved(log: Log, use: UUID) -> None:
    story.closed(log, use)
    log.pass_days(10)
    log.hand_in(RetireUse(use_id=story.with_use(log, log.get(Use, use).supplier_id, score=1), reason="No"))
    log.pass_days(200)
    log.hand_in(ReassessPosture(use_id=use, on=log.today()), by=SYSTEM)
    row = row_of(log, log.get(Use, use).supplier_id)
    days = [each.on for each in row.trend]
    assert days == sorted(set(days))
    assert days[-1] == log.today()
    assert row.trend[-1].score > row.trend[0].score
    assert row.worst_use is not None
    assert row.worst_use.moved[0].startswith("Residual risk rises from")


def test_history_is_bounded(log: Log, use: UUID) -> None:
    for day in range(LONGEST + 20):
        log.pass_days(1)
        log.hand_in(OverrideTier(use_id=use, tier=1 if day % 2 else 2, reason="?", expires_on=log.today()), by=LEGAL)
        score = 1 if day % 2 else 4
        story.with_use(log, log.get(Use, use).supplier_id, score=score)
    row = row_of(log, log.get(Use, use).supplier_id)
    assert len(row.history) <= LONGEST


def test_late_news_do_not_turn_time_back(log: Log, use: UUID) -> None:
    log.pass_days(5)
    story.with_use(log, log.get(Use, use).supplier_id)
    latest = row_of(log, log.get(Use, use).supplier_id).on
    log.now -= timedelta(days=3)
    log.hand_in(OverrideTier(use_id=use, tier=2, reason="late", expires_on=latest), by=LEGAL)
    assert row_of(log, log.get(Use, use).supplier_id).on == latest


def test_a_mandatory_attestation_that_ended_holds_the_band_down(log: Log, use: UUID) -> None:
    supplier = log.get(Use, use).supplier_id
    story.closed(log, use)
    attestation = attest(log, supplier, "iso27001", days=100)
    inputs = use_in(log, use).inputs
    assert inputs is not None
    held = {each.id: each for each in inputs.attestations}
    assert held["security_assurance"].given
    assert not held["pentest"].given
    log.pass_days(3)
    log.hand_in(RevokeAttestation(attestation_id=attestation, reason="Withdrawn by the auditor"), by=RISK)
    result = use_in(log, use).result
    assert result is not None
    assert result.band is Band.ELEVATED
    assert any("mandatory" in limit.reason for limit in result.limits)


def test_an_attestation_that_does_not_cover_the_subject_is_none(log: Log, use: UUID) -> None:
    supplier = log.get(Use, use).supplier_id
    attestation = attest(log, supplier, "iso27001", days=100)
    log.hand_in(VerifyAttestation(attestation_id=attestation, how="Read", covers=Coverage.NO), by=LEGAL)
    assert row_of(log, supplier).attestations == {}


def test_answers_and_papers_about_an_earlier_version_count_little(log: Log, use: UUID) -> None:
    model = log.get(Use, use).subject_id
    attest(log, log.get(Use, use).supplier_id, "model_card", days=300, subject_id=model)
    story.closed(log, use)
    before = use_in(log, use).result
    log.pass_days(1)
    log.hand_in(AnnounceVersion(model_id=model, version="3"))
    log.hand_in(AdoptVersion(model_id=model, version="3"))
    after = use_in(log, use)
    assert before is not None and after.result is not None and after.inputs is not None
    assert after.result.confidence < before.confidence
    assert verification(log, use, "MOD-01") is Verification.WEAK
    card = next(each for each in after.inputs.attestations if each.id == "model_card")
    assert card.ends_on == log.today() - DAY


async def test_the_pack_is_the_posture_with_the_position_it_was_read_at(pool: asyncpg.Pool, log: Log) -> None:
    use = story.with_use(log, story.onboarded(log), score=3)
    story.closed(log, use)
    described = story.with_use(log, log.get(Use, use).supplier_id, score=2)
    await Projector(LogFeed(log.facts), pool, [posture.VIEW]).catch_up()
    pack = await posture.pack(pool, use)
    result = use_in(log, use).result
    assert pack is not None and result is not None
    assert (pack.position, pack.tier, pack.band) == (len(log.facts), 1, result.band.value)
    assert (pack.residual, pack.confidence) == (result.residual, result.confidence)
    assert pack.questionnaire == result.questionnaire
    assert pack.why.startswith(result.summary)
    assert not pack.outdated_by(pack)
    assert await posture.pack(pool, described) is not None
    assert await posture.pack(pool, uuid4()) is None


async def test_the_heat_map_shows_the_worst_first_with_their_domains(shelf: asyncpg.Pool) -> None:
    heat = await posture.worst(shelf, limit=2)
    assert heat[0].band is Band.SUSPENDED
    assert heat[0].name == "Northwind Cognition"
    assert len(heat) == 2
    assert all(0 <= score <= 100 for each in heat for score in each.domains.values())
    spread = await posture.bands(shelf)
    assert spread.band[Band.SUSPENDED] == 1
    assert sum(spread.tier.values()) == sum(spread.band.values()) == 3


async def test_what_time_will_worsen_is_known_by_its_day(shelf: asyncpg.Pool) -> None:
    found = await shelf.fetch(f"SELECT key, next_change_on FROM {posture.VIEW.table} WHERE next_change_on IS NOT NULL")
    for key, on in found:
        assert key not in {str(each.supplier_id) for each in await posture.changing(shelf, on - DAY)}
        [change] = [each for each in await posture.changing(shelf, on) if str(each.supplier_id) == key]
        assert change.on == on
        whose = await posture.of_use(shelf, change.use_id)
        assert whose == await posture.of(shelf, change.supplier_id)
    assert found
