"""Which use decides, what else moves a posture, and when time will."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

import story
from desk import LEGAL, RISK, SECURITY
from projections import posture
from projections.posture.kept import LONGEST
from projections.projector import Projector
from suppliers.assurance import RevokeAttestation, VerifyAttestation
from suppliers.attestation import Coverage
from suppliers.factors import Verification
from suppliers.governance import ReassessPosture
from suppliers.intake import OverrideTier, RetireUse
from suppliers.inventory import AdoptVersion, AnnounceVersion
from suppliers.onboarding import ReinstateSupplier, SuspendSupplier
from suppliers.ports import SYSTEM
from suppliers.posture import Band
from suppliers.use import Use
from tests.projections.log import Log, LogFeed
from tests.projections.portfolio import DAY, attest, decide
from tests.projections.postures import judged_by, row_of, use_in, verification


@pytest.fixture
def use(log: Log) -> UUID:
    return story.with_use(log, story.onboarded(log), score=3)


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
    held = {each.id: each for each in judged_by(log, use).attestations}
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
    assert before is not None and after.result is not None
    assert after.result.confidence < before.confidence
    assert verification(log, use, "MOD-01") is Verification.WEAK
    card = next(each for each in judged_by(log, use).attestations if each.id == "model_card")
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
