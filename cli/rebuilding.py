"""`tierce rebuild`: a view thrown away and folded again from the first event."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from cli.place import settings_of
from cli.refusals import explained


def rebuild(
    view: Annotated[str, typer.Argument(help="Its name; all for every view.")],
    data: Annotated[Path | None, typer.Option(help="The data folder of a running `tierce up`.")] = None,
) -> None:
    """Fold a view again from the log. Pages that read it see it grow meanwhile."""
    with explained():
        asyncio.run(_rebuild(view, data))


async def _rebuild(name: str, data: Path | None) -> None:
    from cli.compose import compose
    from cli.progress import progress
    from projections.all import VIEWS
    from projections.rebuild import rebuild

    known = {view.name: view for view in VIEWS}
    if name != "all" and name not in known:
        raise typer.BadParameter(f"There is no view {name}; there are {', '.join(sorted(known))}, and all.")
    async with compose(settings_of(data), name="tierce rebuild") as instance:
        for view in VIEWS if name == "all" else [known[name]]:
            with progress(f"Folding {view.name}") as moved:
                position = await rebuild(view, instance.store.feed, instance.store.pool, moved)
            typer.echo(f"{view.name} stands at position {position}.")
