"""What these commands share: an instance to look back in, days as they are typed, suppliers by name or id."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from cli.place import settings_of

if TYPE_CHECKING:
    from cli.pool import Pool
    from projections.asof import Archive, Axis, Looking, Moment, Past

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
True_ = Annotated[bool, typer.Option("--true", help="As it was, with what is known now; else as it was known then.")]
Day = Annotated[str, typer.Argument(help="A day (its end, UTC), a time, or a position in the log.")]


@dataclass(frozen=True)
class Open:
    """An instance that is looked back in."""

    pool: Pool
    looking: Looking
    archive: Archive
    now: datetime

    async def moment(self, text: str, *, true: bool) -> Moment:
        from projections.asof import Axis, wanted
        from suppliers.errors import Refusal

        axis: Axis = Axis.TRUE if true else Axis.KNOWN
        try:
            return await self.looking.moment(wanted(text), axis, now=self.now)
        except Refusal as refusal:
            raise typer.BadParameter(refusal.sentence) from refusal

    async def span(self, first: str, last: str, *, true: bool) -> tuple[Moment, Moment]:
        """Two moments, the earlier one first."""
        before, after = await self.moment(first, true=true), await self.moment(last, true=true)
        if (before.until, before.position) > (after.until, after.position):
            raise typer.BadParameter("The first moment has to be before the last one.")
        return before, after

    async def supplier(self, text: str) -> UUID:
        """By its id, its name, or words of it that no other has."""
        from cli.called import called

        return (await called(self.pool, text)).id

    async def past(self, supplier: UUID, moment: Moment) -> Past:
        """One that was on the record then."""
        past = (await self.looking.suppliers([supplier], moment))[supplier]
        if not past.there:
            raise typer.BadParameter("This supplier was not on the record then.")
        return past


@asynccontextmanager
async def opened(data: Path | None, name: str) -> AsyncIterator[Open]:
    from cli.compose import compose
    from projections.asof import Looking

    async with compose(settings_of(data), name=name) as instance:
        store = instance.store
        yield Open(store.pool, Looking(store.pool, store.archive), store.archive, instance.clock.now())
