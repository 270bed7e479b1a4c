"""What is kept of a posture, and what a reader makes of it."""

from __future__ import annotations

import json

import pytest

import story
from projections import posture
from projections.beside import Beside
from projections.posture import SupplierPosture
from projections.posture.finishing import finished
from projections.view import fold
from suppliers.posture import stand
from tests.projections.log import Log
from tests.projections.portfolio import attest


@pytest.fixture
def told(log: Log) -> Log:
    supplier = story.onboarded(log)
    use = story.with_use(log, supplier, score=3)
    log.pass_days(3)
    story.closed(log, use)
    log.pass_days(2)
    attest(log, supplier, "iso27001", days=100)
    story.with_use(log, supplier, score=1)
    return log


def rows(log: Log) -> dict[str, SupplierPosture]:
    return fold(posture.VIEW, log.facts)


def test_a_row_keeps_the_numbers_and_a_reader_gets_the_same_with_reasons(told: Log) -> None:
    [kept] = rows(told).values()
    read = posture.in_full(SupplierPosture.model_validate_json(kept.model_dump_json()))
    for id, use in kept.uses.items():
        full = read.uses[id].result
        assert use.result is None
        assert full is not None
        assert full.contributions
        assert use.stand == stand(full)
        assert (use.next_change_on, use.next_band) == (full.next_change_on, full.next_band)


def test_a_row_of_the_version_before_is_judged_by_whoever_reads_it(told: Log) -> None:
    [kept] = rows(told).values()
    old = json.loads(kept.model_dump_json())
    old["stale"] = old.pop("pending")
    for use in old["uses"].values():
        del use["stand"], use["next_change_on"], use["next_band"]
        if use["before"]:
            use["before"]["on"] = "2026-01-01"
    assert finished(SupplierPosture.model_validate(old)) == kept


def test_what_is_remembered_of_uses_changes_no_row(told: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    remembered = rows(told)
    monkeypatch.setattr(Beside, "of", lambda place, row: None)
    assert rows(told) == remembered
