"""What is asked of the names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from projections.clauses import Clauses
from projections.names.finding import typed
from projections.names.rows import VIEW, Kind
from projections.names.words import begun, prefixes
from suppliers.likeness import words

if TYPE_CHECKING:
    from projections.storage import Reader

CALLED = f"SELECT key, name FROM {VIEW.table} WHERE key = ANY($1)"
OWNER = f"SELECT supplier_id FROM {VIEW.table} WHERE key = $1"
FEW = 500
"""Suppliers that are named one by one; who is one of more is met with soon enough along a list."""
BEGUN = f"SELECT n.key FROM {VIEW.table} AS n {{where}} LIMIT {FEW + 1}"
LOOKED_AT, SOME = 60, 2_000
"""Things: of a word that thousands have, twenty are shown anyway; so it is soon met with among some of them."""
THINGS = f"""
WITH soon AS MATERIALIZED (
    SELECT key FROM (SELECT key, spelled FROM {VIEW.table} LIMIT {SOME}) AS some_of_them
     WHERE spelled @@ $1::tsquery LIMIT {LOOKED_AT}
), every AS MATERIALIZED (
    SELECT key FROM {VIEW.table}
     WHERE spelled @@ $1::tsquery AND (SELECT count(*) < {LOOKED_AT} FROM soon) LIMIT {LOOKED_AT}
)
SELECT n.key, n.kind, n.name, n.supplier_id, s.name AS supplier_name
  FROM (SELECT key FROM soon UNION SELECT key FROM every LIMIT {LOOKED_AT}) AS chosen
  JOIN {VIEW.table} AS n ON n.key = chosen.key JOIN {VIEW.table} AS s ON s.key = n.supplier_id::text
 ORDER BY n.name, s.name, n.key LIMIT $2
"""


class Suppliers(NamedTuple):
    """The keys of those who were found; when there are more, of some of them."""

    keys: Sequence[str]
    whole: bool


class Thing(NamedTuple):
    """A model, a data source or a use."""

    id: UUID
    kind: Kind
    name: str
    supplier_id: UUID
    supplier_name: str


async def called(reader: Reader, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Id -> what it is called, of everything that has a name."""
    return {UUID(key): name for key, name in await reader.fetch(CALLED, [str(id) for id in ids])}


async def owner_of(reader: Reader, id: UUID) -> UUID | None:
    """The supplier that a thing belongs to, for ever."""
    owner: UUID | None = await reader.fetchval(OWNER, str(id))
    return owner


async def suppliers(reader: Reader, text: str) -> Suppliers | None:
    """Who has a word that begins with each word typed. Nobody is looked for by a single letter: nearly all have one."""
    spelled = words(text)
    if len("".join(spelled)) <= 1:
        return None if spelled else Suppliers([], True)
    clauses = Clauses()
    clauses.add(f"n.begun @> {typed(spelled)}")
    begun(clauses, spelled, column="n.words")  # an index finds numbers; the words themselves decide
    found = await reader.fetch(BEGUN.format(where=clauses.where), *clauses.values)
    return Suppliers([key for (key,) in found], len(found) <= FEW)


def numbered(text: str) -> str:
    """The keys of all who are found by the numbers of what was typed, and maybe of a few more, as SQL."""
    return f"SELECT key FROM {VIEW.table} WHERE begun @> {typed(words(text))}"


async def things(reader: Reader, text: str, *, limit: int) -> list[Thing]:
    """Models, data sources and uses in whose name each word typed begins a word, in the order of their names."""
    if not (spelled := words(text)):
        return []
    found = await reader.fetch(THINGS, prefixes(spelled), limit)
    return [Thing(UUID(key), Kind(kind), name, owner, supplier) for key, kind, name, owner, supplier in found]
