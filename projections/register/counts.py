"""How many suppliers there are of each standing, band, tier and owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from projections import names
from projections.names import Suppliers
from projections.posture.rows import VIEW as POSTURE
from projections.register.lines import VIEW
from projections.register.pages import Filters, conditions
from projections.register.searching import searched
from projections.sources import LIVE, Sources
from projections.view import Row
from suppliers.posture import Band
from suppliers.supplier import Standing

if TYPE_CHECKING:
    from projections.storage import Reader

LARGE, SHARE = 5_000, 50
MOST = 200
"""Suppliers that are counted for a search: more than that nobody reads."""
CENSUS = """
SELECT s.standing, p.tier, p.band, s.owner, count(*) AS number
  FROM (SELECT s.key, s.standing, s.owner FROM {register} AS s {where} {limit}) AS s
  LEFT JOIN {posture} AS p ON p.key = s.key GROUP BY 1, 2, 3, 4
"""


class Counts(Row):
    """Numbers for filters and for the strip above the list; a supplier without a posture is in no band or tier."""

    total: int
    standing: Mapping[Standing, int]
    band: Mapping[Band, int]
    tier: Mapping[int, int]


class Cell(NamedTuple):
    """The suppliers that are alike in all that a filter may ask for."""

    standing: Standing
    tier: int | None
    band: Band | None
    owner: UUID | None
    number: int

    def fits(self, filters: Filters) -> bool:
        return (
            (not filters.standing or self.standing in filters.standing)
            and (not filters.tier or self.tier in filters.tier)
            and (not filters.band or self.band in filters.band)
        )


@dataclass(frozen=True)
class Census:
    """All suppliers, or those that a search finds; `cut` when it finds more than were counted."""

    cells: Sequence[Cell]
    cut: bool = False

    @property
    def size(self) -> int:
        return sum(cell.number for cell in self.cells)

    def total(self, filters: Filters) -> int:
        """How many suppliers the filters leave."""
        return sum(cell.number for cell in self._owned(filters) if cell.fits(filters))

    def few(self, filters: Filters) -> bool:
        """Whether the filters leave so little of so much that it is better found first and then put in order."""
        return self.size > LARGE and self.total(filters) < self.size // SHARE

    def counts(self, filters: Filters | None = None) -> Counts:
        """How many the other filters leave under each choice: the owner narrows, what is counted does not."""
        standing: Counter[Standing] = Counter()
        band: Counter[Band] = Counter()
        tier: Counter[int] = Counter()
        for cell in self._owned(filters or Filters()):
            standing[cell.standing] += cell.number
            if cell.band is not None:
                band[cell.band] += cell.number
            if cell.tier is not None:
                tier[cell.tier] += cell.number
        return Counts(total=standing.total(), standing=standing, band=band, tier=tier)

    def _owned(self, filters: Filters) -> Iterator[Cell]:
        return (cell for cell in self.cells if filters.owner is None or cell.owner == filters.owner)


async def census(
    reader: Reader,
    search: str = "",
    *,
    owner: UUID | None = None,
    most: int = MOST,
    found: Suppliers | None = None,
    sources: Sources = LIVE,
) -> Census:
    """Everybody is counted, or so many of whom a search finds, of one owner if there is one."""
    found = found or await searched(reader, search, sources)
    some = owner is None and most <= names.FEW  # those that were looked up are enough to count
    clauses = conditions(Filters(search=search, owner=owner), found, some=some)
    limit = f"LIMIT {most + 1}" if search.strip() else ""
    statement = CENSUS.format(register=sources.of(VIEW), posture=sources.of(POSTURE), where=clauses.where, limit=limit)
    cells = [
        Cell(Standing(standing), tier, Band(band) if band else None, owner, number)
        for standing, tier, band, owner, number in await reader.fetch(statement, *clauses.values)
    ]
    return Census(cells, bool(limit) and sum(cell.number for cell in cells) > most)


async def counts(reader: Reader, filters: Filters | None = None, *, sources: Sources = LIVE) -> Counts:
    """Counted here and now."""
    wanted = filters or Filters()
    return (await census(reader, wanted.search, owner=wanted.owner, sources=sources)).counts(wanted)
