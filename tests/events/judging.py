"""What was tried, what was told, what is stored and what followers saw, held against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from events.stored import Stored

Version = tuple[UUID, int]
"""A stream and the number of an event in it."""

ORDER = "a follower skipped, repeated or reordered"
GAPS = "positions have gaps: count is not the last position"
STREAMS = "a stream is not contiguous, or its order is not that of the log"
LOST = "what was acknowledged is not stored as acknowledged"
UNWANTED = "what was refused or taken back is stored"
FORGED = "what nobody tried is stored"
TORN = "an append is stored in part, twice or with others in between"
NEEDLESS = "an append was refused that nobody contended with"
CLOCK = "recorded_at runs backwards"


@dataclass
class Attempt:
    """An append that was sent: acknowledged with positions, refused for a reason, or nobody was there to hear."""

    versions: frozenset[Version]
    acknowledged: range | None = None
    refused: str = ""


def attempts(lines: Iterable[str]) -> dict[UUID, Attempt]:
    """From the notes of the writers, by command."""
    found: dict[UUID, Attempt] = {}
    for line in lines:
        what, command, *rest = line.split()
        match what:
            case "try":
                found[UUID(command)] = Attempt(frozenset(map(_version, rest)))
            case "yes":
                found[UUID(command)].acknowledged = range(int(rest[0]), int(rest[1]))
            case "no":
                found[UUID(command)].refused = rest[0]
    return found


def _version(text: str) -> Version:
    stream, number = text.split("/")
    return UUID(stream), int(number)


def chain(stored: Sequence[Stored]) -> list[str]:
    """What is wrong with the log by itself."""
    last: dict[UUID, int] = {}
    contiguous = True
    for fact in stored:
        contiguous &= fact.originator_version == last.get(fact.originator_id, 0) + 1
        last[fact.originator_id] = fact.originator_version
    times = [fact.recorded_at for fact in stored]
    return [
        wrong
        for wrong, right in {
            GAPS: [fact.position for fact in stored] == list(range(1, len(stored) + 1)),
            STREAMS: contiguous,
            CLOCK: times == sorted(times),
        }.items()
        if not right
    ]


def judge(
    stored: Sequence[Stored],
    followed: Sequence[Sequence[Stored]],
    tried: Mapping[UUID, Attempt],
    contended: Iterable[UUID],
) -> list[str]:
    """What was wrong; empty when all is well."""
    fought = set(contended)
    facts = _by_command(stored)
    wrong = chain(stored)
    if any(list(seen) != list(stored) for seen in followed):
        wrong.append(ORDER)
    if not facts.keys() <= tried.keys():
        wrong.append(FORGED)
    wrong += {_verdict(facts.get(command, ()), attempt, fought) for command, attempt in tried.items()} - {""}
    return wrong


def _by_command(stored: Sequence[Stored]) -> dict[UUID, list[Stored]]:
    facts: dict[UUID, list[Stored]] = {}
    for fact in stored:
        assert fact.command_id is not None
        facts.setdefault(fact.command_id, []).append(fact)
    return facts


def _verdict(facts: Sequence[Stored], attempt: Attempt, fought: set[UUID]) -> str:
    if attempt.refused:
        if facts:
            return UNWANTED
        alone = not any(stream in fought for stream, _ in attempt.versions)
        return NEEDLESS if alone and attempt.refused != "Aborted" else ""
    if attempt.acknowledged is not None and [fact.position for fact in facts] != list(attempt.acknowledged):
        return LOST
    positions = [fact.position for fact in facts]
    together = positions == list(range(positions[0], positions[0] + len(facts))) if facts else True
    written = [(fact.originator_id, fact.originator_version) for fact in facts]
    return "" if not facts or (together and sorted(written) == sorted(attempt.versions)) else TORN
