"""The list's filters as they stand in the address, and the chips that take each away again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Request

from projections.register import Filters, Sort
from suppliers.posture import Band
from suppliers.supplier import Standing
from web.words import TIERS, words

T = TypeVar("T")
ME = "me"
SORTS: Mapping[str, Sort] = {"name": "name", "score": "score", "since": "since"}


@dataclass(frozen=True)
class Asked:
    """What is asked for, and the address parts that ask for it."""

    filters: Filters
    sort: Sort
    params: Mapping[str, Any]

    def href(self, path: str = "/suppliers", **changes: Any) -> str:
        """The same list with something changed; None takes it away."""
        kept = {name: value for name, value in {**self.params, **changes}.items() if value not in (None, "", [], ())}
        return f"{path}?{urlencode(kept, doseq=True)}" if kept else path

    @property
    def filtered(self) -> bool:
        return bool(set(self.params) - {"sort"})


def asked(request: Request, me: UUID) -> Asked:
    """Reads the address; what it does not know it leaves out."""
    given = request.query_params
    standing = _known(given.getlist("standing"), Standing)
    tier = _known(given.getlist("tier"), lambda text: {str(each): each for each in TIERS}[text])
    band = _known(given.getlist("band"), Band)
    owner = given.get("owner", "")
    ids = _known([owner], lambda text: me if text == ME else UUID(text))
    search = given.get("q", "").strip()
    sort = SORTS.get(given.get("sort", ""), "score")
    params = {
        "q": search,
        "standing": [each.value for each in standing],
        "tier": list(tier),
        "band": [each.value for each in band],
        "owner": owner if ids else "",
        "sort": sort if sort != "score" else "",
    }
    filters = Filters(search=search, standing=standing, tier=tier, band=band, owner=ids[0] if ids else None)
    return Asked(filters, sort, {name: value for name, value in params.items() if value})


def chips(asked: Asked, owner: str) -> list[tuple[str, str]]:
    """Each filter that is set, with the address without it."""
    found: list[tuple[str, str]] = []
    for name, prefix in (("standing", ""), ("tier", "Tier "), ("band", "")):
        values = asked.params.get(name, [])
        for each in values:
            without: dict[str, Any] = {name: [other for other in values if other != each]}
            found.append((words(f"{prefix}{each}"), asked.href("/suppliers", **without)))
    if asked.filters.owner is not None:
        found.append((f"Owner: {owner}", asked.href(owner=None)))
    if asked.filters.search:
        found.append((f"“{asked.filters.search}”", asked.href(q=None)))
    return found


def _known(texts: Iterable[str], read: Callable[[str], T]) -> tuple[T, ...]:
    """Those that can be read."""
    found: list[T] = []
    for text in texts:
        try:
            found.append(read(text))
        except (ValueError, KeyError):
            continue
    return tuple(found)
