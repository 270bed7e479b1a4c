"""Sessions: a random token in a cookie, its hash in a table; each ends when idle for long, and in the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from web.security.keys import hashed, new_token

OPEN = """
INSERT INTO public.{table} (token_hash, person_id, assessment_id, csrf_secret, created_at, last_seen_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $5, $6)
"""
FIND = """
SELECT token_hash, person_id, assessment_id, csrf_secret, last_seen_at FROM public.{table}
 WHERE token_hash = ANY ($1) AND revoked_at IS NULL AND expires_at > $2 AND last_seen_at > $3
"""
SEEN = "UPDATE public.{table} SET last_seen_at = $2 WHERE token_hash = $1"
END = "UPDATE public.{table} SET revoked_at = $2 WHERE token_hash = $1 AND revoked_at IS NULL"
SWEEP = "DELETE FROM public.{table} WHERE expires_at < $1"

NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Session:
    token: str
    person_id: UUID
    assessment_id: UUID | None
    csrf: str


class Sessions:
    """The sessions of one side: staff, or vendors."""

    def __init__(self, table: str, *, idle: timedelta, longest: timedelta) -> None:
        self.idle, self.longest = idle, longest
        self._sql = {
            name: sql.format(table=table)
            for name, sql in {"open": OPEN, "find": FIND, "seen": SEEN, "end": END, "sweep": SWEEP}.items()
        }

    async def open(
        self, pool: asyncpg.Pool[Any], person_id: UUID, *, at: datetime, assessment_id: UUID | None = None
    ) -> Session:
        """A new one, and the old ones that ended go."""
        session = Session(new_token(), person_id, assessment_id, new_token())
        await pool.execute(self._sql["sweep"], at - self.longest)
        await pool.execute(
            self._sql["open"], hashed(session.token), person_id, assessment_id, session.csrf, at, at + self.longest
        )
        return session

    async def find(self, pool: asyncpg.Pool[Any], tokens: Sequence[str], *, at: datetime) -> list[Session]:
        """Those of the tokens that are alive."""
        by_hash = {hashed(token): token for token in tokens if token}
        if not by_hash:
            return []
        rows = await pool.fetch(self._sql["find"], list(by_hash), at, at - self.idle)
        for row in rows:
            if row["last_seen_at"] < at - NOTED_EVERY:
                await pool.execute(self._sql["seen"], row["token_hash"], at)
        return [
            Session(by_hash[row["token_hash"]], row["person_id"], row["assessment_id"], row["csrf_secret"])
            for row in rows
        ]

    async def end(self, pool: asyncpg.Pool[Any], token: str, *, at: datetime) -> None:
        await pool.execute(self._sql["end"], hashed(token), at)


STAFF = Sessions("sessions", idle=timedelta(hours=8), longest=timedelta(days=3))
VENDOR = Sessions("vendor_sessions", idle=timedelta(days=7), longest=timedelta(days=30))
"""A vendor works on it for days, from a laptop that is closed at night."""
