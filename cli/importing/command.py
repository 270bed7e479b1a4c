"""`tierce import suppliers`: a portfolio from a spreadsheet."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from cli.place import Data, settings_of
from cli.refusals import explained

if TYPE_CHECKING:
    from cli.importing.importing import Outcome, Wish
    from cli.settings import Settings

T = TypeVar("T")

LARGE = 1_000
"""Rows from which on one sees how far it is."""
SILENT = "The database does not answer. Nothing was imported."

importing = typer.Typer(no_args_is_help=True, help="Take over what another system knows.")


@importing.callback()
def _group() -> None:
    """Keeps `suppliers` a word of its own while it is the only one."""


@importing.command("suppliers")
def suppliers(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CSV file; see docs/import.md.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, record nothing.")] = False,
    errors: Annotated[Path | None, typer.Option(help="Write the rows to correct into this CSV file.")] = None,
    allow_duplicates: Annotated[bool, typer.Option("--allow-duplicates", help="Import them all the same.")] = False,
    acting: Annotated[str | None, typer.Option("--as", help="In the name of this member of staff.")] = None,
    data: Data = None,
) -> None:
    """Import suppliers from a file: all of them, or none when anything is wrong."""
    from cli.importing.importing import Wish
    from cli.importing.report import report

    if errors is not None and errors.resolve() == file.resolve():
        raise typer.BadParameter("--errors would overwrite the file that is imported.")
    with explained(), _explained():
        wish = Wish(_content(file), dry_run, allow_duplicates, acting)
        outcome = asyncio.run(_import(wish, settings_of(data)))
        for line in report(outcome, dry_run=dry_run):
            typer.echo(line)
        _end(outcome, errors)


def _end(outcome: Outcome, errors: Path | None) -> None:
    from cli.importing.report import write_errors

    if outcome.examined is not None and outcome.examined.stops:
        if errors is not None:
            typer.echo(f"{write_errors(errors, outcome.examined)} rows to correct are in {errors}.")
        raise typer.Exit(1)


def _content(file: Path) -> bytes:
    """One byte more than is allowed is enough to refuse it."""
    from cli.importing.decoding import MOST_BYTES

    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


async def _import(wish: Wish, settings: Settings) -> Outcome:
    from cli.clock import SystemClock
    from cli.importing.importing import import_suppliers
    from cli.pool import open_pool

    async with open_pool(settings.database_url, connections=2, name="tierce import") as pool:
        return await import_suppliers(wish, settings.database_url, pool, now=SystemClock().now(), track=_track)


def _track(each: Sequence[T], doing: str, /) -> Iterable[T]:
    from rich.console import Console
    from rich.progress import track

    return track(each, description=doing, console=Console(stderr=True), transient=True, disable=len(each) < LARGE)


@contextmanager
def _explained() -> Iterator[None]:
    from cli.importing.instance import NotNow
    from events.outcomes import LOST as LOSSES
    from events.stored import OutcomeUnknown

    try:
        yield
    except NotNow as why:
        print(why, file=sys.stderr)
        raise typer.Exit(1) from None
    except (*LOSSES, OutcomeUnknown) as lost:
        if isinstance(lost, OSError) and lost.filename is not None:  # a file, not the database
            raise
        print(SILENT, file=sys.stderr)
        raise typer.Exit(1) from lost
