"""What is asked of the dossiers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from projections.dossier.entries import AttestationEntry, UseEntry
from projections.dossier.rows import VIEW, Dossier
from projections.names.rows import VIEW as NAMES
from projections.reading import by_key, one
from projections.register.lines import VIEW as REGISTER
from projections.view import Row

if TYPE_CHECKING:
    from projections.storage import Reader

HOLDING = f"""
SELECT d.row::text FROM {NAMES.table} AS n JOIN {VIEW.table} AS d ON d.key = n.supplier_id::text WHERE n.key = $1
"""
AWAITING = f"""
SELECT chosen.key, coalesce(s.name, '') AS name, entry.value::text AS entry
  FROM (SELECT key, {{column}}_since AS since, row::json->'{{part}}' AS parts FROM {VIEW.table}
         WHERE {{column}}_since IS NOT NULL ORDER BY since, key LIMIT $1) AS chosen
 CROSS JOIN json_each(chosen.parts) AS entry
  LEFT JOIN {REGISTER.table} AS s ON s.key = chosen.key
 ORDER BY chosen.since, chosen.key
"""
"""As `json` a text is only read, and a part of it cut out; as `jsonb` all of it would be put together anew."""
NUMBER_TO_VERIFY = f"SELECT coalesce(sum(to_verify), 0)::bigint FROM {VIEW.table} WHERE to_verify_since IS NOT NULL"


class Awaited(Row):
    """Something at a supplier that somebody here has to look at."""

    supplier_id: UUID
    supplier_name: str
    use: UseEntry | None = None
    attestation: AttestationEntry | None = None


async def of(reader: Reader, supplier_id: UUID) -> Dossier | None:
    return await by_key(reader, VIEW, supplier_id)


async def holding(reader: Reader, id: UUID) -> Dossier | None:
    """The dossier that a model, data source, use or attestation is in."""
    return await one(reader, VIEW, HOLDING, str(id))


async def to_confirm(reader: Reader, *, limit: int = 50) -> list[Awaited]:
    """Uses whose EU AI Act class legal has to confirm, the longest waiting first; the suppliers are limited."""
    found = await reader.fetch(AWAITING.format(column="to_confirm", part="uses"), limit)
    entries = [(UUID(key), name, UseEntry.model_validate_json(entry)) for key, name, entry in found]
    return [Awaited(supplier_id=id, supplier_name=name, use=use) for id, name, use in entries if use.to_confirm]


async def to_verify(reader: Reader, *, limit: int = 50) -> list[Awaited]:
    """Attestations that somebody has to check, the longest waiting first; the suppliers are limited."""
    found = await reader.fetch(AWAITING.format(column="to_verify", part="attestations"), limit)
    entries = [(UUID(key), name, AttestationEntry.model_validate_json(entry)) for key, name, entry in found]
    return [
        Awaited(supplier_id=id, supplier_name=name, attestation=each) for id, name, each in entries if each.to_verify
    ]


async def number_to_verify(reader: Reader) -> int:
    """How many attestations somebody has to check."""
    return int(await reader.fetchval(NUMBER_TO_VERIFY))
