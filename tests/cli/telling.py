"""Portions of the demo, told for tests."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from datetime import date

from cli.demo.history import History, write_history
from cli.demo.portfolio import SupplierPlan, portfolio
from suppliers.links import Links

TODAY = date(2026, 11, 24)
FEW = ("terrascope", "silverlode", "evergreen-docs", "redoubt")
"""Two rounds with a year between; overdue; bounced, answered and decided; suspended since yesterday."""


def some(*keys: str) -> list[SupplierPlan]:
    return [plan for plan in portfolio() if plan.key in keys]


def told(
    *keys: str, seed: str = "tierce", today: date = TODAY, progress: Callable[[float], None] = lambda share: None
) -> History:
    """Some suppliers' stories; all of them when none is named."""
    plans = some(*keys) if keys else None
    links = Links("a key of forty characters or a few more")
    found: list[History] = []

    async def tell() -> None:
        """Returns nothing: asyncio.run puts what a task returns into words that nobody reads, and this is long."""
        found.append(await write_history(seed=seed, today=today, links=links, suppliers=plans, progress=progress))

    asyncio.run(tell())
    return found[0]


def digest(history: History) -> str:
    """Over every byte of facts and files; sealing comes later and is never the same twice."""
    hashed = hashlib.sha256()
    for fact in history.facts:
        state = fact.event.model_dump_json()
        head = (fact.position, fact.topic, fact.recorded_at.isoformat(), fact.actor, fact.command_id)
        hashed.update(f"{head} {state}\n".encode())
    for paper in history.papers:
        hashed.update(paper.body)
    return hashed.hexdigest()


if __name__ == "__main__":
    print(digest(told(*FEW)))
