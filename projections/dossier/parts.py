"""The parts of all dossiers in one list, supplier after supplier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from projections.clauses import Clauses
from projections.dossier.rows import VIEW, Part
from projections.names.rows import VIEW as NAMES
from projections.names.rows import Kind

if TYPE_CHECKING:
    from projections.storage import Reader

KIND_OF: Mapping[Part, Kind] = {
    "models": Kind.MODEL,
    "data_sources": Kind.DATA_SOURCE,
    "uses": Kind.USE,
    "attestations": Kind.ATTESTATION,
}
PARTS = f"""
WITH listed AS MATERIALIZED (
    SELECT n.supplier_id, n.key FROM {NAMES.table} AS n {{where}} ORDER BY n.supplier_id, n.key LIMIT {{limit}})
SELECT listed.supplier_id, listed.key, held.entry
  FROM listed LEFT JOIN (
       SELECT entry.id, entry.value::text AS entry
         FROM (SELECT DISTINCT supplier_id FROM listed) AS owner
         JOIN {VIEW.table} AS d ON d.key = owner.supplier_id::text
        CROSS JOIN json_each(d.row::json->'{{part}}') AS entry(id, value)) AS held ON held.id = listed.key
 ORDER BY listed.supplier_id, listed.key
"""


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
    """Everything of one kind, of one supplier or of all, as far as the dossiers hold it already."""
    clauses = Clauses()
    clauses.among("n.kind", [KIND_OF[part].value])
    if supplier_id is not None:
        clauses.add("n.supplier_id = {}", supplier_id)
    if after is not None:
        key, _, id = after.partition("|")
        clauses.add("(n.supplier_id, n.key) > ({}, {})", UUID(key), id)
    statement = PARTS.format(part=part, where=clauses.where, limit=int(limit) + 1)
    found = await reader.fetch(statement, *clauses.values)
    last = found[limit - 1] if len(found) > limit else None
    rows = [Listed(owner, entry) for owner, _, entry in found[:limit] if entry is not None]
    return Parts(rows, f"{last['supplier_id']}|{last['key']}" if last else None)
