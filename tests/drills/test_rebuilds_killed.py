"""The rebuild that is killed, killed more often."""

from __future__ import annotations

import asyncpg
import pytest

from tests.projections import test_rebuild_killed as short

filled = short.filled


async def test_twenty_kills(filled: str, pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short, "KILLS", 20)
    await short.test_killed_at_any_moment_it_leaves_what_is_live_and_the_next_begins_cleanly(filled, pool)
