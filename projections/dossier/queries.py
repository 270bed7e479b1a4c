"""What is asked of the dossiers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from projections.dossier.entries import AttestationEntry, UseEntry
from projections.dossier.rows import VIEW, Dossier
from projections.reading import by_key, one
from projections.register.lines import VIEW as REGISTER
from projections.view import Row

if TYPE_CHECKING:
    from projections.storage import Reader

HOLDING = f"SELECT row::text FROM {VIEW.table} WHERE ids @> ARRAY[$1::uuid]"
AWAITING = f"""
SELECT d.row::text, coalesce(chosen.name, '') AS name
  FROM (SELECT d.key, s.name, s.sort_name
          FROM {VIEW.table} AS d LEFT JOIN {REGISTER.table} AS s ON s.key = d.key
         WHERE d.{{column}} > 0 ORDER BY s.sort_name, d.key LIMIT $1) AS chosen
  JOIN {VIEW.table} AS d ON d.key = chosen.key
 ORDER BY chosen.sort_name, d.key
"""


class Awaited(Row):
    """Something at a supplier that somebody here has to look at."""

    supplier_id: UUID
    supplier_name: str
    use: UseEntry | None = None
    attestation: AttestationEntry | None = None


async def of(reader: Reader, supplier_id: UUID) -> Dossier | None:
    return await by_key(reader, VIEW, supplier_id)


async def holding(reader: Reader, id: UUID) -> Dossier | None:
    """The dossier that a model, data source, use, attestation or decision is in."""
    return await one(reader, VIEW, HOLDING, id)


async def to_confirm(reader: Reader, *, limit: int = 50) -> list[Awaited]:
    """Uses whose EU AI Act class legal has to confirm; the suppliers are limited, not the uses."""
    found = await _awaiting(reader, "to_confirm", limit)
    return [
        Awaited(supplier_id=row.supplier_id, supplier_name=name, use=use)
        for row, name in found
        for use in row.uses.values()
        if use.to_confirm
    ]


async def to_verify(reader: Reader, *, limit: int = 50) -> list[Awaited]:
    """Attestations that somebody has to check; the suppliers are limited, not the attestations."""
    found = await _awaiting(reader, "to_verify", limit)
    return [
        Awaited(supplier_id=row.supplier_id, supplier_name=name, attestation=each)
        for row, name in found
        for each in row.attestations.values()
        if each.to_verify
    ]


async def _awaiting(reader: Reader, column: str, limit: int) -> list[tuple[Dossier, str]]:
    found = await reader.fetch(AWAITING.format(column=column), limit)
    return [(Dossier.model_validate_json(row), name) for row, name in found]
