"""A person's key is made once, shared by all processes, and forgotten by all when the person is erased."""

from __future__ import annotations

import asyncio
from uuid import UUID, uuid4

import asyncpg
import pytest

from events.keys import CHANNEL, Keyring, Keys, MemoryKeyring
from events.listener import Listener

PERSON = uuid4()


class KeysContract:
    async def test_a_key_is_made_once(self, keys: Keys) -> None:
        first, second = await keys.ensure(PERSON), await keys.ensure(PERSON)
        assert first[PERSON] is second[PERSON]

    async def test_who_has_no_key_has_no_cipher(self, keys: Keys) -> None:
        assert await keys.ciphers([PERSON]) == {}

    async def test_no_key_is_ever_made_again_for_an_erased_person(self, keys: Keys) -> None:
        await keys.ensure(PERSON)
        await keys.erase(PERSON)
        assert await keys.ensure(PERSON) == {PERSON: None}

    async def test_somebody_without_a_key_can_be_erased(self, keys: Keys) -> None:
        await keys.erase(PERSON)
        assert await keys.ensure(PERSON) == {PERSON: None}

    async def test_erasing_twice_is_erasing(self, keys: Keys) -> None:
        await keys.erase(PERSON)
        await keys.erase(PERSON)
        assert await keys.ciphers([PERSON]) == {PERSON: None}


class TestMemoryKeyring(KeysContract):
    @pytest.fixture
    def keys(self) -> MemoryKeyring:
        return MemoryKeyring()


class TestKeyring(KeysContract):
    @pytest.fixture
    def keys(self, pool: asyncpg.Pool) -> Keyring:
        return Keyring(pool)


async def test_two_processes_that_meet_a_person_at_once_share_the_key(pool: asyncpg.Pool) -> None:
    one, other = Keyring(pool), Keyring(pool)
    first, second = await asyncio.gather(one.ensure(PERSON), other.ensure(PERSON))
    nonce = bytes(12)
    cipher, reader = first[PERSON], second[PERSON]
    assert cipher and reader
    assert reader.decrypt(nonce, cipher.encrypt(nonce, b"secret", None), None) == b"secret"


async def test_an_erasure_reaches_the_caches_of_other_processes(database: str, pool: asyncpg.Pool) -> None:
    here, there = Keyring(pool), Keyring(pool)
    listener = Listener(database)
    listener.hear(CHANNEL, there.forget, there.forget_all)
    await listener.start()
    await there.ensure(PERSON)
    await here.erase(PERSON)
    async with asyncio.timeout(5):
        while (await there.ciphers([PERSON]))[PERSON] is not None:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    await listener.close()


async def test_an_erasure_that_rolls_back_erases_nothing(pool: asyncpg.Pool) -> None:
    keys = Keyring(pool)
    await keys.ensure(PERSON)
    async with pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await keys.erase_on(connection, PERSON)
        await transaction.rollback()
    keys.forget_all()
    assert (await keys.ciphers([PERSON]))[PERSON] is not None


async def test_a_key_read_before_an_erasure_is_not_cached_after_it() -> None:
    class Erased(MemoryKeyring):
        """Somebody is erased between our reading the key and our caching it."""

        async def _select(self, persons: set[UUID]) -> dict[UUID, bytes | None]:
            found = dict(await super()._select(persons))
            if any(found.values()):
                await self.erase(PERSON)
            return found

    keys = Erased()
    await keys.ensure(PERSON)
    assert await keys.ciphers([PERSON]) == {PERSON: None}
