"""What happened to one round, from the audit trail; single answers and verdicts are told by the answers themselves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from projections import activity

MOST = 60
SMALL = (
    "Assessment.AnswerRecorded",
    "Assessment.AnswerWithdrawn",
    "Assessment.EvidenceAttached",
    "Assessment.EvidenceRemoved",
    "Assessment.AnswerReviewed",
    "Assessment.FlagRaised",
)


class Told(NamedTuple):
    entry: activity.Entry
    sentence: str


async def trail(
    pool: asyncpg.Pool[Any], log: activity.Log, supplier_id: UUID, assessment_id: UUID
) -> Sequence[tuple[Any, list[Told]]]:
    """Day by day, the latest first."""
    found = await activity.of_record(pool, log, supplier_id, assessment_id, without=SMALL, limit=MOST)
    names = await activity.names(pool, found)
    told = [Told(each, activity.sentence(each, names)) for each in found]
    return [(day, list(those)) for day, those in groupby(told, key=lambda each: each.entry.at.date())]
