"""One batch of the log for views that stand at the same place: all in one transaction, or one by one in trouble."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import asyncpg

from projections import storage
from projections.batch import Batch, fault
from projections.together import Move, Part, load, write

if TYPE_CHECKING:
    from projections.follower import Follower
    from projections.line import Line
    from suppliers.ports import Recorded

PASSING = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.TransactionRollbackError,
)
"""What concerns all views alike, and passes."""

POLITE = 50
"""Events after which others may go first, between two views."""


async def take(line: Line, group: Sequence[Follower], events: Sequence[Recorded]) -> None:
    """What goes wrong for one view is looked for view by view, and stops those that it concerns alone."""
    try:
        await _together(line, group, events)
    except (storage.Overtaken, *PASSING):
        raise
    except Exception:
        for follower in group:
            await _alone(line, follower, events)


async def _alone(line: Line, follower: Follower, events: Sequence[Recorded]) -> None:
    """Half by half, until it is down to one event."""
    try:
        await _together(line, [follower], events)
    except (storage.Overtaken, *PASSING):
        raise
    except Exception as reason:
        if len(events) == 1:
            follower.refused(fault(events[0], reason))
            return
        half = len(events) // 2
        await _alone(line, follower, events[:half])
        if not follower.error:
            await _alone(line, follower, events[half:])


async def _together(line: Line, group: Sequence[Follower], events: Sequence[Recorded]) -> None:
    step = await fold(line, group, events)
    await put(line, step)
    step.done()


class Step(NamedTuple):
    """What views that stand at one place make of a batch, ready to be written."""

    batches: Mapping[Follower, Batch[Any]]
    """Of those that anything of it concerns."""
    others: Sequence[Follower]
    until: int
    writes: Sequence[tuple[Move, Sequence[Part]]]
    """One for all views, unless one of them cannot digest an event and comes less far."""

    @property
    def stumbles(self) -> bool:
        """Whether there is an event that a view cannot digest."""
        return any(batch.fault is not None for batch in self.batches.values())

    def done(self) -> None:
        """The views stand behind it, and have its rows at hand."""
        for follower, batch in self.batches.items():
            follower.took(batch)
        for follower in self.others:
            follower.moved(self.until)


async def fold(line: Line, group: Sequence[Follower], events: Sequence[Recorded]) -> Step:
    """Views stay where they are, also when anything goes wrong."""
    kinds = {type(each.event) for each in events}
    keys = {follower: follower.keys(events) for follower in group if follower.concerned(kinds)}
    await _load(line, keys, events)
    batches: dict[Follower, Batch[Any]] = {}
    parts: dict[Follower, list[Part]] = {}
    for follower, touched in keys.items():
        batches[follower] = batch = follower.digest(touched, events)
        parts[follower] = follower.parts(batch) if batch.rows else []
        if len(events) > POLITE:
            await asyncio.sleep(0)
    others, until = [each for each in group if each not in keys], events[-1].position
    return Step(batches, others, until, _writes(group[0].position, until, others, batches, parts))


def _writes(
    seen: int,
    until: int,
    others: Sequence[Follower],
    batches: Mapping[Follower, Batch[Any]],
    parts: Mapping[Follower, Sequence[Part]],
) -> list[tuple[Move, list[Part]]]:
    """What is written with checkpoints that come equally far."""
    reaching: dict[int, list[Follower]] = {until: list(others)}
    for follower, batch in batches.items():
        reaching.setdefault(batch.position, []).append(follower)
    return [
        (moved(of, seen, position), [part for each in of if each in parts for part in parts[each]])
        for position, of in reaching.items()
        if of and position > seen
    ]


def moved(group: Sequence[Follower], seen: int, until: int) -> Move:
    return Move([each.checkpoint for each in group], [each.view.name for each in group], seen, until)


async def put(line: Line, step: Step) -> None:
    for move, parts in step.writes:
        await write(line, move, parts)


async def _load(line: Line, keys: Mapping[Follower, set[str]], events: Sequence[Recorded]) -> None:
    """Put on the shelves what is not there yet."""
    begun = begins(events)
    wanted = [
        (follower, missing)
        for follower, touched in keys.items()
        if touched and (missing := follower.missing(touched, begun))
    ]
    if not wanted:
        return
    found: list[dict[str, Any]] = [dict.fromkeys(missing) for _, missing in wanted]
    for place, key, row in await load(line, [(follower.view.table, missing) for follower, missing in wanted]):
        found[place][key] = wanted[place][0].view.row_type.model_validate_json(row)
    for (follower, _), rows in zip(wanted, found, strict=True):
        follower.shelf.keep(rows)


def begins(events: Sequence[Recorded]) -> set[str]:
    """The keys under which no view has a row yet: ids of what begins with one of these events, and their positions."""
    first = {str(each.event.originator_id) for each in events if each.event.originator_version == 1}
    return first | {str(each.position) for each in events}
