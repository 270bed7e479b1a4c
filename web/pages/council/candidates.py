"""What could be tabled: uses that are ready for a decision, or those of one supplier."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from projections import assessments, docket, dossier
from projections.assessments import Filters
from suppliers.assessment import AssessmentState
from suppliers.review import ReviewState

MOST = 60


class Candidate(NamedTuple):
    use_id: UUID
    title: str
    supplier: str
    note: str


async def candidates(pool: asyncpg.Pool[Any], supplier_id: UUID | None) -> list[Candidate]:
    if supplier_id is not None:
        kept = await dossier.of(pool, supplier_id)
        return [
            Candidate(use.id, use.title, "", use.state.value.replace("_", " "))
            for use in (kept.uses.values() if kept else ())
            if use.active
        ]
    closed = await assessments.page(pool, Filters(state=(AssessmentState.CLOSED,)), sort="activity", limit=MOST)
    found: dict[UUID, Candidate] = {}
    for card in closed.rows:
        round = card.assessment
        if round.ended_at and not await _answered(pool, card):
            note = f"review closed on {round.ended_at.date().isoformat()}"
            found.setdefault(round.use_id, Candidate(round.use_id, card.use_title, card.supplier_name, note))
    return list(found.values())


async def _answered(pool: asyncpg.Pool[Any], card: assessments.Card) -> bool:
    """Tabled already, or decided since the round was closed."""
    round = card.assessment
    reviews = [each.review for each in await docket.of_supplier(pool, round.supplier_id)]
    return any(
        each.use_id == round.use_id
        and (
            each.state is ReviewState.TABLED
            or (each.decided_at is not None and round.ended_at is not None and each.decided_at >= round.ended_at)
        )
        for each in reviews
    )
