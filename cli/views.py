"""`tierce views`: how far each view is, and what it stumbled over."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.place import settings_of
from cli.refusals import explained

if TYPE_CHECKING:
    from projections.standing import Standing

HEADS = ("view", "version", "build", "position", "behind", "state")


def views(
    data: Annotated[Path | None, typer.Option(help="The data folder of a running `tierce up`.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Say how far each view is and which event it cannot digest; exit code 1 when there is one."""
    from cli.health import view_as_json

    with explained():
        found = asyncio.run(_standings(data))
    if as_json:
        typer.echo(json.dumps([view_as_json(each) for each in found], indent=2))
    else:
        typer.echo("\n".join(told(found)))
    raise typer.Exit(1 if any(each.stuck for each in found) else 0)


async def _standings(data: Path | None) -> Sequence[Standing]:
    from cli.pool import open_pool
    from projections.standing import standings

    async with open_pool(settings_of(data).database_url, connections=1, name="tierce views") as pool:
        return await standings(pool)


def told(found: Sequence[Standing]) -> list[str]:
    """A table, and below it what stands still and why."""
    if not found:
        return ["There are no views yet: they are made when Tierce first runs."]
    rows = [HEADS, *(_cells(each) for each in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return [*lines, *(line for each in found if each.stuck for line in _explained(each))]


def _cells(each: Standing) -> tuple[str, ...]:
    state = "stands still" if each.stuck else "is being built again" if each.building else "follows"
    return each.name, str(each.version), str(each.build), f"{each.position:,}", f"{each.lag:,}", state


def _explained(each: Standing) -> list[str]:
    return [
        "",
        f"{each.name} stands still since {each.since:%Y-%m-%d %H:%M:%S %Z}: it cannot digest event {each.event:,}, "
        f"{each.topic or 'which cannot be read'} (tried {each.tries:,} times).",
        f"  {each.error}",
        f"  It goes on by itself once a release runs that can; or fold it again: tierce rebuild {each.name}",
    ]
