"""`tierce changes`: what changed between two moments, for one supplier or for all."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from cli.past.as_of import said
from cli.past.opening import Day, Json, Open, True_, opened
from cli.place import Data
from cli.refusals import explained
from cli.tables import printed, table, word


def changes(
    first: Day,
    last: Day,
    supplier: Annotated[str | None, typer.Argument(help="One supplier, by name or id; without it all.")] = None,
    true: True_ = False,
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Show what changed between two moments: who moved, or fact by fact for one supplier."""
    with explained():
        asyncio.run(_changes(first, last, supplier, true, as_json, data))


async def _changes(first: str, last: str, supplier: str | None, true: bool, as_json: bool, data: Path | None) -> None:
    async with opened(data, "tierce changes") as instance:
        if supplier is None:
            await _all(instance, first, last, true, as_json)
        else:
            await _one(instance, first, last, supplier, true, as_json)


async def _all(instance: Open, first: str, last: str, true: bool, as_json: bool) -> None:
    from projections.asof.between import moved
    from projections.asof.lists import lists

    moments = await instance.span(first, last, true=true)
    before, after = [await lists(instance.looking, instance.pool, moment) for moment in moments]
    found = await moved(instance.pool, before, after, limit=100_000)
    if as_json:
        printed([each.model_dump(mode="json") for each in found])
        return
    heads = ("Supplier", "Standing", "Tier", "Band", "Score")
    cells = [
        (
            each.name,
            turned(each.standing_before, each.standing_after),
            turned(each.tier_before, each.tier_after),
            turned(each.band_before, each.band_after),
            turned(each.score_before, each.score_after),
        )
        for each in found
    ]
    table(heads, cells, title=f"{len(found)} suppliers moved from {said(moments[0])} to {moments[1].said}")


async def _one(instance: Open, first: str, last: str, supplier: str, true: bool, as_json: bool) -> None:
    from projections import activity
    from projections.asof import naming
    from projections.asof.between import between

    id = await instance.supplier(supplier)
    moments = await instance.span(first, last, true=true)
    before, after = [(await instance.looking.suppliers([id], moment))[id] for moment in moments]
    found = between(before, after)
    names = await naming.names(instance.pool, instance.archive, found.entries, moments[1])
    told = [(each, activity.sentence(each, names)) for each in reversed(found.entries)]
    if as_json:
        facts = [{"position": each.position, "at": each.at, "recorded_at": each.recorded_at, "sentence": text}
                 for each, text in told]  # fmt: skip
        printed({**found.model_dump(mode="json", exclude={"entries"}), "facts": facts})
        return
    typer.echo(f"{found.name}: {turned(found.standing_before, found.standing_after)}, {len(told)} facts")
    for use in found.uses:
        score = turned(use.score_before, use.score_after)
        typer.echo(f"\n{use.title}: {turned(use.band_before, use.band_after)}, score {score}")
        table(("Before", "After", "Reason"), [(each.before, each.after, each.sentence) for each in use.shifts])
    typer.echo("")
    table(("Happened", "Recorded", "Position", "What"),
          [(f"{each.at:%Y-%m-%d %H:%M}", f"{each.recorded_at:%Y-%m-%d %H:%M}", each.position, text)
           for each, text in told])  # fmt: skip


def turned(before: object, after: object) -> str:
    """ "watch -> elevated", or only one when both are the same."""
    old, new = (word(getattr(each, "value", each)) for each in (before, after))
    return old if old == new else f"{old} -> {new}"
