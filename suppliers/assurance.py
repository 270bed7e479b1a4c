"""Commands about attestations: take in, verify, ask for renewal, renew, let lapse."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from pydantic import Field

from suppliers.attestation import Attestation, Coverage, Document, Opinion
from suppliers.attestation_rules import AttestationRules, default_end
from suppliers.entitlement import BUYERS, REVIEWERS, WORKING_STAFF, allow, allow_system
from suppliers.happening import Backdated, happened
from suppliers.ports import Command, Desk, Handlers, new_id
from suppliers.supplier import Supplier


class GiveAttestation(Command):
    """Take in an attestation; `valid_until` None takes the type's default validity."""

    attestation_id: UUID = Field(default_factory=new_id)
    supplier_id: UUID
    subject_id: UUID | None = None
    type: str
    document: Document
    assessment_id: UUID | None = None


class VerifyAttestation(Command):
    """Say that an attestation was checked, and how."""

    attestation_id: UUID
    how: str
    covers: Coverage = Coverage.YES
    opinion: Opinion = Opinion.NOT_APPLICABLE


class RejectAttestation(Command):
    """Say that an attestation does not prove what it should."""

    attestation_id: UUID
    reason: str


class RequestRenewal(Command):
    """Reach a step of the renewal schedule: `days_left` days before the end."""

    retried = True
    attestation_id: UUID
    days_left: int


class NoteRenewalReminderSent(Command):
    """Note that the mail server took the letter that asks for renewal."""

    retried = True
    attestation_id: UUID
    days_left: int
    letter: str


class RenewAttestation(Command):
    """Put a newer document in its place."""

    attestation_id: UUID
    document: Document


class LapseAttestation(Command):
    """Note that the last day of validity passed."""

    retried = True
    attestation_id: UUID


class RevokeAttestation(Backdated):
    """Note that issuer or vendor took it back."""

    attestation_id: UUID
    reason: str


def give_attestation(command: GiveAttestation, desk: Desk, *, rules: AttestationRules) -> None:
    allow(desk.actor, WORKING_STAFF)
    supplier = desk.get(Supplier, command.supplier_id)
    attestation = Attestation.give(
        id=command.attestation_id,
        supplier_id=supplier.id,
        subject_id=command.subject_id,
        type=rules.type(command.type).code,
        document=_with_end(command.type, command.document, rules),
        assessment_id=command.assessment_id,
        by=desk.actor.id,
        at=desk.now,
    )
    desk.add(attestation)


def verify_attestation(command: VerifyAttestation, desk: Desk) -> None:
    allow(desk.actor, REVIEWERS)
    attestation = desk.get(Attestation, command.attestation_id)
    attestation.saw(command.expected_version)
    attestation.verify(how=command.how, covers=command.covers, opinion=command.opinion, by=desk.actor.id, at=desk.now)


def reject_attestation(command: RejectAttestation, desk: Desk) -> None:
    allow(desk.actor, REVIEWERS)
    attestation = desk.get(Attestation, command.attestation_id)
    attestation.saw(command.expected_version)
    attestation.reject(reason=command.reason, by=desk.actor.id, at=desk.now)


def request_renewal(command: RequestRenewal, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    desk.get(Attestation, command.attestation_id).request_renewal(days_left=command.days_left, at=desk.now)


def note_renewal_reminder_sent(command: NoteRenewalReminderSent, desk: Desk) -> None:
    allow_system(desk.actor)
    attestation = desk.get(Attestation, command.attestation_id)
    attestation.note_reminder(days_left=command.days_left, letter=command.letter, at=desk.now)


def renew_attestation(command: RenewAttestation, desk: Desk, *, rules: AttestationRules) -> None:
    allow(desk.actor, WORKING_STAFF)
    attestation = desk.get(Attestation, command.attestation_id)
    attestation.saw(command.expected_version)
    document = _with_end(attestation.type, command.document, rules)
    attestation.renew(document, by=desk.actor.id, at=desk.now)


def lapse_attestation(command: LapseAttestation, desk: Desk) -> None:
    allow_system(desk.actor)
    desk.get(Attestation, command.attestation_id).lapse(at=desk.now)


def revoke_attestation(command: RevokeAttestation, desk: Desk) -> None:
    allow(desk.actor, BUYERS | REVIEWERS)
    attestation = desk.get(Attestation, command.attestation_id)
    attestation.saw(command.expected_version)
    at = happened(command, attestation, now=desk.now)
    attestation.revoke(reason=command.reason, by=desk.actor.id, at=at)


def _with_end(type: str, document: Document, rules: AttestationRules) -> Document:
    """With its own end, or the one its type gives it."""
    end = document.valid_until or default_end(rules.type(type), issued_on=document.valid_from)
    return document.model_copy(update={"valid_until": end})


def handlers(rules: AttestationRules) -> Handlers:
    """The table of this activity's commands."""
    return {
        GiveAttestation: partial(give_attestation, rules=rules),
        VerifyAttestation: verify_attestation,
        RejectAttestation: reject_attestation,
        RequestRenewal: request_renewal,
        NoteRenewalReminderSent: note_renewal_reminder_sent,
        RenewAttestation: partial(renew_attestation, rules=rules),
        LapseAttestation: lapse_attestation,
        RevokeAttestation: revoke_attestation,
    }
