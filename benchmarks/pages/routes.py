"""The pages that are measured, each asked for in another way every time."""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks.pages.instance import Filled
from benchmarks.portfolio.office import NOW

HTMX = {"hx-request": "true"}
FULL_PAGE = 50
COMMON = ("extract", "claims", "news")
"""Words of what many suppliers offer, and of what it is used for; a supplier found alone would be shown at once."""
LISTS = (
    "models",
    "data-sources",
    "uses",
    "assessments",
    "postures",
    "decisions",
    "attestations",
    "activity",
)


class Route(NamedTuple):
    title: str
    address: Callable[[Filled], str]
    headers: Mapping[str, str] = {}

    @property
    def of_api(self) -> bool:
        return self.title.startswith("API")


def _with(**parameters: str) -> str:
    return f"/suppliers?{urlencode(parameters)}"


def _filtered(on: Filled) -> str:
    return _with(standing=on.random.choice(("proposed", "onboarding")), tier=str(on.random.randint(1, 4)))


def _searched(on: Filled) -> str:
    """A name typed until what is found fits on a page."""
    places = [place for _, _, place in on.suppliers]
    name = on.random.choice(places)
    length = next(
        length
        for length in range(2, len(name) + 1)
        if bisect(places, f"{name[:length]}\uffff") - bisect_left(places, name[:length]) <= FULL_PAGE
    )
    return _with(q=name[:length])


def _common(on: Filled) -> str:
    """A word that one of twenty suppliers has: there are always more than fit on a page."""
    return str(on.random.choice(on.suppliers)[1].split()[1])


def _begun(on: Filled) -> str:
    return _with(q=_common(on))


def _dated(on: Filled) -> str:
    """Ninety days from some day of the year ahead."""
    since = NOW.date() + timedelta(days=on.random.randint(0, 300))
    return f"/api/v1/renewals?{urlencode({'since': since})}"


def _last(on: Filled) -> str:
    """The list from where a few more suppliers are left than fit on a page."""
    key, _, place = on.suppliers[max(0, len(on.suppliers) - FULL_PAGE - 1 - on.random.randint(0, 5))]
    return _with(sort="name", after=f"{key}|{place}")


def _likely(on: Filled) -> str:
    """A known name with a slip in it, as far as it has been typed."""
    name = on.random.choice(on.suppliers)[1]
    slip = on.random.randint(1, 4)
    typed = (name[:slip] + name[slip + 1 :])[: on.random.randint(5, len(name))]
    return f"/suppliers/new/likely?{urlencode({'name': typed})}"


def _supplier(on: Filled) -> str:
    return f"/suppliers/{on.random.choice(on.suppliers)[0]}"


def _listed(name: str, on: Filled) -> str:
    return f"/api/v1/{name}"


ROUTES = (
    Route("home", lambda on: "/"),
    Route("suppliers, worst first", lambda on: "/suppliers"),
    Route("suppliers, by name", lambda on: _with(sort="name")),
    Route("suppliers, filtered", _filtered),
    Route("suppliers, searched", _searched),
    Route("suppliers, searched for more than a page", _begun),
    Route("suppliers, last page", _last),
    Route("suppliers, last page, rows only", _last, HTMX),
    Route("likely duplicates while typing", _likely, HTMX),
    Route("a supplier", _supplier),
    Route("a supplier's inventory", lambda on: f"{_supplier(on)}/inventory"),
    Route("a supplier's activity", lambda on: f"{_supplier(on)}/activity"),
    Route("assessments", lambda on: "/assessments"),
    Route("assessments, searched", lambda on: f"/assessments?{urlencode({'q': _common(on)})}"),
    Route("council", lambda on: "/council"),
    Route("renewals", lambda on: "/renewals"),
    Route("activity", lambda on: "/activity"),
    Route("everything searched", lambda on: f"/search?{urlencode({'q': on.random.choice(COMMON)})}"),
    Route("letters", lambda on: "/letters"),
    Route("API suppliers, by name", lambda on: "/api/v1/suppliers"),
    Route("API suppliers, filtered, worst first", lambda on: f"/api/v1{_filtered(on)}&sort=score"),
    Route("API suppliers, searched", lambda on: f"/api/v1{_searched(on)}"),
    Route("API suppliers, searched for more than a page", lambda on: f"/api/v1{_begun(on)}"),
    Route("API a supplier", lambda on: f"/api/v1{_supplier(on)}"),
    Route("API renewals", _dated),
    *(Route(f"API {name}", partial(_listed, name)) for name in LISTS),
)
