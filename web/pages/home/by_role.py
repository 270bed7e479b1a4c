"""Which queues a person sees: those of each role they hold, every queue once, the most pressing first."""

from __future__ import annotations

from collections.abc import Mapping

from suppliers.ports import SEATS, Role
from web.pages.home import buying, deciding, reviewing
from web.pages.home.queues import Reader

BUYING = (buying.bounced, buying.overdue, buying.incomplete, buying.to_send, buying.expiring)
REVIEWING = (reviewing.to_review, reviewing.to_verify)
DECIDING = (deciding.to_decide, deciding.conditions)

BY_ROLE: Mapping[Role, tuple[Reader, ...]] = {
    Role.PROCUREMENT: BUYING,
    Role.RISK_MANAGER: (*DECIDING, *REVIEWING, reviewing.to_confirm, *BUYING),
    Role.LEGAL: (deciding.to_decide, reviewing.to_confirm, deciding.conditions, *REVIEWING),
    **dict.fromkeys(SEATS - {Role.LEGAL}, (*DECIDING, *REVIEWING)),
}


def readers_for(roles: frozenset[Role]) -> list[Reader]:
    """The queues of a person with these roles; deciding comes before reviewing, reviewing before buying."""
    order = (Role.LEGAL, Role.RISK_MANAGER, *sorted(SEATS - {Role.LEGAL}), Role.PROCUREMENT)
    return list(dict.fromkeys(reader for role in order if role in roles for reader in BY_ROLE[role]))
