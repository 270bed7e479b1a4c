"""The demo's history: what is in it, and that it is the same for the same seed."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from cli.demo.history import History
from cli.demo.summary import figures
from projections.renewals.dated import ACTED
from suppliers.assessment import AssessmentState
from suppliers.attestation import AttestationState
from suppliers.eu_ai_act import EuClass
from suppliers.ports import Role
from suppliers.posture import Band
from suppliers.supplier import Standing
from suppliers.use import UseState
from suppliers.vendor_model import SupplyKind
from telling import FEW, TODAY, digest, told

END = datetime.combine(TODAY - timedelta(days=1), time(18), tzinfo=UTC)


@pytest.fixture(scope="module")
def history() -> History:
    """The whole demo, told once."""
    return told()


def test_it_has_suppliers_of_every_standing(history: History) -> None:
    assert len(history.postures) > 40
    assert set(figures(history)["suppliers"]) == set(Standing)


def test_it_has_postures_of_every_band_and_tier(history: History) -> None:
    assert set(figures(history)["postures"]) == set(Band)
    assert set(figures(history)["tiers"]) == {"tier 1", "tier 2", "tier 3", "tier 4"}


def test_it_has_uses_of_every_class_and_almost_every_state(history: History) -> None:
    assert set(figures(history)["classes"]) == set(EuClass)
    assert set(figures(history)["uses"]) >= set(UseState) - {UseState.SUSPENDED}


def test_it_has_assessments_in_every_state_a_person_sees(history: History) -> None:
    assert set(figures(history)["assessments"]) >= (set(AssessmentState) - {AssessmentState.SENDING}) | {"overdue"}


def test_it_has_attestations_in_every_state_and_some_about_to_end(history: History) -> None:
    assert set(figures(history)["attestations"]) == set(AttestationState)
    dates = [each for row in history.rows["renewals"].values() for each in row.dates]
    ending = [each for each in dates if each.kind == "attestation_lapse" and each.on <= TODAY + timedelta(days=30)]
    assert len(ending) > 3


def test_it_has_reviews_with_every_outcome_and_some_that_wait(history: History) -> None:
    expected = {"approve", "approve_with_conditions", "reject", "suspend", "tabled"}
    assert set(figures(history)["reviews"]) >= expected
    topics = {fact.topic for fact in history.facts}
    assert {"Review.Deferred", "Review.ConditionMet", "Review.ConditionMissed", "Use.ApprovalExpired"} <= topics


def test_it_has_every_kind_of_supply_and_every_role(history: History) -> None:
    kinds = {fact.event.details.supply_kind for fact in history.facts if fact.topic == "VendorModel.Registered"}
    roles = {role for fact in history.facts if fact.topic == "Person.Registered" for role in fact.event.roles}
    assert (kinds, roles) == (set(SupplyKind), set(Role))


def test_suspensions_lapsed_were_ratified_and_lifted(history: History) -> None:
    topics = [fact.topic for fact in history.facts]
    assert topics.count("Supplier.Suspended") >= 4
    assert {"Supplier.SuspensionLapsed", "Supplier.Reinstated"} <= set(topics)


def test_nothing_is_dated_in_the_future_and_the_order_is_that_of_time(history: History) -> None:
    dates = [fact.recorded_at for fact in history.facts]
    assert dates == sorted(dates)
    assert max(dates) < datetime.combine(TODAY, time(0), tzinfo=UTC)
    assert all(fact.event.timestamp == fact.recorded_at for fact in history.facts)


def test_it_leaves_the_timekeeper_nothing_that_was_due_before_today(history: History) -> None:
    dates = [each for row in history.rows["renewals"].values() for each in row.dates if each.kind in ACTED]
    assert [each.key for each in dates if each.due_at < END - timedelta(hours=11)] == []


def test_something_becomes_due_today_or_tomorrow(history: History) -> None:
    dates = [each for row in history.rows["renewals"].values() for each in row.dates if each.kind in ACTED]
    assert any(TODAY <= each.due_at.date() <= TODAY + timedelta(days=1) for each in dates)


def test_every_letter_of_the_past_has_arrived_or_was_refused(history: History) -> None:
    assert {entry.state.value for entry in history.letters} == {"done", "refused"}
    assert all(entry.recorded for entry in history.letters)


def test_nobody_in_it_can_be_reached(history: History) -> None:
    addresses = [fact.event.email for fact in history.facts if fact.topic == "Person.Registered"]
    assert addresses and all(address.endswith(".example") for address in addresses)


def test_postures_move_so_that_there_is_something_to_draw(history: History) -> None:
    assert sum(len({round(point.score) for point in row.trend}) > 2 for row in history.postures) > 20


def test_every_file_is_of_the_kind_it_says(history: History) -> None:
    read = {"application/pdf": _read_pdf, "text/csv": _read_csv, "application/json": json.loads}
    assert {paper.media_type for paper in history.papers} == set(read)
    for paper in history.papers:
        assert read[paper.media_type](paper.body), paper.filename


def test_the_same_seed_and_date_tell_the_same_story_in_any_process() -> None:
    root = Path(__file__).resolve().parents[2]
    paths = os.pathsep.join(str(each) for each in (root, root / "tests", root / "tests" / "cli"))
    other = subprocess.run(
        [sys.executable, root / "tests" / "cli" / "telling.py"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": "7"},
    )
    assert other.stdout.strip() == digest(told(*FEW))


def test_another_seed_tells_another_story() -> None:
    assert digest(told("redoubt", seed="other")) != digest(told("redoubt"))


def _read_pdf(body: bytes) -> bool:
    """Its table of objects points at objects."""
    start = int(re.findall(rb"startxref\n(\d+)\n%%EOF", body)[0])
    offsets = [int(line[:10]) for line in body[start:].split(b"\n")[3:] if line.endswith(b" n ")]
    assert all(body[at:].startswith(b"%d 0 obj" % number) for number, at in enumerate(offsets, start=1))
    return body.startswith(b"%PDF-1.4") and len(offsets) >= 5


def _read_csv(body: bytes) -> bool:
    rows = list(csv.reader(io.StringIO(body.decode())))
    return len(rows) > 3 and len({len(row) for row in rows}) == 1
