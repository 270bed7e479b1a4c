"""A posture as a person reads it: one sentence, reasons in order of weight, what would bring it down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from projections.posture import SupplierPosture, UsePosture
from suppliers.policy import policy
from suppliers.posture import Band, Contribution, Limit, Posture
from suppliers.posture.bands import domain_name
from suppliers.questionnaires import Domain
from web.dates import Calendar

DOMAINS: tuple[Domain, ...] = tuple(Domain)
SHORT = {Domain.PERFORMANCE_SAFETY: "Performance"}
"""Names that are too long for the head of a column."""
MOST_REASONS = 12


@dataclass(frozen=True)
class Reading:
    """One use's posture, ready for a page."""

    use: UsePosture
    result: Posture
    here: str

    @property
    def lead(self) -> str:
        """Why, in one sentence: what holds it there, else where the most of it comes from."""
        decisive = self.decisive
        return decisive.reason if decisive else self.result.summary

    @property
    def decisive(self) -> Limit | None:
        """The limit that makes the band worse than the number alone would."""
        worse = self.result.band.rank > self.result.band_by_number.rank
        return next((each for each in self.result.limits if each.band is self.result.band), None) if worse else None

    @property
    def other_limits(self) -> list[Limit]:
        return [each for each in self.result.limits if each is not self.decisive]

    @property
    def start(self) -> dict[str, Any]:
        """The exposure that the waterfall begins with."""
        first = next(each for each in self.result.contributions if each.kind == "exposure")
        return {"label": "Starting exposure", "note": first.sentence, "score": first.points}

    @property
    def changes(self) -> list[dict[str, Any]]:
        """Everything else that counted, weightiest first; the small rest in one line, so that the sum is right."""
        counted = [each for each in self.result.contributions if each.kind != "exposure"]
        told = [change(each.sentence, each.points, self._sources(each)) for each in counted[:MOST_REASONS]]
        rest = sum(each.points for each in counted[MOST_REASONS:])
        more = len(counted) - MOST_REASONS
        return [*told, change(f"{more} smaller reasons together", rest)] if more > 0 else told

    @property
    def next_limit(self) -> tuple[float, str] | None:
        """Where the next worse band begins, for the dashed line."""
        edges = policy(self.result.policy).bands
        steps = ((edges.watch, Band.WATCH), (edges.elevated, Band.ELEVATED), (edges.unacceptable, Band.UNACCEPTABLE))
        return next(((edge, band.value.capitalize()) for edge, band in steps if self.result.residual < edge), None)

    def _sources(self, each: Contribution) -> list[dict[str, str]]:
        """Answers lead to their domain in the assessment, a finding to the answer that raised it."""
        if each.kind == "finding":
            assessment, _, question = each.key.partition(":")
            return [{"text": f"Answer {question}", "href": f"/assessments/{assessment}#q-{question}"}]
        if self.use.counted is None:
            return []
        text = f"Answers on {domain_name(each.key).lower()}"
        return [{"text": text, "href": f"/assessments/{self.use.counted.id}#domain-{each.key}"}]


def change(label: str, points: float, sources: Sequence[dict[str, str]] = ()) -> dict[str, Any]:
    """A row of the waterfall."""
    return {"label": label, "points": points, "sources": sources}


def reading(use: UsePosture | None, here: str) -> Reading | None:
    """The reading of a use that was judged."""
    return None if use is None or use.result is None else Reading(use, use.result, here)


def heat(row: SupplierPosture, here: str) -> list[dict[str, Any]]:
    """One row for each judged use, worst first: the residual risk of each domain, and whether it moved."""
    return [
        {"name": use.title, "href": f"{here}?use={use.id}", "cells": _cells(use)} for use in row.active if use.result
    ]


def heads() -> list[str]:
    """The names of the domains over the columns."""
    return [SHORT.get(domain, domain_name(domain)) for domain in DOMAINS]


def _cells(use: UsePosture) -> list[dict[str, Any]]:
    assert use.result is not None
    now = {each.domain: each.residual for each in use.result.domains}
    before = {each.domain: each.residual for each in use.before.domains} if use.before else {}
    return [_cell(now.get(domain), before.get(domain), use) for domain in DOMAINS]


def _cell(score: float | None, before: float | None, use: UsePosture) -> dict[str, Any]:
    assert use.result is not None
    if score is None:
        return {"key": "not_assessed", "score": None}
    moved = 0 if before is None or abs(score - before) < 0.5 else 1 if score > before else -1
    return {"key": band_of_score(score, use.result.policy), "score": score, "moved": moved}


def band_of_score(score: float, ref: str) -> str:
    """The band a number alone is in."""
    edges = policy(ref).bands
    if score >= edges.unacceptable:
        return Band.UNACCEPTABLE
    return Band.ELEVATED if score >= edges.elevated else Band.WATCH if score >= edges.watch else Band.ACCEPTABLE


def trend(row: SupplierPosture, most: int = 24) -> list[dict[str, Any]]:
    """How the score stood at the end of each day on which it moved."""
    words = Calendar()
    return [{"label": words.short_date(each.on), "score": each.score} for each in row.trend[-most:]]


def trend_words(row: SupplierPosture) -> str:
    """The trend as a sentence, for whoever does not see it."""
    points, words = row.trend, Calendar()
    if len(points) < 2:
        return "No change on the record yet"
    first, last = points[0], points[-1]
    verb = "rose" if last.score > first.score else "fell" if last.score < first.score else "stayed"
    return f"Residual score {verb} from {first.score:.0f} on {words.date(first.on)} to {last.score:.0f} now"
