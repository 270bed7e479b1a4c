"""What the sealer found, kept where every process sees it until all is well again."""

from __future__ import annotations

from typing import Any

from events.tree.findings import Finding

PUT = """
INSERT INTO public.log_findings AS kept (position, kind, sentence) VALUES ($1, $2, $3)
ON CONFLICT (one) DO UPDATE SET position = excluded.position, kind = excluded.kind, sentence = excluded.sentence
 WHERE excluded.position <= kept.position
"""
"""Since when stays, and so does what is wrong further down: the log has not been well in between."""
GET = "SELECT position, kind, sentence FROM public.log_findings"
CLEAR = "DELETE FROM public.log_findings"


async def put(connection: Any, finding: Finding) -> None:
    await connection.execute(PUT, *finding)


async def told(connection: Any) -> Finding | None:
    row = await connection.fetchrow(GET)
    return Finding(*row) if row else None


async def clear(connection: Any) -> None:
    await connection.execute(CLEAR)
