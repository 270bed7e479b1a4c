"""What a person is told: every problem by line, then what happened; and the rows to correct, as a file."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from cli.importing.examining import Examined
from cli.importing.formulas import guarded
from cli.importing.importing import Outcome
from cli.importing.problems import errors


def report(outcome: Outcome, *, dry_run: bool) -> Iterator[str]:
    """Line by line."""
    if outcome.examined is None:
        yield f"This file was imported before (up to position {outcome.position}). Nothing was recorded again."
        return
    examined = outcome.examined
    yield from (str(problem) for problem in examined.problems)
    wrong = len(errors(examined.problems))
    if wrong:
        yield f"{wrong} {'problem' if wrong == 1 else 'problems'} in {_rows(examined)}. Nothing was imported."
    elif dry_run:
        yield f"A dry run: {_summary(examined)} would be imported. Nothing was recorded."
    else:
        yield f"Imported {_summary(examined)}."


def _rows(examined: Examined) -> str:
    return "1 row" if len(examined.rows) == 1 else f"{len(examined.rows)} rows"


def _summary(examined: Examined) -> str:
    """What is in the file, counted."""
    entries = examined.entries
    starting = sum(bool(each.contact and each.owner and each.sanctions_clean) for each in entries)
    parts = [
        f"{len(entries)} {'supplier' if len(entries) == 1 else 'suppliers'} ({starting} ready for onboarding)",
        f"{sum(each.contact is not None for each in entries)} contacts",
        f"{sum(each.model is not None for each in entries)} models",
        f"{sum(each.source is not None for each in entries)} data sources",
    ]
    return ", ".join(parts)


def write_errors(path: Path, examined: Examined) -> int:
    """The rows in which something is wrong, as they came, with what is wrong; how many."""
    wrong: defaultdict[int, list[str]] = defaultdict(list)
    for problem in errors(examined.problems):
        wrong[problem.line].append(str(problem))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*map(guarded, examined.header), "problem"])
        for row in (rows := [row for row in examined.rows if row.line in wrong]):
            cells = [*row.cells, *[""] * (len(examined.header) - len(row.cells))]
            writer.writerow(map(guarded, [*cells, " / ".join(wrong[row.line])]))
    return len(rows)
