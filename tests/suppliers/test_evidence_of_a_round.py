"""From a vendor's answers and a reviewer's verdicts to a posture."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pydantic import TypeAdapter

from suppliers.eu_ai_act import EuClass
from suppliers.factors import Tier, Verification
from suppliers.policy import policy
from suppliers.posture import Band, Given, Posture, UseInputs, assess, changes, finding, sections
from suppliers.posture.evidence import VerdictWord, evidence
from suppliers.questionnaires import Standing, fired, library
from suppliers.tiering import complete_facts, rate
from tests.suppliers.golden import FACTORS, FACTS, TODAY

DDQ = library().latest("vendor_model")
POLICY = policy()
KNOWN = complete_facts(FACTS, FACTORS, eu_class=EuClass.HIGH, tier=Tier.CRITICAL, on=TODAY)


def posture(answers: dict[str, Given], *, submitted: bool = True) -> Posture:
    values = {id: each.value for id, each in answers.items()}
    raised = fired(DDQ, KNOWN, values, submitted=submitted)
    rated = rate(KNOWN, FACTORS, POLICY)
    inputs = UseInputs(
        factors=rated.scores,
        tier=rated.tier,
        eu_class=EuClass.HIGH,
        questionnaire=DDQ.ref,
        sections=sections(DDQ, KNOWN, answers),
        findings=tuple(finding(each, id=each.question) for each in raised),
        round_open=not submitted,
    )
    return assess(inputs, POLICY, TODAY)


@pytest.mark.parametrize(
    ("attached", "verdict", "superseded", "verification"),
    [
        (False, None, False, Verification.SAID),
        (False, "accepted", False, Verification.SAID),
        (True, None, False, Verification.ATTACHED),
        (True, "challenged", False, Verification.ATTACHED),
        (True, "accepted", False, Verification.ACCEPTED),
        (False, "independent", False, Verification.INDEPENDENT),
        (True, "weak", False, Verification.WEAK),
        (True, "accepted", True, Verification.WEAK),
        (True, "contradicted", True, Verification.CONTRADICTED),
    ],
)
def test_how_far_an_answer_was_checked(
    attached: bool, verdict: VerdictWord | None, superseded: bool, verification: Verification
) -> None:
    given = Given(value="yes", answered_on=TODAY, attached=attached, verdict=verdict, superseded=superseded)
    assert given.verification is verification


def test_age_counts_from_the_report_and_not_from_the_upload() -> None:
    report = TODAY - timedelta(days=300)
    given = Given(value="yes", answered_on=TODAY, attached=True, evidence_on=report)
    assert evidence(DDQ.by_id["ORG-02"], given).evidence_on == report
    assert evidence(DDQ.by_id["ORG-02"], given._replace(evidence_on=None)).evidence_on == TODAY


def test_a_test_date_fades_and_a_text_waits() -> None:
    tested = evidence(DDQ.by_id["SEC-02"], Given(value="2026-01-31", answered_on=TODAY))
    assert tested.fading is not None
    assert (tested.fading.since, tested.fading.max_age_days, tested.score) == (date(2026, 1, 31), 365, None)
    text = Given(value="Zoë, CTO", answered_on=TODAY)
    assert evidence(DDQ.by_id["ORG-03"], text).standing is Standing.PENDING
    marked = text._replace(verdict="accepted", mark=0.75)
    assert evidence(DDQ.by_id["ORG-03"], marked).score == 0.75


def test_an_answer_survives_json_as_a_list() -> None:
    kept = TypeAdapter(Given)
    again = kept.validate_json(kept.dump_json(Given(value=("a", "b"), answered_on=TODAY)))
    assert again.value == ("a", "b")
    assert kept.validate_json('{"value": 30, "answered_on": "2026-11-24"}').value == 30


def test_only_what_is_asked_is_counted() -> None:
    found = {a.question for s in sections(DDQ, {**KNOWN, "intake.affects_people": False}, {}) for a in s.answers}
    assert "FAI-01" not in found
    assert {a.question for s in sections(DDQ, KNOWN, {}) for a in s.answers} >= {"FAI-01", "FAI-05"}


def test_answers_move_the_posture_and_say_why() -> None:
    start = posture({}, submitted=False)
    assert (start.band, start.confidence, start.provisional) == (Band.UNACCEPTABLE, 0, True)
    good = {
        q.id: Given(value="no" if q.options[0].score == 0 else "yes", answered_on=TODAY, attached=True)
        for q in DDQ.questions
        if q.type == "yes_no_na"
    }
    later = posture(good, submitted=False)
    assert later.residual < start.residual
    said = changes(start, later)
    assert said[0].startswith(f"Residual risk falls from {start.residual:.1f} to {later.residual:.1f}")
    assert len(said) > 3


def test_an_answer_that_fires_a_knock_out_blocks_and_is_explained() -> None:
    blocked = posture({"TRD-05": Given(value="yes", answered_on=TODAY)}, submitted=False)
    assert blocked.band is Band.BLOCKED
    assert blocked.knock_outs == ("TRD-05",)
    assert any("TRD-05" in limit.reason for limit in blocked.limits)
    assert any(each.key == "TRD-05" for each in blocked.contributions)
