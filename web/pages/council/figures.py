"""The strip above the docket: what weighs on the council, each figure leading to its list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from fastapi import Request

from projections import assessments, register
from projections.asof.awaited import number_to_verify
from projections.asof.lists import Then
from projections.assessments import Stage
from projections.docket import ConditionState, Item
from projections.register import Counts
from suppliers.posture import Band
from web.context import services_of, tallies_of
from web.dates import Calendar
from web.figures import plural
from web.looking.back import looking

SOON = timedelta(days=30)
BAD = (Band.UNACCEPTABLE, Band.BLOCKED, Band.SUSPENDED)


class Weights(NamedTuple):
    """What is counted over all suppliers."""

    spread: Counts
    stages: Mapping[Stage, tuple[int, int]]
    to_verify: int


async def weights(request: Request, then: Then | None) -> Weights:
    """As far as it is remembered now, or counted as of another moment."""
    if then is None:
        tallies = tallies_of(request)
        spread, stages = (await tallies.suppliers.now()).counts(), await tallies.rounds.now()
        return Weights(spread, stages, await tallies.to_verify.now())
    pool, sources = services_of(request).pool, then.sources
    spread, stages = await register.counts(pool, sources=sources), await assessments.stages(pool, sources=sources)
    return Weights(spread, stages, await number_to_verify(looking(request), pool, then))


def figures(weights: Weights, waiting: Sequence[Item], conditions: Sequence[Item], today: date) -> list[dict[str, Any]]:
    """The strip itself."""
    spread, stages, verify = weights
    bad = sum(spread.band.get(each, 0) for each in BAD)
    out, late = stages[Stage.WITH_VENDOR]
    review, _ = stages[Stage.TO_REVIEW]
    links = "&".join(f"band={each.value}" for each in BAD)
    return [
        {"label": "Unacceptable or worse", "value": bad, "note": "also blocked and suspended",
         "tone": "bad" if bad else "", "href": f"/suppliers?{links}"},
        {"label": "Decisions waiting", "value": len(waiting), "note": _oldest(waiting, today), "href": "#agenda"},
        _conditions(conditions, today),
        {"label": "Questionnaires out", "value": out, "note": f"{late} overdue" if late else "none overdue",
         "tone": "warn" if late else "", "href": "/assessments?stage=overdue" if late else "/assessments"},
        {"label": "To review", "value": review, "href": "/assessments?stage=submitted",
         "note": _to_verify(verify)},
    ]  # fmt: skip


def _to_verify(number: int) -> str:
    return f"and {plural(number, 'attestation')} to verify" if number else "no attestation to verify"


def _oldest(waiting: Sequence[Item], today: date) -> str:
    days = max(((today - each.review.tabled_at.date()).days for each in waiting), default=None)
    if days is None:
        return "the docket is empty"
    return "the oldest since today" if days < 1 else f"the oldest for {plural(days, 'day')}"


def _conditions(items: Sequence[Item], today: date) -> dict[str, Any]:
    days = [
        each.due_on
        for item in items
        for each in item.review.conditions
        if each.state is ConditionState.OPEN and each.due_on <= today + SOON
    ]
    late = sum(day < today for day in days)
    note = f"{late} past due" if late else f"next on {Calendar().short_date(min(days))}" if days else "within 30 days"
    return {"label": "Conditions due", "value": len(days), "note": note, "tone": "bad" if late else "",
            "href": "#conditions"}  # fmt: skip
