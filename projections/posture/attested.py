"""How attestations enter a posture: while they cover, until they end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from projections.posture.kept import SupplierPosture
from projections.posture.parts import Attested
from projections.posture.rows import VIEW
from projections.posture.uses import dated
from projections.view import but, its_supplier, lacking, new, text_of
from suppliers.attestation import Attestation, Coverage
from suppliers.ports import Recorded


@VIEW.on(Attestation.Given, keys=its_supplier)
def given(row: SupplierPosture, event: Attestation.Given, recorded: Recorded) -> SupplierPosture:
    valid = event.document
    held = new(
        Attested, type=event.type, subject_id=event.subject_id, begins_on=valid.valid_from, ends_on=valid.valid_until
    )
    return holding(row, event, held)


@VIEW.on(Attestation.Verified, keys=its_supplier)
def verified(row: SupplierPosture, event: Attestation.Verified, recorded: Recorded) -> SupplierPosture:
    return without(row, event) if event.covers_subject is Coverage.NO else row


@VIEW.on(Attestation.Rejected, keys=its_supplier)
def rejected(row: SupplierPosture, event: Attestation.Rejected, recorded: Recorded) -> SupplierPosture:
    return without(row, event)


@VIEW.on(Attestation.Renewed, keys=its_supplier)
def renewed(row: SupplierPosture, event: Attestation.Renewed, recorded: Recorded) -> SupplierPosture:
    """One that does not cover the subject covers it no better in its next edition."""
    held = row.attestations.get(text_of(event.originator_id))
    if held is None:
        return row
    valid = event.document
    return holding(row, event, but(held, begins_on=valid.valid_from, ends_on=valid.valid_until))


@VIEW.on(Attestation.Lapsed, keys=its_supplier)
def lapsed(row: SupplierPosture, event: Attestation.Lapsed, recorded: Recorded) -> SupplierPosture:
    """Its last day is known since it was given; from today on it shows."""
    return dated(row, event)


@VIEW.on(Attestation.Revoked, keys=its_supplier)
def revoked(row: SupplierPosture, event: Attestation.Revoked, recorded: Recorded) -> SupplierPosture:
    """It counts as expired at once."""
    held = row.attestations.get(text_of(event.originator_id))
    if held is None:
        return row
    return holding(row, event, but(held, ends_on=event.timestamp.date() - timedelta(days=1)))


def holding(row: SupplierPosture, event: Any, held: Attested) -> SupplierPosture:
    """What was found of uses is remembered by these, so they are never written on."""
    after = dated(row, event)
    return but(after, attestations={**after.attestations, text_of(event.originator_id): held})


def without(row: SupplierPosture, event: Any) -> SupplierPosture:
    return lacking(dated(row, event), "attestations", text_of(event.originator_id))
