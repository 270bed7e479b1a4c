"""Suppliers that have a word which begins with each word typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections import names
from projections.clauses import Clauses
from projections.names import Suppliers
from projections.names.words import begun
from projections.sources import LIVE, Sources
from suppliers.likeness import words

if TYPE_CHECKING:
    from projections.storage import Reader


async def searched(reader: Reader, text: str, sources: Sources = LIVE) -> Suppliers | None:
    """Who is found, of today; None when nobody was looked up."""
    return await names.suppliers(reader, text) if text.strip() and sources is LIVE else None


def narrowed(clauses: Clauses, text: str, found: Suppliers | None, *, line: str, some: bool, by_name: bool) -> None:
    """Those who were found are named one by one when they are all, or when `some` will do. Of more, those called
    alike stand side by side in a list by name, maybe at its end: it is left to PostgreSQL which way is shorter."""
    if found is not None and (found.whole or some):
        clauses.add(f"{line}.key = ANY({{}})", found.keys)
        return
    if found is not None and by_name:
        clauses.add(f"{line}.key IN ({names.numbered(text)})")
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
