"""Single models, uses, attestations, assessments and decisions, now and as of a day."""

from __future__ import annotations

from datetime import timedelta

import asyncpg
import httpx
import pytest

from clock import MovableClock
from projections import posture
from suppliers.assurance import GiveAttestation
from suppliers.attestation import Document
from suppliers.governance import TableReview
from tests.web.pages.rounds import REVIEWER, Rounds

NAMES = ("models", "uses", "attestations", "assessments", "decisions")


@pytest.fixture
async def house(pool: asyncpg.Pool, clock: MovableClock) -> Rounds:
    return Rounds(pool, clock)


async def test_each_is_told_as_the_list_tells_it_now_and_as_of_a_day(house: Rounds, reader: httpx.AsyncClient) -> None:
    await house.begin()
    first = house.clock.now().date()
    house.pass_time(days=1)
    await house.closed()
    shown = Document(issuer="Insurer AG", valid_from=first, valid_until=first + timedelta(days=300))
    await house.do(GiveAttestation(supplier_id=house.supplier_id, type="insurance", document=shown), house.dana.actor)
    await house.projector.catch_up()
    pack = await posture.pack(house.pool, house.use_id)
    assert pack is not None
    await house.do(TableReview(use_id=house.use_id, question="May we?", pack=pack), REVIEWER)
    await house.projector.catch_up()
    day = house.clock.now().date()
    house.pass_time(days=1)
    for name in NAMES:
        for when in ("", f"as_of={day}", f"as_of={day}&axis=true"):
            [listed] = (await reader.get(f"/api/v1/{name}?{when}")).json()["items"]
            answer = await reader.get(f"/api/v1/{name}/{listed['id']}?{when}")
            assert (answer.status_code, answer.json()) == (200, listed), (name, when)
        before = (await reader.get(f"/api/v1/{name}/{listed['id']}?as_of={first}")).status_code
        assert before == (200 if name in ("models", "uses") else 404), name
        assert (await reader.get(f"/api/v1/{name}/{house.supplier_id}")).status_code == 404
