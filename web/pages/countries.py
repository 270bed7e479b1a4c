"""Countries by their two letters, as people call them."""

from __future__ import annotations

from functools import cache

from babel import Locale

from web.dates import LOCALE

ALONE = frozenset({"EU", "UN", "EZ", "QO", "ZZ", "XA", "XB", "XK"})
"""Two letters in the list that are no country of ISO 3166-1."""


@cache
def countries() -> tuple[tuple[str, str], ...]:
    """Code and name, by name."""
    known = Locale.parse(LOCALE).territories
    found = ((code, name) for code, name in known.items() if len(code) == 2 and code.isalpha() and code not in ALONE)
    return tuple(sorted(found, key=lambda each: each[1]))


def country_name(code: str) -> str:
    """The name of a country; what we do not know stays as it was written."""
    return dict(countries()).get(code.upper(), code)
