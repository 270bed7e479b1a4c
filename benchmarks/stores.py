"""A store as a process has it, for the benchmarks' databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from benchmarks.portfolio.office import NOW
from cli.store import Store, open_store
from suppliers.attestation_types import attestation_rules
from suppliers.commands import handlers
from suppliers.policy import policy
from suppliers.questionnaires.library import library


class Noon:
    """A clock that stands still: pages look at the portfolio on its last day."""

    def now(self) -> datetime:
        return NOW


@asynccontextmanager
async def store_on(dsn: str, connections: int = 20) -> AsyncIterator[Store]:
    """Not listening yet: whoever wants to hear something says so first."""
    table = handlers(policy(), library(), attestation_rules())
    async with open_store(dsn, handlers=table, clock=Noon(), connections=connections, name="benchmark") as store:
        yield store
