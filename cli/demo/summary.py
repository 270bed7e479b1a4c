"""What the demo has told, in figures: how many of what, and in which state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from cli.demo.history import History

Figures = Mapping[str, Counter[str]]


def figures(history: History) -> Figures:
    """Counted as the pages will count, from the same folds."""
    files = history.rows["dossier"].values()
    postures = history.postures
    uses = [use for row in postures for use in row.uses.values()]
    return {
        "suppliers": Counter(row.standing.value for row in history.rows["register"].values()),
        "postures": Counter(
            row.worst_use.stand.band.value for row in postures if row.worst_use and row.worst_use.stand
        ),
        "tiers": Counter(f"tier {row.tier}" for row in postures if row.tier),
        "uses": Counter(use.state.value for use in uses),
        "classes": Counter(use.classification.eu_class.value for use in uses if use.classification),
        "assessments": Counter(_round(row) for row in history.rows["assessments"].values()),
        "attestations": Counter(each.state.value for row in files for each in row.attestations.values()),
        "reviews": Counter(row.outcome or row.state.value for row in history.rows["docket"].values()),
        "letters": Counter(entry.state.value for entry in history.letters),
    }


def lines(history: History) -> Iterable[str]:
    """For people at a terminal."""
    yield f"{len(history.facts)} facts, {len(history.papers)} files, {len(history.letters)} letters of the past."
    for what, counted in figures(history).items():
        told = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counted.most_common())
        yield f"{what.capitalize():13} {told}"


def _round(row: Any) -> str:
    return "overdue" if row.overdue and row.state.value in ("sent", "begun", "sending", "returned") else row.state.value
