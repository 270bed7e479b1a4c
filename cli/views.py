"""`tierce views`: how far each view is, what it stumbled over, and whether the log is what it was."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.place import Data, settings_of
from cli.refusals import explained
from cli.tables import printed, table

if TYPE_CHECKING:
    from projections.log_change import LogChange
    from projections.standing import Standing

HEADS = ("View", "Version", "Build", "Position", "Behind", "State")


def views(
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Say how far each view is and what it cannot digest; exit code 1 while one stands still or the log was changed."""
    from cli.health import change_said, view_as_json

    with explained():
        found, changes = asyncio.run(_standings(data))
    for change in changes:
        typer.echo(change_said(change), err=as_json)
    if as_json:
        printed([view_as_json(each) for each in found])
    else:
        tell(found)
    raise typer.Exit(1 if changes or any(each.stuck for each in found) else 0)


async def _standings(data: Path | None) -> tuple[Sequence[Standing], Sequence[LogChange]]:
    from cli.pool import open_pool
    from projections.log_change import log_changes
    from projections.standing import standings

    async with open_pool(settings_of(data).database_url, connections=1, name="tierce views") as pool:
        return await standings(pool), await log_changes(pool)


def tell(found: Sequence[Standing]) -> None:
    """A table, and below it what stands still and why."""
    if not found:
        typer.echo("There are no views yet: they are made when Tierce first runs.")
        return
    table(HEADS, [_cells(each) for each in found])
    for each in found:
        if each.stuck:
            typer.echo(_explained(each))


def _cells(each: Standing) -> tuple[str, ...]:
    state = "stands still" if each.stuck else "is being built again" if each.building else "follows"
    return each.name, str(each.version), str(each.build), f"{each.position:,}", f"{each.lag:,}", state


def _explained(each: Standing) -> str:
    return f"""
{each.name} stands still since {each.since:%Y-%m-%d %H:%M:%S %Z}: it cannot digest event {each.event:,}, \
{each.topic or "which cannot be read"} (tried {each.tries:,} times).
  {each.error}
  It goes on by itself once a release runs that can; or fold it again: tierce rebuild {each.name}"""
