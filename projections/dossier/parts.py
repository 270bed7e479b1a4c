"""The parts of all dossiers in one list, supplier after supplier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from projections.clauses import Clauses
from projections.dossier.rows import VIEW, Part

if TYPE_CHECKING:
    from projections.storage import Reader

PARTS = """
SELECT d.key, entry.id, entry.value::text AS entry
  FROM (SELECT key, row FROM {dossier} WHERE {part} > 0) AS d
 CROSS JOIN json_each(d.row::json->'{part}') AS entry(id, value) {where}
 ORDER BY d.key, entry.id LIMIT {limit}
"""  # only those that hold any are read: of some kinds most suppliers have none


class Listed(NamedTuple):
    """Part of a dossier, as JSON."""

    supplier_id: UUID
    entry: str


class Parts(NamedTuple):
    """Some of the list; `after` leads to the next page, None = this is the last."""

    rows: Sequence[Listed]
    after: str | None


async def parts(
    reader: Reader, part: Part, *, supplier_id: UUID | None = None, after: str | None = None, limit: int = 50
) -> Parts:
    """Everything of one kind, of one supplier or of all."""
    clauses = Clauses()
    if supplier_id is not None:
        clauses.add("d.key = {}", str(supplier_id))
    if after is not None:
        key, _, id = after.partition("|")
        clauses.add("d.key >= {} AND (d.key, entry.id) > ({}, {})", key, key, id)
    statement = PARTS.format(dossier=VIEW.table, part=part, where=clauses.where, limit=int(limit) + 1)
    found = await reader.fetch(statement, *clauses.values)
    last = found[limit - 1] if len(found) > limit else None
    rows = [Listed(UUID(key), entry) for key, _, entry in found[:limit]]
    return Parts(rows, f"{last['key']}|{last['id']}" if last else None)
