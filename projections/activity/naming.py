"""The names that sentences need: of persons, and of what belongs to the suppliers they are about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from projections import names as things
from projections import people
from projections.activity.entries import Entry

if TYPE_CHECKING:
    from projections.storage import Reader


async def names(reader: Reader, entries: Iterable[Entry]) -> dict[UUID, str]:
    """Id -> name of everyone and everything these entries mention, the suppliers themselves included."""
    listed = list(entries)
    mentioned = {id for each in listed for id in each.mentioned}
    suppliers = {each.supplier_id for each in listed if each.supplier_id}
    return await people.names(reader, mentioned) | await things.called(reader, mentioned | suppliers)
