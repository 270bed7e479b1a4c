"""Each person's key: made once, cached, and gone from every process when the person is erased."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import asyncpg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.sealing import Ciphers

CHANNEL = "tierce_erased"

SELECT = "SELECT person_id, key FROM public.person_keys WHERE person_id = ANY ($1)"
CREATE = """
INSERT INTO public.person_keys (person_id, key) SELECT * FROM unnest($1::uuid[], $2::bytea[]) ON CONFLICT DO NOTHING
"""
ERASE = """
WITH erased AS (
    INSERT INTO public.person_keys (person_id, key, erased_at) VALUES ($1, NULL, now())
    ON CONFLICT (person_id) DO UPDATE SET key = NULL, erased_at = coalesce(person_keys.erased_at, now())
)
SELECT pg_notify('tierce_erased', $1::uuid::text)
"""


class Keys(ABC):
    """The cache; where the keys lie is for those below. An erased person keeps an entry without a key for ever."""

    def __init__(self, *, room: int = 100_000) -> None:
        self._cache: dict[UUID, AESGCM | None] = {}
        self._room = room
        self._generation = 0

    async def ciphers(self, persons: Iterable[UUID]) -> Ciphers:
        """What it takes to read; persons who were erased have None."""
        wanted = set(persons)
        found = {person: self._cache[person] for person in wanted if person in self._cache}
        return found if len(found) == len(wanted) else found | await self._fetch(wanted - found.keys())

    async def ensure(self, *persons: UUID) -> Ciphers:
        """The same for writing: makes the keys that are missing."""
        found = await self.ciphers(persons)
        missing = set(persons) - found.keys()
        if not missing:
            return found
        await self._create({person: AESGCM.generate_key(256) for person in missing})
        return {**found, **await self._fetch(missing)}

    @abstractmethod
    async def erase(self, person: UUID) -> None:
        """Take the key away, here and in every process."""

    def forget(self, person: UUID | str) -> None:
        """Somebody erased this person."""
        self._generation += 1
        self._cache.pop(UUID(str(person)), None)

    def forget_all(self) -> None:
        """Somebody may have been erased while nobody could tell us."""
        self._generation += 1
        self._cache.clear()

    async def _fetch(self, persons: set[UUID]) -> dict[UUID, AESGCM | None]:
        """Cached only when nobody was erased meanwhile: what was read may be older than that."""
        generation = self._generation
        found = {person: AESGCM(key) if key else None for person, key in (await self._select(persons)).items()}
        if generation != self._generation:
            return await self._fetch(persons)
        if len(self._cache) + len(found) > self._room:
            self._cache.clear()
        self._cache.update(found)
        return found

    @abstractmethod
    async def _select(self, persons: set[UUID]) -> Mapping[UUID, bytes | None]: ...

    @abstractmethod
    async def _create(self, keys: Mapping[UUID, bytes]) -> None: ...


class Keyring(Keys):
    """The keys in PostgreSQL. Give `forget` and `forget_all` to the listener on 'tierce_erased'."""

    def __init__(self, pool: asyncpg.Pool, *, room: int = 100_000) -> None:
        super().__init__(room=room)
        self._pool = pool

    async def erase(self, person: UUID) -> None:
        async with self._pool.acquire() as connection:
            await self.erase_on(connection, person)
        self.forget(person)

    async def erase_on(self, connection: Any, person: UUID) -> None:
        """In the caller's transaction; the caches learn of it when that commits."""
        await connection.execute(ERASE, person)

    async def _select(self, persons: set[UUID]) -> Mapping[UUID, bytes | None]:
        return {row["person_id"]: row["key"] for row in await self._pool.fetch(SELECT, list(persons))}

    async def _create(self, keys: Mapping[UUID, bytes]) -> None:
        await self._pool.execute(CREATE, list(keys), list(keys.values()))


class MemoryKeyring(Keys):
    """The twin in memory."""

    def __init__(self, *, room: int = 100_000) -> None:
        super().__init__(room=room)
        self._keys: dict[UUID, bytes | None] = {}

    async def erase(self, person: UUID) -> None:
        self._keys[person] = None
        self.forget(person)

    async def _select(self, persons: set[UUID]) -> Mapping[UUID, bytes | None]:
        return {person: self._keys[person] for person in persons if person in self._keys}

    async def _create(self, keys: Mapping[UUID, bytes]) -> None:
        for person, key in keys.items():
            self._keys.setdefault(person, key)
