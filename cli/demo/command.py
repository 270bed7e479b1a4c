"""`tierce demo`: fill an empty instance with an invented company's past."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.refusals import explained

demo = typer.Typer(help="Fill an empty instance with an invented company's year and a half.")

Day = Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="The demo's today.")]


@demo.callback(invoke_without_command=True)
def fill(
    data: Annotated[
        Path | None, typer.Option(help="The folder of `tierce up`, running or not.", envvar="TIERCE_DATA")
    ] = None,
    seed: Annotated[str, typer.Option(help="The same seed and date tell the same story.")] = "tierce",
    day: Day = None,
) -> None:
    """Fill an empty instance with an invented company's year and a half. No mail is sent."""
    from cli.demo.filling import fill
    from cli.demo.instance import instance_of
    from cli.demo.loading import NotEmpty

    today = _today(day)
    with explained(), instance_of(data) as settings:
        try:
            asyncio.run(fill(settings, seed=seed, today=today, say=typer.echo))
        except NotEmpty as refusal:
            typer.echo(str(refusal), err=True)
            raise typer.Exit(1) from None


def _today(day: datetime | None) -> date:
    """A past cannot lie in the future."""
    today = datetime.now(UTC).date()
    if day is not None and day.date() > today:
        raise typer.BadParameter("The demo's past would lie in the future.", param_hint="--date")
    return day.date() if day else today
