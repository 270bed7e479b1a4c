"""What waits for a person, by role: each queue with its number, the first few things in it, and its list."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from projections.assessments import Card
from projections.sources import LIVE, Sources
from web.pages.home.awaited import Awaiting
from web.pages.renewals.entries import Calendar

FEW = 5


@dataclass(frozen=True)
class Thing:
    """One thing to do: what, where, about whom; `due` when time presses."""

    title: str
    href: str
    note: str = ""
    due: date | None = None
    band: str | None = None
    score: float | None = None


@dataclass(frozen=True)
class Queue:
    """Things of one kind. `more` is True when there are further ones than were counted."""

    key: str
    title: str
    things: Sequence[Thing]
    href: str = ""
    tone: str = ""
    more: bool = False
    note: str = ""

    @property
    def first(self) -> Sequence[Thing]:
        return self.things[:FEW]

    @property
    def number(self) -> str:
        return f"{len(self.things)}{'+' if self.more else ''}"


@dataclass(frozen=True)
class For:
    """For whom the queues are read, when, and from what."""

    pool: asyncpg.Pool[Any]
    me: UUID
    today: date
    everyone: bool
    """A risk manager sees what waits for anybody."""
    calendar: Calendar
    awaited: Awaiting
    sources: Sources = LIVE
    legal: bool = False
    """Whether this person confirms classes, or only sees that they wait."""


Reader = Callable[[For], Awaitable[Queue]]


def rounds(key: str, title: str, cards: Sequence[Card], href: str, tone: str = "", more: bool = False) -> Queue:
    """A queue of assessments."""
    things = [
        Thing(card.supplier_name, f"/assessments/{card.assessment.id}", card.use_title, card.assessment.due_on)
        for card in cards
    ]
    return Queue(key, title, things, href, tone, more)
