"""A dossier from the running log: proven, signed and packed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO

import asyncpg

from cli.clock import SystemClock
from cli.dossier.packing import Witness, pack
from cli.dossier.proving import NotProvable, proven
from cli.sealing.kept import believed, found_in
from cli.sealing.key import signing_key
from cli.settings import Misconfigured, Settings
from events.tree.heads import signed
from events.tree.notes import PrivateKey, PublicKey
from web.services import Extract


async def export_dossier(
    settings: Settings,
    supplier: str,
    to: Path | IO[bytes],
    since: Sequence[Path] = (),
    extract: Extract | None = None,
) -> int:
    """How many events are in it; Misconfigured says why there is none."""
    key = signing(settings)
    sizes = _sizes(since, key.public)
    connection = await asyncpg.connect(settings.database_url, timeout=10)
    try:
        found = await proven(connection, supplier, extract)
    except NotProvable as wrong:
        raise Misconfigured([str(wrong)]) from None
    finally:
        await connection.close()
    note = signed(key, size=found.tree.size, root=found.tree.root(), at=SystemClock().now())
    pack(found, Witness(note, key.public), sizes, to)
    return len(found.leaves)


def _sizes(since: Sequence[Path], key: PublicKey) -> list[int]:
    """How many events the log had when heads were signed that an auditor keeps."""
    found, empty = found_in(since)
    known, others = believed(found, [key])
    if empty or others:
        raise Misconfigured([*empty, *others])
    return [head.size for head in known]


def signing(settings: Settings) -> PrivateKey:
    """The key that is there; none is made for this."""
    there = settings.signing_key and settings.signing_key.exists()
    key = signing_key(settings) if there else None
    if key is None:
        raise Misconfigured(["TIERCE_SIGNING_KEY does not name the key that signs heads of the log."])
    return key
