"""The oracle: what is kept, held against what follows from the log alone, folded afresh in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import asyncpg

from events.feed import Follower
from events.keys import Keyring
from events.mapper import Mapper
from events.recorder import PostgresRecorder
from events.tree.verifying import Known, Verifying
from projections import storage
from projections.all import VIEWS
from projections.view import View, fold
from suppliers.ports import Recorded
from tests import days
from tests.comparing import differences
from tests.events.judging import chain

ALL = 10_000_000

LETTERS = """
SELECT key, 'is about position ' || event_position || ', which is not on the log' AS wrong
  FROM letters WHERE event_position NOT BETWEEN 1 AND (SELECT count(*) FROM event_log)
UNION ALL
SELECT 'questionnaire_invitation', counted.done || ' went out, but ' || counted.noted || ' are on the record'
  FROM (SELECT (SELECT count(*) FROM letters WHERE letter = 'questionnaire_invitation' AND state = 'done') AS done,
               (SELECT count(*) FROM event_log WHERE topic = 'Assessment.QuestionnaireSent') AS noted) AS counted
 WHERE counted.done <> counted.noted
"""


async def discrepancies(
    pool: asyncpg.Pool, views: Iterable[View[Any]] = VIEWS, heads: Sequence[Known] = ()
) -> list[str]:
    """Everything that is wrong, of a log that all views have reached; empty when all is well. `heads` of its tree are
    known from outside."""
    stored = await PostgresRecorder(pool).select_feed(0, ALL)
    wrong = [*chain(stored), *await tampered(pool, heads)]
    wrong += [f"letter {row['key']} {row['wrong']}" for row in await pool.fetch(LETTERS)]
    events = await told(pool)
    wrong += await behind(pool, views, len(events))
    for view in views:
        wrong += await _view(pool, view, events)
    return wrong


async def told(pool: asyncpg.Pool) -> Sequence[Recorded]:
    """The log, decoded by nobody who has read it before."""
    return await Follower(PostgresRecorder(pool), Mapper(Keyring(pool))).read(0, ALL)


async def tampered(pool: asyncpg.Pool, heads: Sequence[Known] = ()) -> list[str]:
    """What the tree over the log and the heads say, as `tierce verify` does."""
    async with pool.acquire() as connection:
        verdict = await Verifying(connection, heads).run(lambda at, total: None)
    return [finding.sentence for finding in verdict.findings]


async def behind(pool: asyncpg.Pool, views: Iterable[View[Any]], head: int) -> list[str]:
    """Views that are not at the head of the log, or past it."""
    found = await storage.positions(pool, views)
    return [f"view {name} stands at {at} of {head}" for name, at in found.items() if at != head]


async def _view(pool: asyncpg.Pool, view: View[Any], events: Sequence[Recorded]) -> list[str]:
    """Rows, columns and days."""
    try:
        rows = fold(view, events)
    except Exception as reason:
        return [f"{view.table} does not follow from this log: {type(reason).__name__}: {reason}"]
    keys = {"key": ("text", list(rows))}
    wrong = await differences(pool, view.table, keys, view.columns, list(rows.values()), view.text)
    if getattr(view, "by_day", False):
        ends = list(days.ends(view, events))
        text = None if view.by_day == "columns" else view.text
        found = f"(SELECT * FROM {view.days} WHERE until > day)"
        last = [end.row for end in ends]
        told = await differences(pool, found, days.keys(ends), view.day_columns, last, text)
        wrong += [each.replace(found, view.days) for each in told]
    return wrong
