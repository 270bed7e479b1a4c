"""`tierce export`: what leaves the house to be checked elsewhere."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from cli.place import Data, settings_of
from cli.refusals import explained

export = typer.Typer(no_args_is_help=True, help="Files for auditors.")


@export.command("dossier")
def dossier(
    supplier: Annotated[str, typer.Argument(help="Its name or id.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write, a .zip.")],
    since: Annotated[list[Path] | None, typer.Option(help="Older signed heads that the auditor keeps.")] = None,
    data: Data = None,
) -> None:
    """One supplier's events with proofs, checked offline by the script that lies in the file."""
    with explained():
        from cli.dossier.exporting import export_dossier

        events = asyncio.run(export_dossier(settings_of(data), supplier, output, since or []))
        typer.echo(f"{output}: {events} events. Give the auditor the key by another way: tierce export key")


@export.command("key")
def key(data: Data = None) -> None:
    """Print the public key that signed heads are checked with."""
    with explained():
        from cli.dossier.exporting import signing

        typer.echo(str(signing(settings_of(data)).public))
