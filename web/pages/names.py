"""Names of the people on a page, as of its moment; views and the record hold only their ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from fastapi import Request

from projections import people
from projections.asof import naming
from web.context import services_of
from web.looking.back import moment_of


class Names:
    """Who is who, for templates: `names.of(id)`."""

    def __init__(self, known: Mapping[UUID, str]) -> None:
        self._known = known

    def of(self, person: UUID | None) -> str:
        return "Nobody" if person is None else self._known.get(person, "Unknown person")


async def names_of(request: Request, ids: Iterable[UUID | None]) -> Names:
    return Names(await named(request, ids))


async def named(request: Request, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Id -> name."""
    services = services_of(request)
    return await naming.persons(services.pool, services.archive, ids, await moment_of(request))


async def staff_named(request: Request) -> dict[UUID, str]:
    """The same of all members of staff, those who may sign in first."""
    names = {each.id: each.name for each in await people.staff(services_of(request).pool)}
    return names if await moment_of(request) is None else names | await named(request, names)
