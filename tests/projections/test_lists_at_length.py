"""Lists that go on for pages, numbers that are remembered, and queues that name the longest waiting."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg

import story
from projections import docket, dossier, posture, register
from projections.dossier import Part
from projections.posture.ranking import ranked
from projections.remembered import OLDEST, PAUSE, Remembered
from tests.projections.conftest import shelved
from tests.projections.log import Log
from tests.projections.portfolio import attest


async def pages(page: Callable[[str | None], Awaitable[Any]]) -> list[Any]:
    found: list[Any] = []
    after: str | None = None
    while True:
        some = await page(after)
        found += some.rows
        after = some.after
        if after is None:
            return found


async def test_parts_of_all_dossiers_come_once_each(shelf: asyncpg.Pool) -> None:
    every: tuple[Part, ...] = ("models", "data_sources", "uses", "attestations")
    for part in every:
        whole = (await dossier.parts(shelf, part, limit=1000)).rows
        assert await pages(lambda after, part=part: dossier.parts(shelf, part, after=after, limit=1)) == whole
        assert whole, part
        [supplier] = {each.supplier_id for each in whole[:1]}
        own = (await dossier.parts(shelf, part, supplier_id=supplier)).rows
        assert own == [each for each in whole if each.supplier_id == supplier]


async def test_postures_come_worst_first_and_once_each(shelf: asyncpg.Pool) -> None:
    rows = await pages(lambda after: ranked(shelf, after=after, limit=1))
    scores = [-1.0 if each.score is None else each.score for each in rows]
    assert scores == sorted(scores, reverse=True)
    assert (
        len({each.supplier_id for each in rows})
        == len(rows)
        == await shelf.fetchval(f"SELECT count(*) FROM {posture.VIEW.table}")
    )


async def test_decisions_come_the_latest_first_and_once_each(shelf: asyncpg.Pool) -> None:
    rows = await pages(lambda after: docket.listed(shelf, after=after, limit=1))
    assert [each.tabled_at for each in rows] == sorted((each.tabled_at for each in rows), reverse=True)
    assert len({each.id for each in rows}) == len(rows) > 0


async def test_who_waits_longest_for_a_look_comes_first(pool: asyncpg.Pool, log: Log) -> None:
    first, second = story.onboarded(log), story.onboarded(log)
    late = attest(log, second, "iso27001", days=300)
    log.pass_days(3)
    attest(log, first, "iso27001", days=300)
    async with shelved(pool, log):
        found = await dossier.to_verify(pool)
        assert [each.supplier_id for each in found] == [second, first]
        assert found[0].attestation is not None and found[0].attestation.id == late
        assert await dossier.number_to_verify(pool) == 2


async def test_a_search_that_finds_too_many_is_not_counted_to_the_end(shelf: asyncpg.Pool) -> None:
    [line, *_] = (await register.page(shelf)).rows
    whole = await register.census(shelf)
    assert whole.size == await shelf.fetchval(f"SELECT count(*) FROM {register.VIEW.table}") and not whole.cut
    assert not (await register.census(shelf, line.line.name)).cut
    assert (await register.census(shelf, line.line.name[:2], most=0)).cut


async def test_numbers_of_a_large_view_are_given_at_once_and_counted_beside(pool: asyncpg.Pool, log: Log) -> None:
    story.onboarded(log)
    now = [0.0]

    async def ask(reader: Any) -> int:
        return int(await reader.fetchval(f"SELECT count(*) FROM {register.VIEW.table}"))

    async with shelved(pool, log) as projector:
        small = Remembered(pool, [register.VIEW], ask, lambda number: False, lambda: now[0])
        large = Remembered(pool, [register.VIEW], ask, lambda number: True, lambda: now[0])
        assert (await small.now(), await large.now()) == (1, 1)
        story.onboarded(log)
        await projector.catch_up()
        assert (await small.now(), await large.now()) == (2, 1)
        now[0] += 2 * PAUSE
        assert await large.now() == 1  # and counts
        assert large._counting is not None
        await large._counting
        assert await large.now() == 2
        story.onboarded(log)
        await projector.catch_up()
        now[0] += 2 * OLDEST
        assert await large.now() == 3
