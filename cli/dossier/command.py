"""`tierce export`: what leaves the house to be checked elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.past.opening import True_, opened
from cli.place import Data, settings_of
from cli.refusals import explained

if TYPE_CHECKING:
    from web.services import Extract

export = typer.Typer(no_args_is_help=True, help="Files for auditors.")


@export.command("dossier")
def dossier(
    supplier: Annotated[str, typer.Argument(help="Its name or id.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write, a .zip.")],
    since: Annotated[list[Path] | None, typer.Option(help="Older signed heads that the auditor keeps.")] = None,
    as_of: Annotated[
        str | None, typer.Option(help="Only what counted then: a day (its end, UTC), a time, or a position in the log.")
    ] = None,
    true: True_ = False,
    data: Data = None,
) -> None:
    """One supplier's events with proofs, checked offline by the script that lies in the file."""
    with explained():
        if true and as_of is None:
            raise typer.BadParameter("It says what counts as of a moment: give --as-of too.", param_hint="--true")
        from web.figures import plural

        events = asyncio.run(_exported(supplier, output, since or [], as_of, true, data))
        typer.echo(f"{output}: {plural(events, 'event')}. Give the auditor the key by another way: tierce export key")


async def _exported(
    supplier: str, output: Path, since: Sequence[Path], as_of: str | None, true: bool, data: Path | None
) -> int:
    from cli.dossier.exporting import export_dossier

    extract = None
    if as_of is not None:
        supplier, extract = await _then(supplier, as_of, true, data)
    return await export_dossier(settings_of(data), supplier, output, since, extract)


async def _then(supplier: str, as_of: str, true: bool, data: Path | None) -> tuple[str, Extract]:
    """The supplier's id, and what counted as of a moment."""
    from web.services import Extract

    async with opened(data, "tierce export") as instance:
        moment, id = await instance.moment(as_of, true=true), await instance.supplier(supplier)
        return str(id), Extract.of(await instance.past(id, moment))


@export.command("key")
def key(data: Data = None) -> None:
    """Print the public key that signed heads are checked with."""
    with explained():
        from cli.dossier.exporting import signing

        typer.echo(str(signing(settings_of(data)).public))
