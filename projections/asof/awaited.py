"""Attestations to verify and EU AI Act classes to confirm as of a moment: who had some is counted, what is folded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING
from uuid import UUID

from projections import dossier, register
from projections.asof.lists import Then
from projections.asof.moment import Axis, end_of
from projections.asof.number import number
from projections.asof.past import Past
from projections.asof.pending import TO_CONFIRM, TO_VERIFY, Openness, pending
from projections.asof.reader import Looking
from projections.dossier import Awaited, Dossier

if TYPE_CHECKING:
    from projections.storage import Reader

MORE = 8
"""Suppliers folded beside those that are shown, should of some of them nothing have waited after all."""
Held = Callable[[Dossier], Iterator[tuple[datetime, Awaited]]]


async def to_verify(looking: Looking, reader: Reader, then: Then, *, limit: int = 50) -> list[Awaited]:
    """As `dossier.to_verify` tells it of the present."""

    def held(kept: Dossier) -> Iterator[tuple[datetime, Awaited]]:
        for each in kept.attestations.values():
            if each.to_verify:
                yield each.given_at, Awaited(supplier_id=kept.supplier_id, supplier_name="", attestation=each)

    return await _awaited(looking, reader, then, TO_VERIFY, held, limit)


async def number_to_verify(looking: Looking, reader: Reader, then: Then) -> int:
    """As `dossier.number_to_verify` tells it; suppliers that were folded for the moment tell it themselves."""
    rows = [past.dossier for past in then.folded.values()]
    told = sum(each.to_verify for row in rows if row for each in row.attestations.values())
    return told + await number(reader, await _position(looking, then), without=then.folded)


async def to_confirm(looking: Looking, reader: Reader, then: Then, *, limit: int = 50) -> list[Awaited]:
    """As `dossier.to_confirm` tells it of the present."""

    def held(kept: Dossier) -> Iterator[tuple[datetime, Awaited]]:
        for each in kept.uses.values():
            if each.to_confirm:
                yield each.described_at, Awaited(supplier_id=kept.supplier_id, supplier_name="", use=each)

    return await _awaited(looking, reader, then, TO_CONFIRM, held, limit)


async def _awaited(
    looking: Looking, reader: Reader, then: Then, open: Openness, held: Held, limit: int
) -> list[Awaited]:
    """Of the suppliers of whom it waited the longest."""
    found = await pending(reader, open, await _position(looking, then), limit + MORE)
    missing = [id for id in found if id not in then.folded]
    pasts = await looking.suppliers(missing, then.moment, for_views=(register.VIEW, dossier.VIEW)) if missing else {}
    waiting = sorted(_waiting((*pasts.values(), *then.folded.values()), held), key=lambda each: each[:2])
    return [each for *_, several in islice(waiting, limit) for each in several]


async def _position(looking: Looking, then: Then) -> int:
    """The last one that counts at suppliers that were not folded for the moment."""
    moment = then.moment
    return moment.position if moment.axis is Axis.KNOWN else await looking.last_before(end_of(moment.day))


def _waiting(pasts: Iterable[Past], held: Held) -> Iterator[tuple[datetime, UUID, list[Awaited]]]:
    for past in pasts:
        listed = list(held(past.dossier)) if past.dossier else []
        if listed:
            name = past.line.name if past.line else ""
            named = [each.model_copy(update={"supplier_name": name}) for _, each in listed]
            yield min(since for since, _ in listed), past.supplier_id, named
