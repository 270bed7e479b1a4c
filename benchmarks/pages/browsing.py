"""The same pages of a small and of a large instance, in turns."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial

from benchmarks.measuring import Findings, Measure, Table, at, rounds_of
from benchmarks.pages.instance import Filled, filled
from benchmarks.pages.requests import get
from benchmarks.pages.routes import ROUTES, Route
from benchmarks.sizes import Sizes
from cli.embedded.postgres import Postgres

NAME = "pages"
METHOD = """
Requests to the application's ASGI interface, one at a time, as a signed-in risk manager: everything from the session
to the last byte, no network. The same pages of two instances in turns; every request asks for another supplier, word
or place in the list. The figures are percentiles of each round's requests to a page.
"""


async def run(postgres: Postgres, sizes: Sizes) -> Findings:
    async with AsyncExitStack() as closing:
        few = await closing.enter_async_context(filled(postgres, sizes.small))
        many = await closing.enter_async_context(filled(postgres, sizes.large))
        there, missing = await _there(many)
        samples = {
            f"{route.title}@{size}": partial(_times, route, on, sizes.requests)
            for route in there
            for size, on in ((sizes.small, few), (sizes.large, many))
        }
        found = await rounds_of(sizes.long_rounds, samples)
    titles = [route.title for route in there]
    tables = [_table(share, titles, found, sizes) for share in (0.5, 0.95)]
    return Findings(NAME, "Pages", (*tables, _filling(few, many)), METHOD, missing)


async def _there(on: Filled) -> tuple[list[Route], tuple[str, ...]]:
    """Pages that answer, and a sentence about each that does not exist yet."""
    found = [(route, (await get(on.app, route.address(on), _headers(on, route))).status) for route in ROUTES]
    failed = [f"{route.title}: {code}" for route, code in found if code not in (200, 404)]
    if failed:
        raise RuntimeError(f"pages that do not answer: {', '.join(failed)}")
    absent = tuple(f"{route.title}, since there is no such page yet." for route, code in found if code == 404)
    return [route for route, code in found if code == 200], absent


def _table(share: float, titles: Sequence[str], found: Mapping[str, list[list[float]]], sizes: Sizes) -> Table:
    return Table(
        f"p{share * 100:.0f} of a page at {sizes.large:,} suppliers",
        "ms",
        "less",
        tuple(at(share, title, found[f"{title}@{sizes.large}"]) for title in titles),
        f"at {sizes.small:,}",
        against={title: at(share, title, found[f"{title}@{sizes.small}"]) for title in titles},
    )


def _filling(few: Filled, many: Filled) -> Table:
    """Once each, on the way."""
    baseline = f"all views, from {few.events:,} events"
    return Table(
        "Filling the two instances, once each",
        "events/s",
        "more",
        (
            Measure(baseline, (few.projected,)),
            Measure(f"all views, from {many.events:,} events", (many.projected,)),
            Measure(f"made, sealed and appended, {few.events:,} events", (few.appended,)),
            Measure(f"made, sealed and appended, {many.events:,} events", (many.appended,)),
        ),
        baseline,
    )


async def _times(route: Route, on: Filled, count: int) -> list[float]:
    """Milliseconds of each request."""
    found = []
    headers = _headers(on, route)
    for _ in range(count):
        address = route.address(on)
        begun = time.perf_counter()
        answer = await get(on.app, address, headers)
        found.append((time.perf_counter() - begun) * 1_000)
        if answer.status != 200:
            raise RuntimeError(f"{address}: {answer.status}")
    return found


def _headers(on: Filled, route: Route) -> dict[str, str]:
    return {"cookie": on.cookie, **route.headers}
