"""What an import asks of the database and what it records there: one append, on the connection that holds the lock."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from cli.importing.entries import Staff
from events.fact import Root
from events.keys import Keyring
from events.locks import key_of
from events.mapper import Mapper
from events.outcomes import LOST as LOSSES
from events.recorder import PostgresRecorder
from events.repository import Repository
from events.stored import Draft, Positions
from projections import people, register, storage
from projections.waiting import Waiting
from suppliers.entitlement import BUYERS
from suppliers.likeness import Profile
from suppliers.ports import SYSTEM, Actor, Role

PATIENCE = 120.0
"""Seconds for the one statement that records the whole file; a page's patience is much shorter."""
BEHIND = 30.0
VIEWS = (register.VIEW, people.VIEW)
IMPORTERS = BUYERS | {Role.ADMINISTRATOR}
PROFILES = f"SELECT row::text FROM {register.VIEW.table}"

BUSY = "Another import is under way: wait until it has ended."
LOST = (
    "The connection to the database was lost, so nobody knows whether the file was recorded. "
    "Run the same command again: nothing is recorded twice."
)
LATE = "The register has not caught up with what was recorded, so duplicates cannot be seen. Is Tierce running?"


class NotNow(Exception):
    """Why nothing can be imported, in a sentence."""


class Instance:
    """The database during one import."""

    def __init__(self, line: Any, pool: asyncpg.Pool) -> None:
        self._line = line
        self._pool = pool
        self._recorder = PostgresRecorder(pool)
        self._repository = Repository(self._recorder, Mapper(Keyring(pool)), self)

    async def recorded(self, import_id: UUID) -> int:
        """The last position of this import, 0 when it was never made."""
        return await self._repository.recorded(import_id)

    async def caught_up(self) -> None:
        """Only a register that holds everything can say what is not in it."""
        await storage.prepare(self._line, VIEWS)
        waiting = Waiting(self._pool, VIEWS)
        if not await waiting.wait([view.name for view in VIEWS], await self._recorder.head(), timeout=BEHIND):
            raise NotNow(LATE)

    async def profiles(self) -> list[Profile]:
        return [Profile.model_validate_json(row) for (row,) in await self._line.fetch(PROFILES)]

    async def staff(self) -> Staff:
        return {each.email.lower(): each.id for each in await people.staff(self._line) if each.active}

    async def actor(self, email: str | None) -> Actor:
        """The system, or the member of staff in whose name it happens."""
        if email is None:
            return SYSTEM
        person = await people.staff_by_email(self._line, email)
        if person is None:
            raise NotNow(f"No member of staff with access has the address {email}.")
        if not IMPORTERS & set(person.roles):
            raise NotNow(f"{email} may not import: it takes one of the roles {', '.join(sorted(IMPORTERS))}.")
        return Actor(id=person.id, roles=frozenset(person.roles))

    async def record(self, aggregates: Sequence[Root], import_id: UUID, actor: Actor) -> int:
        try:
            return await self._repository.save(
                *aggregates, actor=actor.id, command_id=import_id, correlation_id=f"import:{import_id}"
            )
        except LOSSES as lost:
            raise NotNow(LOST) from lost

    async def append(
        self,
        drafts: Sequence[Draft],
        *,
        actor: UUID | None = None,
        command_id: UUID | None = None,
        correlation_id: str | None = None,
        recorded_at: datetime | None = None,
    ) -> Positions:
        """In the repository's service: on the line that is patient and holds the lock."""
        return await self._recorder.append_on(
            self._line,
            drafts,
            actor=actor,
            command_id=command_id,
            correlation_id=correlation_id,
            recorded_at=recorded_at,
        )


@asynccontextmanager
async def opened(dsn: str, pool: asyncpg.Pool) -> AsyncIterator[Instance]:
    """One import at a time: the second would not see what the first is about to record."""
    line = await asyncpg.connect(
        dsn,
        timeout=3.0,
        command_timeout=PATIENCE,
        server_settings={"application_name": "tierce import", "timezone": "UTC"},
    )
    try:
        if not await line.fetchval("SELECT pg_try_advisory_lock($1)", key_of("import suppliers")):
            raise NotNow(BUSY)
        yield Instance(line, pool)
    finally:
        line.terminate()
