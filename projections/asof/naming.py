"""The names that sentences of the past need: suppliers as they were called then, all else as it is called today."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from projections import activity, register
from projections.activity import Entry
from projections.asof.lists import source
from projections.asof.moment import Moment

if TYPE_CHECKING:
    from projections.storage import Reader

CALLED = f"""
SELECT now.key, coalesce(past.name, now.name) FROM {register.VIEW.table} AS now
  LEFT JOIN {{register}} AS past ON past.key = now.key WHERE now.key = ANY($1)
"""


async def names(reader: Reader, entries: Iterable[Entry], moment: Moment | None) -> dict[UUID, str]:
    """Id -> name."""
    listed = list(entries)
    named = await activity.names(reader, listed)
    if moment is not None:
        named |= await called(reader, {each.supplier_id for each in listed if each.supplier_id}, moment)
    return named


async def called(reader: Reader, supplier_ids: Iterable[UUID], moment: Moment) -> dict[UUID, str]:
    """What suppliers were called. One to which more happened on the very day than by the moment is called as today."""
    then = CALLED.format(register=source(register.VIEW, moment, {}))
    found = await reader.fetch(then, sorted(map(str, supplier_ids)))
    return {UUID(key): name for key, name in found}
