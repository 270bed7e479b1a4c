"""Looking a supplier up as of a moment: which facts are about it, read from the log and folded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from projections import activity, docket
from projections.activity import Log
from projections.asof.moment import (
    TICK,
    Axis,
    BeforeTheRecord,
    Moment,
    PositionIsKnown,
    StillToCome,
    Wanted,
    end_of,
)
from projections.asof.past import Past
from projections.view import View, topics
from suppliers.errors import NoSuchRecord, Refusal
from suppliers.ports import Recorded

if TYPE_CHECKING:
    from projections.storage import Reader

FIRST = 1


class Archive(Log, Protocol):
    """The log, read by positions and by time."""

    async def head(self) -> int: ...
    async def recorded_at(self, position: int) -> datetime | None: ...


class NotYetThere(NoSuchRecord):
    """This was not on the record then."""


class CannotBeRead(Refusal):
    """Something that was recorded by then cannot be read by this version of Tierce: how things stood is not known."""


class Looking:
    """Looks back. `reader` answers from the views, which say what is about whom."""

    def __init__(self, reader: Reader, archive: Archive) -> None:
        self._reader = reader
        self._archive = archive

    async def moment(self, when: Wanted, axis: Axis, *, now: datetime) -> Moment:
        """What somebody wants to look back to, as a place on the record."""
        if isinstance(when, int):
            return await self._at_position(when, axis)
        ahead = when > now.date() if not isinstance(when, datetime) else when > now
        if ahead:
            raise StillToCome
        until = end_of(when)
        first = await self._archive.recorded_at(FIRST)
        known = await self._archive.last_before(until if axis is Axis.KNOWN else now.max.replace(tzinfo=UTC))
        if first is None or not known:
            raise BeforeTheRecord(_began(first))
        return Moment(axis, until, known, "time" if isinstance(when, datetime) else "day")

    async def supplier(self, supplier_id: UUID, moment: Moment) -> Past:
        """One supplier as of a moment; refused when it was not there yet."""
        past = (await self.suppliers([supplier_id], moment))[supplier_id]
        if not past.there:
            raise NotYetThere
        return past

    async def suppliers(
        self, supplier_ids: Iterable[UUID], moment: Moment, *, for_views: Iterable[View[Any]] | None = None
    ) -> dict[UUID, Past]:
        """Several at once; one that was not there yet has no line. No more may be read of them than some views need."""
        ordered = moment.axis is Axis.TRUE  # where a fact stands then hangs on all that its stream tells
        wanted = None if for_views is None or ordered else topics(for_views)
        facts = await self.facts(supplier_ids, moment.position, wanted)
        return {id: Past(id, moment, each) for id, each in facts.items()}

    async def facts(
        self, supplier_ids: Iterable[UUID], until: int, kinds: Sequence[str] | None = None
    ) -> dict[UUID, list[Recorded]]:
        """Everything recorded about these suppliers up to a position, or what is of these kinds, in order."""
        found: dict[UUID, list[Recorded]] = {id: [] for id in supplier_ids}
        whose = await activity.positions_of(self._reader, found, until, kinds)
        for position in await activity.unlisted(self._reader, until):
            whose.setdefault(position, NOBODY)
        owners: dict[UUID, UUID | None] = {}
        facts, others = await self._archive.legible(list(whose))
        if others:
            raise CannotBeRead(f"It is {others[0].topic} at position {others[0].position}.")
        for each in facts:
            about: UUID | None = whose[each.position]
            if about is NOBODY:
                about = owners.setdefault(each.event.originator_id, activity.supplier_of(each.event))
            if about in found:
                found[about].append(each)
        return found

    async def last_before(self, at: datetime) -> int:
        """The last position recorded before a time."""
        return await self._archive.last_before(at)

    async def owner_of(self, id: UUID) -> UUID | None:
        """The supplier that a decision is about, for ever."""
        kept = await docket.of(self._reader, id)
        return None if kept is None else kept.supplier_id

    async def _at_position(self, position: int, axis: Axis) -> Moment:
        if axis is not Axis.KNOWN:
            raise PositionIsKnown
        recorded_at = await self._archive.recorded_at(position)
        if recorded_at is None:
            first = await self._archive.recorded_at(FIRST)
            raise StillToCome if position > 0 and first else BeforeTheRecord(_began(first))
        return Moment(axis, recorded_at + TICK, position, "position")


NOBODY = UUID(int=0)


def _began(first: date | None) -> str:
    return "" if first is None else f"The record begins on {first:%d %B %Y}.".replace(" 0", " ")
