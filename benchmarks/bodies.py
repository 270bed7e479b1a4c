"""Events as long as ours usually are, the same for everybody who is measured."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import count
from typing import NamedTuple
from uuid import UUID, uuid4

from events.stored import Draft

TOPIC = "Assessment.AnswerRecorded"
BODY = 450
"""Bytes of an event's state."""

_serial = count()


class Body(NamedTuple):
    """One append: the events of a new stream and who hands them in."""

    drafts: Sequence[Draft]
    command: UUID
    actor: UUID


def body(events: int) -> Body:
    """A new stream's first events."""
    stream, serial = _id(), next(_serial)
    drafts = [Draft(stream, version, TOPIC, _state(serial, version)) for version in range(1, events + 1)]
    return Body(drafts, _id(), ACTOR)


def _id() -> UUID:
    """As random as uuid4's; also for writers in threads."""
    return UUID(bytes=os.urandom(16))


def _state(serial: int, version: int) -> bytes:
    head = b'{"timestamp":"2026-03-02T12:00:00Z","question":"q.%d.%d","value":"' % (serial, version)
    return head + FILLING[len(head) + 2 :] + b'"}'


FILLING = b"x" * BODY
ACTOR = uuid4()
