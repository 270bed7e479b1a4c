"""The file an auditor receives: events as stored, proofs, head, key, a page to read, and the script that checks it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import IO, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from cli.dossier.proving import Proven
from cli.dossier.reading import page
from events.tree.notes import PublicKey

SCRIPT = "verify_dossier.py"


class Witness(NamedTuple):
    """Who vouches for the root: the signed head and the key it is signed with."""

    note: str
    key: PublicKey


def pack(found: Proven, witness: Witness, since: Sequence[int], to: Path | IO[bytes]) -> None:
    """Write the file; `since` are the sizes of older heads that somebody kept."""
    size = found.tree.size
    said = {
        "format": "tierce dossier 1",
        "supplier": {"id": str(found.supplier.id), "name": found.supplier.name},
        "size": size,
        "proofs": [[step.hex() for step in proof] for proof in found.proofs],
        "consistency": [
            {"size": earlier, "proof": [step.hex() for step in found.tree.consistency(earlier)]}
            for earlier in sorted(set(since))
            if 0 < earlier < size
        ],
    }
    with ZipFile(to, "w", ZIP_DEFLATED) as file:
        file.writestr("read-me-first.html", page(found, witness.note))
        file.writestr("dossier.json", json.dumps(said))
        file.writestr("events.bin", b"".join(leaf.data for leaf in found.leaves))
        file.writestr("head.txt", witness.note)
        file.writestr("key.pub", f"{witness.key}\n")
        file.writestr(SCRIPT, files("cli.dossier").joinpath(SCRIPT).read_bytes())
