"""We leave a supplier, and come back."""

from __future__ import annotations

from uuid import UUID

from suppliers.entitlement import BUYERS, RISK, allow
from suppliers.ports import Command, Desk, Handlers
from suppliers.supplier import Supplier


class StartOffboarding(Command):
    """Begin to leave a supplier."""

    supplier_id: UUID
    exit_plan: str


class CompleteOffboarding(Command):
    """End the relationship."""

    supplier_id: UUID
    access_removed: bool
    certificate: str


class ProposeAgain(Command):
    """Propose a declined or offboarded supplier again."""

    supplier_id: UUID
    reason: str


def start_offboarding(command: StartOffboarding, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    supplier = desk.get(Supplier, command.supplier_id)
    supplier.saw(command.expected_version)
    supplier.start_offboarding(exit_plan=command.exit_plan, by=desk.actor.id, at=desk.now)


def complete_offboarding(command: CompleteOffboarding, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    supplier = desk.get(Supplier, command.supplier_id)
    supplier.saw(command.expected_version)
    supplier.offboard(
        access_removed=command.access_removed, certificate=command.certificate, by=desk.actor.id, at=desk.now
    )


def propose_again(command: ProposeAgain, desk: Desk) -> None:
    allow(desk.actor, BUYERS | RISK)
    supplier = desk.get(Supplier, command.supplier_id)
    supplier.saw(command.expected_version)
    supplier.propose_again(reason=command.reason, by=desk.actor.id, at=desk.now)


HANDLERS: Handlers = {
    StartOffboarding: start_offboarding,
    CompleteOffboarding: complete_offboarding,
    ProposeAgain: propose_again,
}
