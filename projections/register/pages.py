"""The list of suppliers: searched, filtered, ordered, page after page."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple
from uuid import UUID

from projections.clauses import Clauses
from projections.names import Suppliers
from projections.posture.rows import VIEW as POSTURE
from projections.register.lines import VIEW, Line
from projections.register.searching import narrowed, searched
from projections.sources import LIVE, Sources
from projections.view import Row
from suppliers.posture import Band
from suppliers.supplier import Standing

if TYPE_CHECKING:
    from projections.storage import Reader

Sort = Literal["name", "score", "since"]

PAGE = """
SELECT r.row::text, f.tier, f.band, f.score, f.confidence, f.place
  FROM ({fitting} ORDER BY {by} {direction}, {key} {direction} LIMIT {limit}) AS f
  JOIN {register} AS r ON r.key = f.key
 ORDER BY f.place {direction}, f.key {direction}
"""  # the narrow rows are put in order first: whole ones are only read for the page
FITTING = """SELECT {order.key} AS key, p.tier, p.band, p.score, p.confidence, {order.by} AS place
          FROM {register} AS s {order.join} {posture} AS p ON p.key = s.key {where}"""
GATHERED = "WITH few AS MATERIALIZED ({fitting}) SELECT * FROM few"
"""Where little fits, all of it is found first: along an order one would look at nearly everything for it."""


class Order(NamedTuple):
    """An order, and how postures are joined for it: by score they lead, and every supplier has one."""

    by: str
    type: str
    falling: bool
    join: str = "LEFT JOIN"
    first: str = "s"

    @property
    def key(self) -> str:
        return f"{self.first}.key"


ORDERS: dict[Sort, Order] = {
    "name": Order("s.sort_name", "text", False),
    "score": Order("p.rank", "double precision", True, "JOIN", "p"),
    "since": Order("s.since", "timestamptz", True),
}


class Filters(Row):
    """What is looked for; empty = everything."""

    search: str = ""
    standing: tuple[Standing, ...] = ()
    tier: tuple[int, ...] = ()
    band: tuple[Band, ...] = ()
    owner: UUID | None = None


class Listed(Row):
    """A supplier in the list, with its posture as far as there is one."""

    line: Line
    tier: int | None
    band: Band | None
    score: float | None
    confidence: float | None


class Page(Row):
    """Some of the list; `after` leads to the next page, None = this is the last."""

    rows: tuple[Listed, ...]
    after: str | None


async def page(
    reader: Reader,
    filters: Filters | None = None,
    *,
    sort: Sort = "name",
    after: str | None = None,
    limit: int = 50,
    few: bool = False,
    found: Suppliers | None = None,
    sources: Sources = LIVE,
) -> Page:
    """A page by name, by score (worst first) or by how long it stands where it stands (latest first).

    `few` says that the filters are known to leave little of a lot (see `Census.few`), `found` whom the search finds, if
    that was looked up already (see `searched`).
    """
    order = ORDERS[sort]
    wanted = filters or Filters()
    found = found or await searched(reader, wanted.search, sources)
    clauses = conditions(wanted, found, standing_of=order.first, by_name=sort == "name")
    if after is not None:
        beyond = f"({order.by}, {order.key}) {'<' if order.falling else '>'}"
        clauses.add(f"{beyond} ({{}}::{order.type}, {{}})", *cursor(sort, after))
    statement = _statement(order, clauses.where, int(limit) + 1, few, sources)
    lines = await reader.fetch(statement, *clauses.values)
    rows = tuple(
        Listed(line=Line.model_validate_json(row), tier=tier, band=band, score=score, confidence=confidence)
        for row, tier, band, score, confidence, _ in lines[:limit]
    )
    more = len(lines) > limit
    return Page(rows=rows, after=f"{rows[-1].line.id}|{place(lines[limit - 1]['place'])}" if more else None)


def _statement(order: Order, where: str, limit: int, few: bool, sources: Sources) -> str:
    register, posture = sources.of(VIEW), sources.of(POSTURE)
    fitting = FITTING.format(order=order, register=register, posture=posture, where=where)
    return PAGE.format(
        fitting=GATHERED.format(fitting=fitting) if few else fitting,
        by="few.place" if few else order.by,
        key="few.key" if few else order.key,
        direction="DESC" if order.falling else "ASC",
        limit=limit,
        register=register,
    )


def conditions(
    filters: Filters, found: Suppliers | None, *, standing_of: str = "s", some: bool = False, by_name: bool = False
) -> Clauses:
    """What the filters say, for register `s` and posture `p`; both know the standing, and have it in their orders."""
    clauses = Clauses()
    if filters.search.strip():
        narrowed(clauses, filters.search, found, line="s", some=some, by_name=by_name)
    clauses.among(f"{standing_of}.standing", [each.value for each in filters.standing])
    if filters.owner is not None:
        clauses.add("s.owner = {}", filters.owner)
    clauses.among("p.tier", filters.tier)
    clauses.among("p.band", [each.value for each in filters.band])
    return clauses


def place(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def cursor(sort: Sort, after: str) -> tuple[object, str]:
    """Where the last page ended."""
    key, _, text = after.partition("|")
    value: object = float(text) if sort == "score" else datetime.fromisoformat(text) if sort == "since" else text
    return value, key
