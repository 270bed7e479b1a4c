"""A rebuild in processes of its own, on a log of some size, to be killed."""

from __future__ import annotations

import asyncio
import sys

from cli.store import open_store
from cli.whole_log import whole_log
from projections.all import view
from projections.rebuild import rebuild_all
from suppliers.ports import Handlers

VIEWS = ("register", "people", "docket")
NOTHING: Handlers = {}


class NoClock:
    def now(self) -> None:
        raise NotImplementedError


async def rebuild(dsn: str) -> dict[str, int]:
    async with open_store(dsn, handlers=NOTHING, clock=NoClock()) as store:  # type: ignore[arg-type]
        views = [view(name) for name in VIEWS]
        return await rebuild_all(views, store.feed, store.pool, said, source=whole_log(dsn), large=0)


def said(done: int, total: int) -> None:
    print(done, total, flush=True)


if __name__ == "__main__":
    asyncio.run(rebuild(sys.argv[1]))
