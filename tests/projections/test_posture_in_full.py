"""What is kept of a posture, and what a reader makes of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

import story
from projections import posture
from projections.beside import Beside
from projections.posture import Point, SupplierPosture
from projections.view import fold
from suppliers.factors import Factor
from suppliers.governance import ReassessPosture
from suppliers.ports import SYSTEM
from suppliers.posture import Given, stand
from suppliers.questionnaires import Domain
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


def as_the_version_before(kept: SupplierPosture) -> dict[str, Any]:
    """With a name to each number, nothing left out, and more than a posture depends on."""
    row: dict[str, Any] = json.loads(kept.model_dump_json())
    row["history"] = [Point(*each)._asdict() for each in row["history"]]
    for use, now in zip(row["uses"].values(), kept.uses.values(), strict=True):
        use["intake"]["factors"] = dict(zip(Factor, use["intake"]["factors"], strict=True))
        use["rating"] |= {"scores": dict(zip(Factor, use["rating"]["scores"], strict=True)), "inherent": 4.5}
        use["classification"] |= {"reason": "No step of the tree applies.", "art50_duties": []}
        use["stand"], use["before"] = (
            stood and {**stood._asdict(), "domains": dict(zip(Domain, stood.domains, strict=True))}
            for stood in (now.stand, now.was)
        )
        use["history"] = [Point(*each)._asdict() for each in use["history"]]
        if counted := use["counted"]:
            counted["answers"] = {id: Given(*each)._asdict() for id, each in counted["answers"].items()}
    return row


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


def test_a_row_of_the_version_before_is_read_as_well(told: Log) -> None:
    [kept] = rows(told).values()
    old = SupplierPosture.model_validate(as_the_version_before(kept))
    assert posture.in_full(old) == posture.in_full(kept)


def test_a_row_leaves_out_how_a_use_stood_before_while_it_stands_so(told: Log) -> None:
    [kept] = rows(told).values()
    first, second = kept.uses.values()
    assert first.history and first.before is None and first.was == first.stand
    assert not second.history and second.was is None
    told.pass_days(400)
    told.hand_in(ReassessPosture(use_id=first.id, on=told.today()), by=SYSTEM)
    [aged] = rows(told).values()
    assert aged.uses[str(first.id)].before == first.stand
    assert aged.uses[str(second.id)].before is None
    full = posture.in_full(aged)
    assert full.uses[str(first.id)].moved
    assert full.uses[str(second.id)].before == second.stand


def test_what_is_remembered_of_uses_changes_no_row(told: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    remembered = rows(told)
    monkeypatch.setattr(Beside, "of", lambda place, row: None)
    assert rows(told) == remembered
