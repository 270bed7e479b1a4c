"""Signed heads that somebody kept: those that are believed, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from events.tree.heads import Head, heads
from events.tree.notes import PublicKey

Found = list[tuple[Path, Head]]


def found_in(files: Iterable[Path]) -> tuple[Found, list[str]]:
    """All that the files hold, and a sentence for each that holds none."""
    read = {file: heads(file.read_text(encoding="utf-8")) for file in files}
    empty = [f"There is no signed head in {file}." for file, here in read.items() if not here]
    return [(file, head) for file, here in read.items() for head in here], empty


def believed(found: Found, keys: Sequence[PublicKey]) -> tuple[list[Head], list[str]]:
    """Those that bear the signature of one of the keys, and a sentence for each that does not."""
    known: list[Head] = []
    others: list[str] = []
    for file, head in found:
        key = head.signed_by(keys)
        if key is None or key.name != head.origin:
            others.append(f"The head of {head.time} in {file} bears no signature of a key that is known here.")
        else:
            known.append(head)
    return known, others
