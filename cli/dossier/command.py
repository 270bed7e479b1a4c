"""`tierce export`: what leaves the house to be checked elsewhere."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.place import settings_of
from cli.refusals import explained

if TYPE_CHECKING:
    from cli.dossier.packing import Witness
    from cli.dossier.proving import Proven
    from cli.settings import Settings
    from events.tree.notes import PrivateKey

export = typer.Typer(no_args_is_help=True, help="Files for auditors.")
Data = Annotated[Path | None, typer.Option(help="The data folder of a running `tierce up`.")]


@export.command("dossier")
def dossier(
    supplier: Annotated[str, typer.Argument(help="Its name or id.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write, a .zip.")],
    since: Annotated[list[Path] | None, typer.Option(help="Older signed heads that the auditor keeps.")] = None,
    data: Data = None,
) -> None:
    """One supplier's events with proofs, checked offline by the script that lies in the file."""
    with explained():
        events = asyncio.run(_export(settings_of(data), supplier, output, since or []))
        typer.echo(f"{output}: {events} events. Give the auditor the key by another way: tierce export key")


@export.command("key")
def key(data: Data = None) -> None:
    """Print the public key that signed heads are checked with."""
    with explained():
        typer.echo(str(_signing(settings_of(data)).public))


async def _export(settings: Settings, supplier: str, output: Path, since: list[Path]) -> int:
    import asyncpg

    from cli.dossier.packing import pack
    from cli.dossier.proving import NotProvable, proven
    from cli.settings import Misconfigured
    from events.tree.heads import heads

    sizes = [head.size for file in since for head in heads(file.read_text(encoding="utf-8"))]
    connection = await asyncpg.connect(settings.database_url, timeout=10)
    try:
        found = await proven(connection, supplier)
    except NotProvable as wrong:
        raise Misconfigured([str(wrong)]) from None
    finally:
        await connection.close()
    pack(found, _witness(settings, found), sizes, str(output))
    return len(found.leaves)


def _witness(settings: Settings, found: Proven) -> Witness:
    from cli.clock import SystemClock
    from cli.dossier.packing import Witness
    from events.tree.heads import signed

    key = _signing(settings)
    note = signed(key, size=found.tree.size, root=found.tree.root(), at=SystemClock().now())
    return Witness(note, key.public)


def _signing(settings: Settings) -> PrivateKey:
    from cli.sealing.key import signing_key
    from cli.settings import Misconfigured

    there = settings.signing_key and settings.signing_key.exists()
    key = signing_key(settings) if there else None
    if key is None:
        raise Misconfigured(["TIERCE_SIGNING_KEY does not name the key that signs heads of the log."])
    return key
