"""The names that sentences need: of persons, and of what belongs to the suppliers they are about."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from projections import people
from projections.activity.entries import Entry
from projections.dossier.rows import VIEW as DOSSIER
from projections.register.lines import VIEW as REGISTER

if TYPE_CHECKING:
    from projections.storage import Reader

OF_SUPPLIERS = f"""
SELECT s.key, s.name, d.names::text FROM {REGISTER.table} AS s LEFT JOIN {DOSSIER.table} AS d ON d.key = s.key
 WHERE s.key = ANY($1)
"""


async def names(reader: Reader, entries: Iterable[Entry]) -> dict[UUID, str]:
    """Id -> name of everyone and everything these entries mention, the suppliers themselves included."""
    listed = list(entries)
    suppliers = sorted({str(each.supplier_id) for each in listed if each.supplier_id})
    named = await people.names(reader, {id for each in listed for id in each.mentioned})
    for key, name, parts in await reader.fetch(OF_SUPPLIERS, suppliers):
        named[UUID(key)] = name
        named |= {UUID(id): called for part in json.loads(parts or "{}").values() for id, called in part.items()}
    return named
