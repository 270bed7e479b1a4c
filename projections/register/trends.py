"""How the scores of some suppliers moved, for the small curves of a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from projections.posture.rows import POINTS as POINTS
from projections.posture.rows import VIEW as POSTURE

if TYPE_CHECKING:
    from projections.storage import Reader

TRENDS = f"""
SELECT key, score, trend FROM {POSTURE.table} WHERE key = ANY($1) AND score IS NOT NULL
"""


async def trends(reader: Reader, ids: Iterable[UUID]) -> dict[UUID, list[float]]:
    """Supplier -> its last scores with the present one, oldest first."""
    found = await reader.fetch(TRENDS, [str(id) for id in ids])
    return {UUID(key): _joined([float(each) for each in (trend or "").split()], now) for key, now, trend in found}


def _joined(before: list[float], now: float) -> list[float]:
    """A history ends with the present, once."""
    known = before if before and before[-1] == now else [*before, now]
    return known[-POINTS:]
