"""What somebody has to look at: read from the dossiers of today, or told of another day."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple, Protocol

from fastapi import Request

from projections import dossier
from projections.asof import awaited
from projections.asof.lists import Then
from projections.dossier import Awaited
from web.context import services_of
from web.looking.back import looking


class Listing(Protocol):
    """The longest waiting first, of so many suppliers."""

    async def __call__(self, *, limit: int) -> list[Awaited]: ...


class Awaiting(NamedTuple):
    to_verify: Listing
    to_confirm: Listing


def awaited_of(request: Request, then: Then | None) -> Awaiting:
    pool = services_of(request).pool
    if then is None:
        return Awaiting(partial(dossier.to_verify, pool), partial(dossier.to_confirm, pool))
    past = looking(request), pool, then
    return Awaiting(partial(awaited.to_verify, *past), partial(awaited.to_confirm, *past))
