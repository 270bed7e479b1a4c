"""Appends as the arrays the SQL function takes, and its rows as outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from events.stored import NOTHING, Append, Gap, Outcome, Overtaken


def columns(appends: Sequence[Append]) -> tuple[list[Any] | None, ...]:
    """Five arrays by event, then four by append."""
    number: list[Any] = []
    originator_id: list[Any] = []
    version: list[Any] = []
    topic: list[Any] = []
    state: list[Any] = []
    for n, append in enumerate(appends, start=1):
        for draft in append.drafts:
            number.append(n)
            originator_id.append(draft.originator_id)
            version.append(draft.originator_version)
            topic.append(draft.topic)
            state.append(draft.state)
    return (
        number,
        originator_id,
        version,
        topic,
        state,
        _unless_empty([append.command_id for append in appends]),
        _unless_empty([append.actor for append in appends]),
        _unless_empty([append.correlation_id for append in appends]),
        _unless_empty([append.recorded_at for append in appends]),
    )


def _unless_empty(values: list[Any]) -> list[Any] | None:
    return values if any(value is not None for value in values) else None


def outcomes(appends: Sequence[Append], rows: Sequence[Mapping[str, Any]]) -> list[Outcome]:
    """One outcome per append, in their order; an append without drafts received nothing."""
    if len(rows) == 1 and rows[0]["append"] == 0:
        return _in_order(appends, rows[0]["first_position"])
    found: list[Outcome] = [NOTHING] * len(appends)
    for row in rows:
        found[row["append"] - 1] = _outcome(row)
    return found


def written(appends: Sequence[Append], rows: Sequence[Mapping[str, Any]]) -> list[Append]:
    """Those that this call wrote: not the refused, nor what was on the log already."""
    if len(rows) == 1 and rows[0]["append"] == 0:
        return [append for append in appends if append.drafts]
    return [appends[row["append"] - 1] for row in rows if row["outcome"] == "written"]


def _in_order(appends: Sequence[Append], first: int) -> list[Outcome]:
    """All were written, one behind the other."""
    found: list[Outcome] = []
    for append in appends:
        found.append(range(first, first + len(append.drafts)))
        first += len(append.drafts)
    return found


def _outcome(row: Mapping[str, Any]) -> Outcome:
    match row["outcome"]:
        case "overtaken":
            return Overtaken()
        case "gap":
            return Gap()
        case _:
            return range(row["first_position"], row["last_position"] + 1)
