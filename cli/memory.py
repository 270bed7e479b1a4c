"""What a process has read and made by the time it begins to work stays: the collector need not look at it again."""

from __future__ import annotations

import asyncio
import gc

SETTLED = 20.0
"""Seconds until every role has read what it needs."""

SELDOM = 50_000, 10, 10
"""More things than before until the collector looks among them for what only refers to itself. Python's own 700 had it
look all the time: rows that come to be at hand take the place of others, which go without its help."""


def settle() -> None:
    """A full collection looks at everything that is not frozen, and everybody waits for it: that made most of the
    longest times until an append was seen. Nothing is collected now, so that nobody waits for this, either."""
    gc.freeze()
    gc.set_threshold(*SELDOM)


def settle_soon() -> None:
    """Now, and once more when all roles are at work."""
    settle()
    asyncio.get_running_loop().call_later(SETTLED, settle)
