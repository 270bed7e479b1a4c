"""Who answers at the vendor, and by which link."""

from __future__ import annotations

from uuid import UUID

from suppliers.assessment import Assessment
from suppliers.entitlement import BUYERS, allow
from suppliers.ports import Command, Desk, Handlers


class RenewLink(Command):
    """Mail a new link; earlier ones stop working."""

    assessment_id: UUID


class RevokeLink(Command):
    """Make the mailed link stop working."""

    assessment_id: UUID
    reason: str


class ChangeContact(Command):
    """Have somebody else at the vendor answer; they are mailed a new link."""

    assessment_id: UUID
    contact: UUID


def renew_link(command: RenewLink, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    desk.get(Assessment, command.assessment_id).renew_link(by=desk.actor.id, at=desk.now)


def revoke_link(command: RevokeLink, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    desk.get(Assessment, command.assessment_id).revoke_link(reason=command.reason, by=desk.actor.id, at=desk.now)


def change_contact(command: ChangeContact, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    assessment = desk.get(Assessment, command.assessment_id)
    assessment.change_contact(command.contact, by=desk.actor.id, at=desk.now)
    if assessment.with_vendor:
        assessment.renew_link(by=desk.actor.id, at=desk.now)


HANDLERS: Handlers = {
    RenewLink: renew_link,
    RevokeLink: revoke_link,
    ChangeContact: change_contact,
}
