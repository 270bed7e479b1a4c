"""`tierce verify`: is the log what it was? Names the first event that is not."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.place import Data, settings_of
from cli.refusals import explained

if TYPE_CHECKING:
    from cli.settings import Settings
    from events.tree.heads import Head
    from events.tree.notes import PublicKey
    from events.tree.verifying import Known, Verdict

MOST = 5_000
"""Of the heads we kept ourselves, so many are checked, spread over all of them."""


def verify(
    since: Annotated[list[Path] | None, typer.Option(help="A file with signed heads, such as a saved mail.")] = None,
    key: Annotated[list[Path] | None, typer.Option(help="Public keys to believe, instead of our own.")] = None,
    supplier: Annotated[str | None, typer.Option(help="Prove the events of this one only: its name or id.")] = None,
    data: Data = None,
) -> None:
    """Hold the log against its seals and signed heads, and name the first event that is not as it was."""
    if since and supplier:
        raise typer.BadParameter("A head is held against the whole log: give --since or --supplier.")
    with explained():
        settings = settings_of(data)
        keys = _keys(settings, key or [])
        heads, complaints = _heads(settings, since or [], keys)
        for complaint in complaints:
            typer.echo(complaint)
        whole = asyncio.run(_supplier(settings, supplier) if supplier else _all(settings, heads))
    raise typer.Exit(0 if whole and not complaints else 1)


async def _all(settings: Settings, heads: Sequence[Known]) -> bool:
    import asyncpg

    from cli.progress import progress
    from events.tree.verifying import Verifying

    connection = await asyncpg.connect(settings.database_url, timeout=10)
    try:
        with progress("Verifying") as moved:
            verdict = await Verifying(connection, heads).run(moved)
    finally:
        await connection.close()
    for sentence in told(verdict):
        typer.echo(sentence)
    return not verdict.findings


def told(verdict: Verdict) -> list[str]:
    """The verdict in sentences, what is wrong first."""
    if verdict.findings:
        first, *more = verdict.findings
        also = [f"Also: {each.sentence}" for each in more[:9]]
        rest = [f"And {len(more) - 9} more."] if len(more) > 9 else []
        return [f"THE LOG WAS CHANGED. {first.sentence}", *also, *rest]
    unsealed = verdict.events - verdict.sealed
    heads = f"{verdict.heads} signed heads agree." if verdict.heads else "There was no signed head to hold it against."
    return [
        f"{verdict.events:,} events in {verdict.streams:,} streams: none was changed, removed, inserted or moved.",
        f"{verdict.sealed:,} are sealed, {unsealed:,} newer ones are in order. {heads}",
        f"The root over all of them is {verdict.root.hex()}.",
    ]


async def _supplier(settings: Settings, called: str) -> bool:
    import asyncpg

    from cli.dossier.proving import NotProvable, proven
    from events.tree.proofs import included

    connection = await asyncpg.connect(settings.database_url, timeout=10)
    try:
        found = await proven(connection, called)
    except NotProvable as wrong:
        typer.echo(f"THE LOG WAS CHANGED. {wrong}")
        return False
    finally:
        await connection.close()
    size, root = found.tree.size, found.tree.root()
    for leaf, proof in zip(found.leaves, found.proofs, strict=True):
        if not included(leaf.hash, leaf.position - 1, size, root, proof):
            raise AssertionError(f"the proof of event {leaf.position} does not hold")
    typer.echo(f"{len(found.leaves):,} events of {found.supplier.name} are among the first {size:,} events of the log.")
    typer.echo(f"The root over those is {root.hex()}. Whether it is the one that was signed, tierce verify says.")
    return True


def _keys(settings: Settings, given: Sequence[Path]) -> list[PublicKey]:
    from cli.sealing.key import public_keys

    ours = settings.signing_key.with_suffix(".pub") if settings.signing_key else None
    files = given or ([ours] if ours and ours.exists() else [])
    return [key for file in files for key in public_keys(file)]


def _heads(
    settings: Settings, since: Sequence[Path], keys: Sequence[PublicKey]
) -> tuple[Sequence[Known], Sequence[str]]:
    """Heads with a signature we believe, and what is wrong with others."""
    from cli.sealing.kept import believed, found_in
    from events.tree.heads import heads
    from events.tree.verifying import Known

    found, empty = found_in(since)
    ours = settings.heads_file
    if ours and ours.exists():
        found += [(ours, head) for head in _some(heads(ours.read_text(encoding="utf-8")))]
    known, others = believed(found, keys)
    return [Known(head.size, head.root, head.time) for head in known], [*empty, *others][:10]


def _some(heads: Sequence[Head]) -> Sequence[Head]:
    return heads if len(heads) <= MOST else [*heads[:: len(heads) // MOST + 1], heads[-1]]
