"""How attestations come into a dossier, are checked, renewed and end."""

from __future__ import annotations

from typing import Any

from projections.dossier.entries import AttestationEntry
from projections.dossier.rows import VIEW, Dossier
from projections.names.titles import title
from projections.view import adding, its_supplier, new, text_of, within
from suppliers.attestation import Attestation, AttestationState
from suppliers.ports import Recorded

UNCHECKED: dict[str, Any] = {"how": "", "covers": None, "opinion": None, "verified_by": None, "verified_at": None}


@VIEW.on(Attestation.Given, keys=its_supplier)
def given(row: Dossier, event: Attestation.Given, recorded: Recorded) -> Dossier:
    entry = new(
        AttestationEntry,
        id=event.originator_id,
        version=event.originator_version,
        type=event.type,
        title=title(event.type),
        subject_id=event.subject_id,
        document=event.document,
        assessment_id=event.assessment_id,
        state=AttestationState.GIVEN,
        given_by=event.by,
        given_at=event.timestamp,
        changed_at=event.timestamp,
    )
    return adding(row, "attestations", text_of(entry.id), entry)


@VIEW.on(Attestation.Verified, keys=its_supplier)
def verified(row: Dossier, event: Attestation.Verified, recorded: Recorded) -> Dossier:
    return changed(
        row,
        event,
        state=AttestationState.VERIFIED,
        how=event.how,
        covers=event.covers_subject,
        opinion=event.opinion,
        verified_by=event.by,
        verified_at=event.timestamp,
    )


@VIEW.on(Attestation.Rejected, keys=its_supplier)
def rejected(row: Dossier, event: Attestation.Rejected, recorded: Recorded) -> Dossier:
    return changed(row, event, state=AttestationState.REJECTED, reason=event.reason)


@VIEW.on(Attestation.RenewalRequested, keys=its_supplier)
def renewal_requested(row: Dossier, event: Attestation.RenewalRequested, recorded: Recorded) -> Dossier:
    return changed(row, event, renewal_asked_at=event.timestamp, days_left_when_asked=event.days_left)


@VIEW.on(Attestation.RenewalReminderSent, keys=its_supplier)
def reminder_sent(row: Dossier, event: Attestation.RenewalReminderSent, recorded: Recorded) -> Dossier:
    return changed(row, event)


@VIEW.on(Attestation.Renewed, keys=its_supplier)
def renewed(row: Dossier, event: Attestation.Renewed, recorded: Recorded) -> Dossier:
    asked: dict[str, Any] = {"renewal_asked_at": None, "days_left_when_asked": None}
    given = {"document": event.document, "given_by": event.by, "given_at": event.timestamp, "reason": ""}
    return changed(row, event, state=AttestationState.GIVEN, **given, **asked, **UNCHECKED)


@VIEW.on(Attestation.Lapsed, keys=its_supplier)
def lapsed(row: Dossier, event: Attestation.Lapsed, recorded: Recorded) -> Dossier:
    return changed(row, event, state=AttestationState.LAPSED)


@VIEW.on(Attestation.Revoked, keys=its_supplier)
def revoked(row: Dossier, event: Attestation.Revoked, recorded: Recorded) -> Dossier:
    return changed(row, event, state=AttestationState.REVOKED, reason=event.reason)


def changed(row: Dossier, event: Any, **changes: Any) -> Dossier:
    stepped = {"version": event.originator_version, "changed_at": event.timestamp}
    return within(row, "attestations", text_of(event.originator_id), **stepped, **changes)
