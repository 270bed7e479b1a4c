"""Who may give which orders."""

from __future__ import annotations

from suppliers.errors import NotEntitled
from suppliers.ports import SEATS, Actor, Role

RISK = frozenset({Role.RISK_MANAGER})
BUYERS = frozenset({Role.PROCUREMENT, Role.RISK_MANAGER})
REVIEWERS = SEATS | RISK
WORKING_STAFF = BUYERS | SEATS | {Role.ADMINISTRATOR}
"""Everyone but an auditor, who only reads."""


def allow(actor: Actor, roles: frozenset[Role]) -> None:
    """Refuse unless the actor holds one of the roles; the system itself always may."""
    if actor.kind != "system" and not (actor.kind == "staff" and actor.roles & roles):
        raise NotEntitled


def allow_vendor(actor: Actor) -> None:
    """Refuse unless a vendor's contact acts (their session is bound to one assessment)."""
    if actor.kind != "vendor":
        raise NotEntitled


def allow_system(actor: Actor) -> None:
    """Refuse unless the system acts: what time or a mail server did."""
    if actor.kind != "system":
        raise NotEntitled
