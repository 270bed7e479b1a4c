"""Appends as the arrays the SQL function takes, and its rows as outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from events.stored import NOTHING, Append, Gap, Outcome, Overtaken


def columns(appends: Sequence[Append]) -> tuple[list[Any], ...]:
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
        [append.command_id for append in appends],
        [append.actor for append in appends],
        [append.correlation_id for append in appends],
        [append.recorded_at for append in appends],
    )


def outcomes(count: int, rows: Iterable[Mapping[str, Any]]) -> list[Outcome]:
    """One outcome per append, in their order; an append without drafts received nothing."""
    found: list[Outcome] = [NOTHING] * count
    for row in rows:
        found[row["append"] - 1] = _outcome(row)
    return found


def _outcome(row: Mapping[str, Any]) -> Outcome:
    match row["outcome"]:
        case "overtaken":
            return Overtaken()
        case "gap":
            return Gap()
        case _:
            return range(row["first_position"], row["last_position"] + 1)
