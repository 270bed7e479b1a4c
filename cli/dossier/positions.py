"""Where a supplier's events stand in the log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cli.called import Called
from cli.settings import Misconfigured
from projections import activity, storage


async def positions(connection: Any, supplier: Called, until: int) -> Sequence[int]:
    """By the index of the trail, which has to know all of the log up to there."""
    read = (await storage.positions(connection, [activity.VIEW]))[activity.VIEW.name]
    if read < until:
        raise Misconfigured([f"The trail knows {read} of {until} events: try again when it has caught up."])
    return list(await activity.positions_of(connection, [supplier.id], until))
