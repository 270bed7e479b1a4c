"""What everybody and everything was called at a moment; who was erased since is not called by any name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from projections import activity, people, register
from projections.activity import Entry
from projections.asof.lists import source
from projections.asof.moment import Axis, Moment
from projections.asof.reader import Archive
from suppliers.data_source import DataSource
from suppliers.person import Person

if TYPE_CHECKING:
    from projections.storage import Reader

CALLED = f"""
SELECT now.key, coalesce(past.name, now.name) FROM {register.VIEW.table} AS now
  LEFT JOIN {{register}} AS past ON past.key = now.key WHERE now.key = ANY($1)
"""
NAMED, RENAMED = (Person.Registered, DataSource.Registered), (Person.DetailsCorrected, DataSource.DetailsRevised)
"""Models, uses and attestations keep the name they are given; suppliers have days."""
LAST_NAMED = """
SELECT last.position FROM unnest($1::uuid[]) AS called(id)
 CROSS JOIN LATERAL (
    SELECT FROM public.event_log AS l
     WHERE l.originator_id = called.id AND l.position > $2 AND l.topic = ANY($4::text[]) LIMIT 1) AS since
 CROSS JOIN LATERAL (
    SELECT l.position FROM public.event_log AS l
     WHERE l.originator_id = called.id AND l.position <= $2 AND l.topic = ANY($3::text[] || $4::text[])
     ORDER BY l.originator_version DESC LIMIT 1) AS last
"""


async def names(reader: Reader, archive: Archive, entries: Iterable[Entry], moment: Moment | None) -> dict[UUID, str]:
    """Id -> name, for sentences."""
    listed = list(entries)
    named = await activity.names(reader, listed)
    if moment is not None:
        named |= await called(reader, {each.supplier_id for each in listed if each.supplier_id}, moment)
        named |= await _formerly(reader, archive, named, moment)
    return named


async def persons(
    reader: Reader, archive: Archive, ids: Iterable[UUID | None], moment: Moment | None
) -> dict[UUID, str]:
    """Id -> name of persons alone."""
    named = await people.names(reader, ids)
    return named if moment is None else named | await _formerly(reader, archive, named, moment)


async def called(reader: Reader, supplier_ids: Iterable[UUID], moment: Moment) -> dict[UUID, str]:
    """What suppliers were called. One to which more happened on the very day than by the moment is called as today."""
    then = CALLED.format(register=source(register.VIEW, moment, {}))
    found = await reader.fetch(then, sorted(map(str, supplier_ids)))
    return {UUID(key): name for key, name in found}


async def _formerly(reader: Reader, archive: Archive, named: Mapping[UUID, str], moment: Moment) -> dict[UUID, str]:
    """The names of those that have another one since. No name is given on another day than it is recorded."""
    ids = [id for id, name in named.items() if name != people.ERASED]
    known = moment.axis is Axis.KNOWN
    position = moment.position if known else await archive.last_before(moment.until)
    topics = ([each.TOPIC for each in kinds] for kinds in (NAMED, RENAMED))
    found = await reader.fetch(LAST_NAMED, ids, position, *topics)
    facts, _ = await archive.legible([each for (each,) in found])
    return {each.event.originator_id: _name(each.event) for each in facts}


def _name(event: Any) -> str:
    return str(getattr(event, "details", event).name)
