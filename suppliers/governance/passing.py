"""What time does to decisions."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from suppliers.entitlement import allow_system
from suppliers.ports import Command, Desk, Handlers
from suppliers.supplier import Supplier
from suppliers.use import Use


class ExpireApproval(Command):
    """Note that an approval ran out."""

    retried = True
    use_id: UUID


class ReassessPosture(Command):
    """Note that time alone moved the posture of a use."""

    retried = True
    use_id: UUID
    on: date


class LapseSuspension(Command):
    """Note that nobody ratified an emergency suspension."""

    retried = True
    supplier_id: UUID


def expire_approval(command: ExpireApproval, desk: Desk) -> None:
    allow_system(desk.actor)
    desk.get(Use, command.use_id).expire_approval(at=desk.now)


def reassess_posture(command: ReassessPosture, desk: Desk) -> None:
    allow_system(desk.actor)
    desk.get(Use, command.use_id).reassess(command.on, at=desk.now)


def lapse_suspension(command: LapseSuspension, desk: Desk) -> None:
    allow_system(desk.actor)
    desk.get(Supplier, command.supplier_id).lapse_suspension(at=desk.now)


HANDLERS: Handlers = {
    ExpireApproval: expire_approval,
    ReassessPosture: reassess_posture,
    LapseSuspension: lapse_suspension,
}
