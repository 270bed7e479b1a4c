"""The names that sentences need: of persons, and of what belongs to the suppliers they are about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from projections import people
from projections.activity.entries import Entry
from projections.dossier.rows import VIEW as DOSSIER
from projections.reading import many
from projections.register.lines import VIEW as REGISTER

if TYPE_CHECKING:
    from projections.storage import Reader

DOSSIERS = f"SELECT row::text FROM {DOSSIER.table} WHERE key = ANY($1)"
SUPPLIERS = f"SELECT key, name FROM {REGISTER.table} WHERE key = ANY($1)"


async def names(reader: Reader, entries: Iterable[Entry]) -> dict[UUID, str]:
    """Id -> name of everyone and everything these entries mention, the suppliers themselves included."""
    listed = list(entries)
    suppliers = sorted({str(each.supplier_id) for each in listed if each.supplier_id})
    named = await people.names(reader, {id for each in listed for id in each.mentioned})
    for key, name in await reader.fetch(SUPPLIERS, suppliers):
        named[UUID(key)] = name
    for dossier in await many(reader, DOSSIER, DOSSIERS, suppliers):
        named |= dossier.names
    return named
