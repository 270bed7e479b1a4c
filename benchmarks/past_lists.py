"""A page of each list as of a day, somewhere in the middle of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID

from cli.pool import Pool
from projections.activity import Filters
from projections.asof import Archive, Looking, Moment
from projections.asof.calendar import stretch
from projections.asof.lists import lists
from projections.asof.parts import parts
from projections.asof.trail import trail
from projections.dossier import Part

MONTH = timedelta(days=30)


@dataclass
class Shelf:
    """What the pages are read from."""

    pool: Pool
    looking: Looking
    archive: Archive
    random: Random

    @property
    def somewhere(self) -> str:
        """A place in the order of suppliers."""
        return f"{UUID(int=self.random.getrandbits(128))}|"


Page = Callable[[Shelf, Moment], Awaitable[None]]


def of_part(part: Part) -> Page:
    async def page(shelf: Shelf, moment: Moment) -> None:
        await parts(shelf.looking, shelf.pool, part, moment, after=shelf.somewhere)

    return page


async def renewals(shelf: Shelf, moment: Moment) -> None:
    """The month that began then, and what was late."""
    then, day = await lists(shelf.looking, shelf.pool, moment), moment.day
    await stretch(shelf.looking, shelf.pool, then, day, day + MONTH)
    await stretch(shelf.looking, shelf.pool, then, day - 40 * MONTH, day - timedelta(days=1), limit=20, overdue=True)


async def activity(shelf: Shelf, moment: Moment) -> None:
    await trail(shelf.pool, shelf.archive, moment, Filters())


PAGES: Mapping[str, Page] = {
    "50 models of all suppliers": of_part("models"),
    "50 data sources of all suppliers": of_part("data_sources"),
    "50 uses of all suppliers": of_part("uses"),
    "50 attestations of all suppliers": of_part("attestations"),
    "renewals of a month, and what is late": renewals,
    "the latest activity": activity,
}
