"""By which words a person can be recognised, as everything on the log says that is sealed with their key."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from uuid import UUID

from cli.store import Store
from events.fact import Fact
from events.recorder import FIELDS
from events.sealing import ERASED
from events.stored import Stored

SEALED = f"{FIELDS} WHERE position($1::bytea IN state) > 0 ORDER BY position"
PATIENCE = 300.0
"""The whole log is looked through: nothing else knows where somebody signed as whom."""


@dataclass(frozen=True)
class Traces:
    """Names and addresses, and how many events hold them; nothing once the key is gone."""

    words: frozenset[str]
    events: int

    def __bool__(self) -> bool:
        return bool(self.words)

    @cached_property
    def pattern(self) -> str:
        """For PostgreSQL and Python alike; a name may be broken over two lines."""
        return "|".join(_pattern(word.split()) for word in sorted(self.words))

    @cached_property
    def html_pattern(self) -> str:
        words = {each for word in self.words for each in _in_html(word)}
        return "|".join(_pattern(word.split()) for word in sorted(words))

    def mentions(self, text: str) -> bool:
        return bool(re.search(f"{self.pattern}|{self.html_pattern}", text, re.IGNORECASE))


async def traces_of(store: Store, person: UUID) -> Traces:
    stored = [Stored(*row) for row in await store.pool.fetch(SEALED, f'"of":"{person}"'.encode(), timeout=PATIENCE)]
    facts = await store.mapper.facts(stored)
    return Traces(frozenset(word for fact in facts for word in _words(fact, person)), len(stored))


def _words(fact: Fact, person: UUID) -> Iterable[str]:
    for field, whose in fact.PERSONAL.items():
        word = getattr(fact, field)
        if word and word != ERASED and str(getattr(fact, whose)) == str(person):
            yield word.strip()


def _in_html(word: str) -> set[str]:
    """As Jinja, the standard library and careless people write it."""
    escaped = escape(word)
    return {word, escaped, escaped.replace("&#x27;", "&#39;").replace("&quot;", "&#34;")}


def _pattern(parts: Iterable[str]) -> str:
    return r"(?<!\w)" + r"\s+".join(map(re.escape, parts)) + r"(?!\w)"
