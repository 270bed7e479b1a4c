"""What is noted later than it happened keeps both times."""

from __future__ import annotations

from datetime import timedelta

import story
from desk import LEGAL, SECURITY, MemoryDesk, refused
from suppliers.assurance import GiveAttestation, RevokeAttestation
from suppliers.attestation import Attestation, Document
from suppliers.happening import BeforeItBegan, StillAhead
from suppliers.inventory import AdoptVersion, AnnounceVersion
from suppliers.supplier import Supplier
from suppliers.use import Use
from suppliers.vendor_model import VendorModel

DAY = timedelta(days=1)


def test_a_version_is_adopted_on_the_day_it_was_put_into_use(desk: MemoryDesk) -> None:
    use = story.with_use(desk, story.onboarded(desk))
    model = desk.get(Use, use).subject_id
    desk.hand_in(AnnounceVersion(model_id=model, version="3"))
    desk.pass_days(10)
    day = desk.now.date() - 4 * DAY
    desk.hand_in(AdoptVersion(model_id=model, version="3", happened_on=day))
    event = desk.get(VendorModel, model).pending_events[-1]
    assert event.timestamp.date() == day
    assert event.timestamp.timetz() == desk.now.timetz()


def test_the_future_and_the_time_before_the_record_are_refused(desk: MemoryDesk) -> None:
    supplier = story.onboarded(desk)
    desk.pass_days(1)
    valid = Document(issuer="Auditor", valid_from=desk.now.date(), valid_until=desk.now.date() + 90 * DAY)
    given = GiveAttestation(supplier_id=supplier, type="iso27001", document=valid)
    desk.hand_in(given)
    desk.pass_days(5)
    for day, refusal in ((desk.now.date() + DAY, StillAhead), (desk.now.date() - 6 * DAY, BeforeItBegan)):
        with refused(refusal, desk):
            desk.hand_in(RevokeAttestation(attestation_id=given.attestation_id, reason="r", happened_on=day), by=LEGAL)
    desk.hand_in(RevokeAttestation(attestation_id=given.attestation_id, reason="r"), by=LEGAL)
    assert desk.get(Attestation, given.attestation_id).pending_events[-1].timestamp == desk.now


def test_the_council_has_its_hours_from_when_a_suspension_was_noted(desk: MemoryDesk) -> None:
    supplier = desk.get(Supplier, story.onboarded(desk))
    supplier.approve(review_id=supplier.id, conditional=False, at=desk.now)
    desk.pass_days(9)
    earlier = desk.now - 5 * DAY
    supplier.suspend(reason="A breach", by=SECURITY.id, ratified=False, at=earlier, noted=desk.now)
    assert supplier.ratify_by == desk.now + timedelta(hours=72)
    assert supplier.pending_events[-1].timestamp == earlier
