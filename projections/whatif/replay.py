"""A trial of a policy over every supplier, some at a time: what is in memory does not grow with the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from projections import register
from projections.asof.reader import Looking
from projections.whatif.outcome import Moved, Outcome, spread
from projections.whatif.trial import tried
from suppliers.policy import ScoringPolicy
from suppliers.posture import Band

if TYPE_CHECKING:
    from projections.storage import Reader

AT_ONCE = 100
ALL = f"SELECT key, name FROM {register.VIEW.table} ORDER BY key"


async def replay(
    reader: Reader,
    looking: Looking,
    trial: ScoringPolicy,
    *,
    until: int,
    today: date,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Outcome:
    """Every supplier's history up to a position, under the policy in force then and under the other one."""
    names = {UUID(row["key"]): row["name"] for row in await reader.fetch(ALL)}
    ids, moved, pairs = list(names), list[Moved](), Counter[tuple[Band, Band]]()
    for begin in range(0, len(ids), AT_ONCE):
        facts = await looking.facts(ids[begin : begin + AT_ONCE], until)
        for id, told in facts.items():
            found = tried(names[id], told, trial, today)
            moved += found.moved
            pairs.update(found.standing)
        progress(min(begin + AT_ONCE, len(ids)), len(ids))
    return Outcome(
        policy=trial.ref,
        title=trial.title,
        suppliers=len(ids),
        uses=pairs.total(),
        moved=tuple(moved),
        spread=spread(pairs),
    )
