"""`tierce as-of`: suppliers, or one of them, as of a moment."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.past.listing import listed
from cli.past.lists import Asked, Name
from cli.past.opening import Day, Json, Open, True_, opened
from cli.place import Data
from cli.refusals import explained
from cli.tables import printed, table

if TYPE_CHECKING:
    from projections.asof import Moment, Past


def as_of(
    moment: Day,
    supplier: Annotated[str | None, typer.Argument(help="One supplier, by name or id; without it all.")] = None,
    list_: Annotated[Name | None, typer.Option("--list", help="Instead a list: of this supplier, or of all.")] = None,
    limit: Annotated[int, typer.Option(help="How much of that list.", min=1)] = 1000,
    true: True_ = False,
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Show how things stood at a moment: all suppliers, one with its uses, or a list."""
    with explained():
        asyncio.run(_as_of(moment, supplier, list_, limit, true, as_json, data))


async def _as_of(
    text: str, supplier: str | None, list: Name | None, limit: int, true: bool, as_json: bool, data: Path | None
) -> None:
    async with opened(data, "tierce as-of") as instance:
        moment = await instance.moment(text, true=true)
        id = await instance.supplier(supplier) if supplier else None
        if list is not None:
            await listed(Asked(instance, moment, list, id), limit=limit, as_json=as_json, title=said(moment))
        elif id is None:
            await _all(instance, moment, as_json)
        else:
            _one(await instance.past(id, moment), as_json)


async def _all(instance: Open, moment: Moment, as_json: bool) -> None:
    from projections import register
    from projections.asof.lists import lists

    then = await lists(instance.looking, instance.pool, moment)
    rows: list[register.Listed] = []
    after: str | None = None
    while True:
        page = await register.page(instance.pool, sort="score", after=after, limit=500, sources=then.sources)
        rows += page.rows
        if (after := page.after) is None:
            break
    if as_json:
        printed([each.model_dump(mode="json") for each in rows])
        return
    heads = ("Supplier", "Standing", "Tier", "Band", "Score", "Confidence")
    cells = [
        (
            each.line.name,
            each.line.standing.value,
            each.tier,
            each.band and each.band.value,
            each.score,
            each.confidence,
        )
        for each in rows
    ]
    table(heads, cells, title=f"{len(rows)} suppliers as of {said(moment)}")


def _one(past: Past, as_json: bool) -> None:
    line, judged = past.line, past.posture
    assert line and judged, "both begin with the supplier"
    if as_json:
        kept = past.dossier
        printed(
            {
                "as_of": past.moment.said,
                "axis": past.moment.axis.value,
                "position": past.moment.position,
                "supplier": line.model_dump(mode="json"),
                "posture": judged.model_dump(mode="json", exclude={"drafts"}),
                "dossier": kept.model_dump(mode="json") if kept else None,
                "reviews": [each.model_dump(mode="json") for each in past.reviews],
                "assessments": [each.model_dump(mode="json") for each in past.rounds],
                "in_recorded_order": sorted(past.reordered),
            }
        )
        return
    typer.echo(f"{line.name}, {line.standing.value.replace('_', ' ')} since {line.since:%Y-%m-%d}")
    heads = ("Use", "State", "Tier", "Band", "Score", "Confidence")
    cells = [
        (use.title, use.state.value, use.tier, use.result and use.result.band.value,
         use.result and use.result.residual, use.result and use.result.confidence)
        for use in judged.uses.values()
    ]  # fmt: skip
    table(heads, cells, title=f"As of {said(past.moment)}")


def said(moment: Moment) -> str:
    """The moment in words."""
    axis = "as it was known then" if moment.axis.value == "known" else "as it was, with what is known now"
    return f"{moment.said}, {axis}"
