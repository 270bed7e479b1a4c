"""`tierce rebuild`: views folded again from the first event, beside those that are read meanwhile."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from cli.place import Data, settings_of
from cli.refusals import explained


def rebuild(
    view: Annotated[str, typer.Argument(help="Its name; all for every view.")],
    data: Data = None,
) -> None:
    """Fold a view again from the log. Pages read what was there before until the new one takes its place."""
    with explained():
        asyncio.run(_rebuild(view, data))


async def _rebuild(name: str, data: Path | None) -> None:
    from cli.compose import compose
    from cli.progress import progress
    from cli.whole_log import whole_log
    from projections.all import VIEWS
    from projections.rebuild import Stopped, Underway, rebuild_all

    known = {view.name: view for view in VIEWS}
    if name != "all" and name not in known:
        raise typer.BadParameter(f"There is no view {name}; there are {', '.join(sorted(known))}, and all.")
    chosen = VIEWS if name == "all" else [known[name]]
    async with compose(settings_of(data), name="tierce rebuild") as instance:
        store = instance.store
        try:
            with progress(f"Folding {name if name != 'all' else f'{len(VIEWS)} views'}") as moved:
                reached = await rebuild_all(chosen, store.feed, store.pool, moved, source=whole_log(store.dsn))
        except (Stopped, Underway) as refused:
            typer.echo(str(refused), err=True)
            raise typer.Exit(1) from refused
    for each, position in reached.items():
        typer.echo(f"{each} stands at position {position}.")
