"""Suppliers that have a word which begins with each word typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections import names
from projections.clauses import Clauses
from projections.names.words import begun
from projections.sources import LIVE, Sources
from suppliers.likeness import words

if TYPE_CHECKING:
    from projections.storage import Reader


async def sought(
    reader: Reader, clauses: Clauses, text: str, *, line: str, sources: Sources, some: bool = False
) -> None:
    """Of today they are looked up, and named one by one when they are few, or when `some` of them will do."""
    found = await names.suppliers(reader, text) if sources is LIVE else None
    if found is not None and (found.whole or some):
        clauses.add(f"{line}.key = ANY({{}})", found.keys)
    else:
        met(clauses, text, line=line)


def met(clauses: Clauses, text: str, *, line: str) -> None:
    """As each line of the register tells when one comes to it."""
    typed = words(text)
    if not typed:
        clauses.add("false")
    elif len("".join(typed)) == 1:
        clauses.add(f"{line}.sort_name ^@ {{}}", typed[0])  # nearly every supplier has a word that begins like this
    else:
        begun(clauses, typed, column=f"{line}.words")
