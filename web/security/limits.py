"""How often something may be tried; counted in PostgreSQL, so that all processes count together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fastapi import Request

from web.context import keys_of, services_of
from web.refusals import TooMany

HIT = """
INSERT INTO public.rate_limits (bucket, window_start) VALUES ($1, $2)
ON CONFLICT (bucket, window_start) DO UPDATE SET hits = rate_limits.hits + 1 RETURNING hits
"""
SWEEP = "DELETE FROM public.rate_limits WHERE window_start < $1"
KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times in each window of this length."""

    name: str
    most: int
    window: timedelta

    async def hit(self, request: Request, whom: str) -> None:
        """Count one more for somebody (kept as a keyed hash); refuse when it is one too many."""
        services = services_of(request)
        now = services.clock.now()
        seconds = int(self.window.total_seconds())
        start = datetime.fromtimestamp(now.timestamp() // seconds * seconds, UTC)
        bucket = f"{self.name}:{keys_of(request).text('limit', self.name, whom)[:32]}"
        hits = await services.pool.fetchval(HIT, bucket, start)
        if hits == 1:
            await services.pool.execute(SWEEP, now - KEPT)
        if hits > self.most:
            raise TooMany(max(1, int((start + self.window - now).total_seconds())))


CODES_MAILED = Limit("codes-mailed", 5, timedelta(hours=1))
"""To one address, or for one questionnaire."""
CODES_ASKED = Limit("codes-asked", 30, timedelta(hours=1))
"""By one client, for whatever addresses."""
CODES_TRIED = Limit("codes-tried", 60, timedelta(minutes=10))
"""By one client."""
LINKS_MISSED = Limit("links-missed", 60, timedelta(minutes=10))
"""Links that we never made, by one client."""
