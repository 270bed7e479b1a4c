"""Names of the people on a page; views and the record hold only their ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import asyncpg

from projections import people


class Names:
    """Who is who, for templates: `names.of(id)`."""

    def __init__(self, known: Mapping[UUID, str]) -> None:
        self._known = known

    def of(self, person: UUID | None) -> str:
        return "Nobody" if person is None else self._known.get(person, "Unknown person")


async def names_of(pool: asyncpg.Pool[Any], ids: Iterable[UUID | None]) -> Names:
    return Names(await people.names(pool, ids))
