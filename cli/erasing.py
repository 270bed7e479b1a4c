"""Forgetting a person wherever they are kept outside the log: key, ledger of letters, sessions and codes."""

from __future__ import annotations

from uuid import UUID

from cli.store import Store
from notifications.ledger import Ledger

FORGET = (
    "DELETE FROM public.sessions WHERE person_id = $1",
    "DELETE FROM public.sign_in_codes WHERE person_id = $1",
    "DELETE FROM public.vendor_sessions WHERE person_id = $1",
    "DELETE FROM public.vendor_codes WHERE person_id = $1",
)


class Eraser:
    """Called after the erasure is on the record; calling it again does no harm."""

    def __init__(self, store: Store, ledger: Ledger) -> None:
        self._store, self._ledger = store, ledger

    async def __call__(self, person: UUID) -> None:
        await self._store.keyring.erase(person)
        await self._ledger.erase(person)
        async with self._store.pool.acquire() as connection, connection.transaction():
            for statement in FORGET:
                await connection.execute(statement, person)
