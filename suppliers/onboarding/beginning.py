"""Due diligence begins, or we do not buy."""

from __future__ import annotations

from uuid import UUID

from suppliers.entitlement import BUYERS, allow
from suppliers.ports import SEATS, Command, Desk, Handlers
from suppliers.supplier import Supplier


class StartOnboarding(Command):
    """Let due diligence begin."""

    supplier_id: UUID


class DeclineSupplier(Command):
    """Do not buy from this supplier."""

    supplier_id: UUID
    reason: str


def start_onboarding(command: StartOnboarding, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    supplier = desk.get(Supplier, command.supplier_id)
    supplier.saw(command.expected_version)
    supplier.start_onboarding(by=desk.actor.id, at=desk.now)


def decline_supplier(command: DeclineSupplier, desk: Desk) -> None:
    allow(desk.actor, BUYERS | SEATS)
    supplier = desk.get(Supplier, command.supplier_id)
    supplier.saw(command.expected_version)
    supplier.decline(reason=command.reason, by=desk.actor.id, at=desk.now)


HANDLERS: Handlers = {
    StartOnboarding: start_onboarding,
    DeclineSupplier: decline_supplier,
}
