"""What happened to one round, from the audit trail; single answers and verdicts are told by the answers themselves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from projections import activity
from projections.reading import many

MOST = 60
SMALL = (
    "Assessment.AnswerRecorded",
    "Assessment.AnswerWithdrawn",
    "Assessment.EvidenceAttached",
    "Assessment.EvidenceRemoved",
    "Assessment.AnswerReviewed",
    "Assessment.FlagRaised",
)
OF_ROUND = f"""
SELECT row::text FROM {activity.VIEW.table}
 WHERE supplier_id = $1 AND aggregate = 'Assessment' AND row->>'aggregate_id' = $2 AND NOT row->>'topic' = ANY($3)
 ORDER BY position DESC LIMIT {MOST}
"""


class Told(NamedTuple):
    entry: activity.Entry
    sentence: str


async def trail(pool: asyncpg.Pool[Any], supplier_id: UUID, assessment_id: UUID) -> Sequence[tuple[Any, list[Told]]]:
    """Day by day, the latest first."""
    found = await many(pool, activity.VIEW, OF_ROUND, supplier_id, str(assessment_id), list(SMALL))
    names = await activity.names(pool, found)
    told = [Told(each, activity.sentence(each, names)) for each in found]
    return [(day, list(those)) for day, those in groupby(told, key=lambda each: each.entry.at.date())]
