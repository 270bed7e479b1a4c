"""The same pages and lists of a small, a large and a huge instance, in turns."""

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
Requests to the application's ASGI interface, one at a time, as a signed-in risk manager, and to the API with a token:
everything from the session to the last byte, no network. The same pages of three instances in turns; every request
asks for another supplier, word or place in the list. The figures are percentiles of each round's requests to a page.
"""


async def run(postgres: Postgres, sizes: Sizes) -> Findings:
    compared = (sizes.huge,) if sizes.only else (sizes.large, sizes.huge)
    async with AsyncExitStack() as closing:
        every = {size: await closing.enter_async_context(filled(postgres, size)) for size in (sizes.small, *compared)}
        there, missing = await _there(every[sizes.huge], sizes.only)
        samples = {
            f"{route.title}@{size}": partial(_times, route, on, sizes.requests)
            for route in there
            for size, on in every.items()
        }
        found = await rounds_of(sizes.long_rounds, samples)
    titles = [route.title for route in there]
    tables = [_table(share, titles, found, sizes, size) for size in compared for share in (0.5, 0.95)]
    return Findings(NAME, "Pages and API", (*tables, _filling(every)), METHOD, missing)


async def _there(on: Filled, only: str) -> tuple[list[Route], tuple[str, ...]]:
    """Pages that answer, and a sentence about each that does not exist yet."""
    asked = [route for route in ROUTES if only in route.title]
    found = [(route, (await get(on.app, route.address(on), _headers(on, route))).status) for route in asked]
    failed = [f"{route.title}: {code}" for route, code in found if code not in (200, 404)]
    if failed:
        raise RuntimeError(f"pages that do not answer: {', '.join(failed)}")
    absent = tuple(f"{route.title}, since there is no such page yet." for route, code in found if code == 404)
    return [route for route, code in found if code == 200], absent


def _table(
    share: float, titles: Sequence[str], found: Mapping[str, list[list[float]]], sizes: Sizes, size: int
) -> Table:
    return Table(
        f"p{share * 100:.0f} of a page or list at {size:,} suppliers",
        "ms",
        "less",
        tuple(at(share, title, found[f"{title}@{size}"]) for title in titles),
        f"at {sizes.small:,}",
        against={title: at(share, title, found[f"{title}@{sizes.small}"]) for title in titles},
    )


def _filling(every: Mapping[int, Filled]) -> Table:
    """Once each, on the way."""
    rates = {f"all views, from {each.events:,} events": each.projected for each in every.values()}
    appended = {f"made, sealed and appended, {each.events:,} events": each.appended for each in every.values()}
    return Table(
        "Filling the instances, once each",
        "events/s",
        "more",
        tuple(Measure(name, (rate,)) for name, rate in (rates | appended).items()),
        next(iter(rates)),
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
    known = {"authorization": f"Bearer {next(on.tokens)}"} if route.of_api else {"cookie": on.cookie}
    return {**known, **route.headers}
