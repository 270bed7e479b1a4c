"""What happened to one round, from the audit trail; single answers and verdicts are told by the answers themselves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple

import asyncpg

from projections import activity
from projections.asof import Archive, naming
from web.pages.assessments.whole import Whole

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


async def trail(pool: asyncpg.Pool[Any], log: Archive, whole: Whole) -> Sequence[tuple[Any, list[Told]]]:
    """Day by day, the latest first."""
    id, past = whole.round.id, whole.past
    if past is None:
        found = await activity.of_record(pool, log, id, without=SMALL, limit=MOST)
    else:
        found = [each for each in past.entries() if each.aggregate_id == id and each.topic not in SMALL][:MOST]
    names = await naming.names(pool, log, found, past.moment if past else None)
    told = [Told(each, activity.sentence(each, names)) for each in found]
    return [(day, list(those)) for day, those in groupby(told, key=lambda each: each.entry.at.date())]
