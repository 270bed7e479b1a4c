"""Models, data sources, uses and attestations of all suppliers as of a moment.

No days are kept of dossiers. A page takes the next suppliers in the order of the list and folds them, few at a time,
until it is full; which of them ever had such a part, and how many, the names of today say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from projections import dossier, names, register
from projections.asof.moment import Axis, Moment
from projections.asof.past import Past
from projections.asof.reader import Looking
from projections.dossier import Part, Parts
from projections.dossier.parts import KIND_OF, Listed

if TYPE_CHECKING:
    from projections.storage import Reader

FEW = 8
LAST = "~"
"""After every id of a supplier."""

NEXT = f"""
WITH near AS MATERIALIZED (
    SELECT DISTINCT key FROM {register.VIEW.days}
     WHERE key >= $1 AND first <= $2 AND ($3::timestamptz IS NULL OR (row::json->>'proposed_at')::timestamptz < $3)
     ORDER BY key LIMIT $4)
SELECT near.key, (SELECT count(*) FROM {names.VIEW.table} AS n
                   WHERE n.kind = '{{kind}}' AND n.supplier_id = near.key::uuid) AS parts
  FROM near ORDER BY near.key
"""


class Reach(NamedTuple):
    """How many suppliers are looked at for a page, and how many are folded. Where more would be needed to fill it, it
    is short, and the next one goes on there."""

    looked_at: int = 256
    folded: int = 96


class Place(NamedTuple):
    """Where the page before ended: what comes after it is in order."""

    key: str
    id: str

    @property
    def said(self) -> str:
        return f"{self.key}|{self.id}"


class Near(NamedTuple):
    """One of the next suppliers that were there, and how many such parts it has today: there was none more."""

    key: str
    parts: int


async def parts(
    looking: Looking,
    reader: Reader,
    part: Part,
    moment: Moment,
    *,
    supplier_id: UUID | None = None,
    after: str | None = None,
    limit: int = 50,
    reach: Reach = Reach(),
) -> Parts:
    """Everything of one kind, of one supplier or of all; fewer than asked for when few are found among many."""
    place = _place(after)
    if supplier_id is not None:
        return _page(list(_of(await looking.supplier(supplier_id, moment), part, place)), limit)
    near = await _near(reader, part, moment, place, reach.looked_at)
    fitting = [each for each in near if each.parts and (each.key, LAST) > place][: reach.folded]
    found: list[tuple[Place, Listed]] = []
    for few in _portions(fitting, limit + 1):
        pasts = await looking.suppliers(few, moment, for_views=(dossier.VIEW,))
        found += [each for id in few for each in _of(pasts[id], part, place)]
        if len(found) > limit:
            break
    whole = len(near) < reach.looked_at and len(fitting) < reach.folded
    end = fitting[-1].key if len(fitting) == reach.folded else near[-1].key if near else ""
    return _page(found, limit, None if whole else Place(end, LAST))


def _portions(near: Sequence[Near], enough: int) -> Iterator[Sequence[UUID]]:
    """As many as have enough today; if some of that came later, twice as many of the next."""
    begin, least = 0, FEW
    while begin < len(near):
        end = begin + 1
        while end < len(near) and (end - begin < least or sum(each.parts for each in near[begin:end]) < enough):
            end += 1
        yield [UUID(each.key) for each in near[begin:end]]
        begin, least, enough = end, 2 * least, 0


async def _near(reader: Reader, part: Part, moment: Moment, place: Place, many: int) -> Sequence[Near]:
    until = moment.until if moment.axis is Axis.TRUE else None
    found = await reader.fetch(NEXT.format(kind=KIND_OF[part]), place.key, moment.position, until, many)
    return [Near(*each) for each in found]


def _of(past: Past, part: Part, place: Place) -> Iterator[tuple[Place, Listed]]:
    """A supplier's, after the place."""
    key = str(past.supplier_id)
    entries = getattr(past.dossier, part) if past.dossier else {}
    for id in sorted(entries):
        if (key, id) > place:
            yield Place(key, id), Listed(past.supplier_id, entries[id].model_dump_json())


def _page(found: Sequence[tuple[Place, Listed]], limit: int, further: Place | None = None) -> Parts:
    rows = [listed for _, listed in found[:limit]]
    last = found[limit - 1][0] if len(found) > limit else further
    return Parts(rows, None if last is None else last.said)


def _place(after: str | None) -> Place:
    """`ValueError` for one that somebody made up."""
    key, _, id = (after or "").partition("|")
    return Place(str(UUID(key)) if after else "", id)
