"""The words by which somebody may look for a thing, and what of them has been typed so far."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from projections.clauses import Clauses
from suppliers.likeness import domain, words


class Identified(Protocol):
    """What tells a supplier from others."""

    @property
    def name(self) -> str: ...
    @property
    def legal_name(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def website(self) -> str: ...
    @property
    def registration_number(self) -> str: ...


def of_supplier(supplier: Identified) -> list[str]:
    """Every word a supplier is searched by."""
    known = supplier
    return told(known.name, known.legal_name, known.country, known.registration_number, domain(known.website))


@lru_cache(4096)  # a supplier's texts are the same at nearly every event
def told(*texts: str) -> list[str]:
    """Each word once."""
    return list(dict.fromkeys([word for text in texts for word in _words(text)]))


def _words(text: str) -> list[str]:
    """What is written with dots is found with and without them."""
    return words(text.replace(".", " ")) + words(text) if "." in text else words(text)


LONGEST, MOST = 40, 100
"""Letters of a word and words of a name that are told apart: PostgreSQL refuses longer ones."""
SPELLED = "array_to_tsvector(string_to_array({}, ' '))"


def spelled(name: str) -> str:
    """The words of a name, for `SPELLED`."""
    return " ".join([word[:LONGEST] for word in words(name)[:MOST]])


def prefixes(typed: Iterable[str]) -> str:
    """Each word typed begins one that is spelled, as a tsquery."""
    return " & ".join(f"'{word[:LONGEST]}':*" for word in typed)


def kept(words: Iterable[str]) -> str:
    """For `begun`: a blank before each."""
    return f" {' '.join(words)}"


def begun(clauses: Clauses, typed: Iterable[str], *, column: str) -> None:
    """Each word typed begins one that is kept in a column."""
    for word in typed:
        clauses.add(f"strpos({column}, {{}}) > 0", f" {word}")
