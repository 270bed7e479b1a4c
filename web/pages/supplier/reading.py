"""A posture as a person reads it: one sentence, reasons in order of weight, what would bring it down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from projections.posture import SupplierPosture, UsePosture, findings
from suppliers.policy import policy
from suppliers.posture import Band, Contribution, Limit, OpenFinding, Posture
from suppliers.posture.bands import domain_name
from suppliers.questionnaires import Domain
from web.dates import Calendar

DOMAINS: tuple[Domain, ...] = tuple(Domain)
SHORT = {Domain.PERFORMANCE_SAFETY: "Performance"}
"""Names that are too long for the head of a column."""
MOST_REASONS = 9


@dataclass(frozen=True)
class Reading:
    """One use's posture, ready for a page."""

    use: UsePosture
    result: Posture
    here: str

    @property
    def lead(self) -> str:
        """Why: what holds it there, then where the most of it comes from."""
        decisive = self.decisive
        return f"{decisive.reason} {self.result.summary}" if decisive else self.result.summary

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
        tier = self.result.tier.label if self.result.tier else "no tier"
        note = f"Inherent risk {self.result.inherent:.1f} of 100, {tier}, before any answer"
        return {"label": "Starting exposure", "note": note, "score": first.points}

    @property
    def changes(self) -> list[dict[str, Any]]:
        """Everything else that counted, weightiest first; the small rest in one line, so that the sum is right."""
        counted = [each for each in self.result.contributions if each.kind != "exposure"]
        shown = counted if len(counted) <= MOST_REASONS + 1 else counted[:MOST_REASONS]
        told = [self._finding(each) if each.kind == "finding" else self._answers(each) for each in shown]
        rest = counted[len(shown) :]
        more = change(f"{len(rest)} smaller reasons together", sum(each.points for each in rest))
        return [*told, more] if rest else told

    @property
    def next_limit(self) -> tuple[float, str] | None:
        """Where the next worse band begins, for the dashed line."""
        edges = policy(self.result.policy).bands
        steps = ((edges.watch, Band.WATCH), (edges.elevated, Band.ELEVATED), (edges.unacceptable, Band.UNACCEPTABLE))
        return next(((edge, band.value.capitalize()) for edge, band in steps if self.result.residual < edge), None)

    def _answers(self, each: Contribution) -> dict[str, Any]:
        """What the answers of a domain take away, with the way to them."""
        domain = next(one for one in self.result.domains if one.domain == each.key)
        text = f"{domain.effectiveness:.0%} effective: {domain.exposure:.1f} becomes {domain.base:.1f}"
        counted = self.use.counted
        href = f"/assessments/{counted.id}#domain-{each.key}" if counted else ""
        return change(f"Answers on {domain_name(each.key).lower()}", each.points, [{"text": text, "href": href}])

    def _finding(self, each: Contribution) -> dict[str, Any]:
        """What a finding adds, with the way to the answer that raised it."""
        assessment, _, question = each.key.partition(":")
        link = {"text": f"Answer {question}", "href": f"/assessments/{assessment}#q-{question}"}
        found = next((one for one in self.findings if one.id == each.key), None)
        if found is None:
            return change(each.sentence, each.points, [link])
        state = "accepted" if found.accepted(self.result.on) else "overdue" if found.overdue(self.result.on) else "open"
        kind = "Knock-out" if found.knock_out else f"{found.severity.value.capitalize()} finding"
        text = f"{kind} in {domain_name(found.domain).lower()}, {state}"
        return change(found.title.removesuffix(f" ({question})"), each.points, [{"text": text}, link])

    @property
    def findings(self) -> Sequence[OpenFinding]:
        return findings(self.use)


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
    before = use.was.by_domain if use.was else {}
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
