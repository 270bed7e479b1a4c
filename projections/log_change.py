"""That the log was changed, as whoever seals it has found: what people must know before they trust a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from projections.storage import Pool

PATIENCE = 2.0
FOUND = "SELECT position, kind, sentence, found_at AS since FROM public.log_findings"


@dataclass(frozen=True, slots=True)
class LogChange:
    """`sentence` says what was found at or from `position` on."""

    position: int
    kind: str
    sentence: str
    since: datetime


async def log_changes(pool: Pool) -> list[LogChange]:
    """None, or the one."""
    return [LogChange(**row) for row in await pool.fetch(FOUND, timeout=PATIENCE)]
