"""For `tierce doctor`: is the log sealed at all, and does a signed head of it leave the database?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cli.settings import Settings

NEVER = """
SELECT count(*) FROM public.event_log
 WHERE recorded_at < now() - interval '1 minute' AND NOT EXISTS (SELECT FROM public.log_seals)
"""
"""Whoever began to seal and stopped is behind, as other readers of the log are."""


async def unsealed(connection: Any) -> Sequence[str]:
    """A log that nobody seals can be rewritten unnoticed."""
    events = await connection.fetchval(NEVER)
    return [f"sealer: {events} events, none of them sealed: run the role sealer"] if events else []


def unsigned(settings: Settings) -> Sequence[str]:
    """Seals can be rewritten with the log; only said, since another process may be the one that signs."""
    if settings.signing_key is None:
        return ["heads: not signed by this process: set TIERCE_SIGNING_KEY where the role sealer runs"]
    if not (settings.heads_file or settings.heads_url or settings.heads_to):
        return ["heads: they go nowhere: set TIERCE_HEADS_FILE, TIERCE_HEADS_URL or TIERCE_HEADS_TO"]
    return []
