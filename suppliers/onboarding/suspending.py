"""A supplier is suspended, and reinstated."""

from __future__ import annotations

from uuid import UUID

from suppliers.entitlement import allow
from suppliers.happening import Backdated, happened
from suppliers.ports import SEATS, Command, Desk, Handlers, Role
from suppliers.supplier import Supplier

SUSPENDERS = frozenset({Role.SECURITY, Role.RISK_MANAGER})


class SuspendSupplier(Backdated):
    """Stop new use at once; the council ratifies within 72 hours or it lapses."""

    supplier_id: UUID
    reason: str


class ReinstateSupplier(Command):
    """Lift a suspension whose cause is closed."""

    supplier_id: UUID
    reason: str


def suspend_supplier(command: SuspendSupplier, desk: Desk) -> None:
    allow(desk.actor, SUSPENDERS)
    supplier = desk.get(Supplier, command.supplier_id)
    supplier.saw(command.expected_version)
    at = happened(command, supplier, now=desk.now)
    supplier.suspend(reason=command.reason, by=desk.actor.id, ratified=False, at=at, noted=desk.now)


def reinstate_supplier(command: ReinstateSupplier, desk: Desk) -> None:
    allow(desk.actor, SEATS)
    supplier = desk.get(Supplier, command.supplier_id)
    supplier.saw(command.expected_version)
    supplier.reinstate(reason=command.reason, by=desk.actor.id, at=desk.now)


HANDLERS: Handlers = {
    SuspendSupplier: suspend_supplier,
    ReinstateSupplier: reinstate_supplier,
}
