"""The ledger in memory, for tests and for a first look; passes the same contract as the one in PostgreSQL."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from notifications.clock import Clock
from notifications.entry import Entry, Owed, State
from notifications.ledger import LEASE
from notifications.letter import Letter


@dataclass
class Book:
    """What several holders share."""

    entries: dict[str, Entry] = field(default_factory=dict)
    claims: dict[str, tuple[int, float]] = field(default_factory=dict)
    alive: set[int] = field(default_factory=set)


class MemoryLedger:
    """One holder's access to a book."""

    def __init__(self, book: Book, holder: int, *, clock: Clock, lease: timedelta = LEASE) -> None:
        self._book, self._holder, self._clock, self._lease = book, holder, clock, lease
        book.alive.add(holder)

    async def owe(self, letter: Letter, event_position: int | None = None) -> None:
        known = self._book.entries.get(letter.key)
        if known is None:
            self._book.entries[letter.key] = _entry(letter, event_position, self._clock.now())
        elif known.state is State.OWED:
            fresh = _entry(letter, event_position, known.created_at)
            self._write(known, recipient=fresh.recipient, subject=fresh.subject, text=fresh.text, html=fresh.html)

    async def claim(self, key: str) -> int:
        entry = self._book.entries.get(key)
        if entry is None or not self._in_nobodys_hands(entry):
            return 0
        self._book.claims[key] = (self._holder, time.monotonic() + self._lease.total_seconds())
        return self._write(entry, state=State.CLAIMED, attempts=entry.attempts + 1).attempts

    async def sent(self, key: str, reply: str = "") -> None:
        entry = self._book.entries[key]
        if entry.state in (State.OWED, State.CLAIMED):
            now = self._clock.now()
            self._write(entry, state=State.SENT, sent_at=now, code=250, reply=reply, next_attempt_at=None)

    async def done(self, key: str) -> None:
        entry = self._book.entries[key]
        if entry.state in (State.SENT, State.REFUSED, State.UNKNOWN):
            state = State.DONE if entry.state is State.SENT else entry.state
            self._write(entry, state=state, recorded=True)

    async def refuse(self, key: str, code: int | None, reply: str) -> None:
        if mine := self._mine(key):
            self._write(mine, state=State.REFUSED, code=code, reply=reply, next_attempt_at=None)

    async def later(self, key: str, at: datetime, code: int | None = None, reply: str = "") -> None:
        if mine := self._mine(key):
            self._write(mine, state=State.OWED, code=code, reply=reply, next_attempt_at=at)

    async def unknown(self, key: str, reply: str) -> None:
        if mine := self._mine(key):
            self._write(mine, state=State.UNKNOWN, code=None, reply=reply, next_attempt_at=None)

    async def drop(self, key: str, why: str) -> None:
        entry = self._book.entries.get(key)
        if entry is not None and entry.state is State.OWED:
            self._write(entry, state=State.REFUSED, reply=why, recorded=True, next_attempt_at=None)

    async def again(self, key: str) -> bool:
        entry = self._book.entries.get(key)
        if entry is None or entry.state not in (State.REFUSED, State.UNKNOWN):
            return False
        self._write(entry, state=State.OWED, next_attempt_at=self._clock.now(), recorded=False)
        return True

    async def owed(self, limit: int = 100) -> Sequence[Owed]:
        return self._asked_for([each for each in self._book.entries.values() if self._in_nobodys_hands(each)], limit)

    async def unrecorded(self, limit: int = 100, *, older_than: timedelta = timedelta(minutes=1)) -> Sequence[Owed]:
        known = (State.SENT, State.REFUSED, State.UNKNOWN)
        since = self._clock.now() - older_than
        entries = self._book.entries.values()
        return self._asked_for(
            [each for each in entries if each.state in known and not each.recorded and each.updated_at <= since], limit
        )

    async def find(self, key: str) -> Entry | None:
        return self._book.entries.get(key)

    async def recent(self, limit: int = 50, *, before: datetime | None = None) -> Sequence[Entry]:
        entries = [each for each in self._book.entries.values() if before is None or each.created_at < before]
        newest = sorted(sorted(entries, key=lambda each: each.key), key=lambda each: each.created_at, reverse=True)
        return [replace(each, text=None, html=None) for each in newest[:limit]]

    async def erase(self, person: UUID) -> None:
        for entry in [each for each in self._book.entries.values() if each.person == person]:
            blank = self._write(entry, recipient=None, subject=None, text=None, html=None, reply=None)
            if blank.state is State.OWED:
                self._write(blank, state=State.REFUSED, recorded=True)

    def _in_nobodys_hands(self, entry: Entry) -> bool:
        if entry.state is State.CLAIMED:
            holder, until = self._book.claims[entry.key]
            return holder not in self._book.alive or until <= time.monotonic()
        due = entry.next_attempt_at
        return entry.state is State.OWED and due is not None and due <= self._clock.now()

    def _mine(self, key: str) -> Entry | None:
        entry = self._book.entries[key]
        mine = entry.state is State.CLAIMED and self._book.claims[key][0] == self._holder
        return entry if mine else None

    def _write(self, entry: Entry, **changes: Any) -> Entry:
        changed = replace(entry, updated_at=self._clock.now(), **changes)
        self._book.entries[entry.key] = changed
        return changed

    def _asked_for(self, entries: Sequence[Entry], limit: int) -> Sequence[Owed]:
        wanted = [Owed(each.key, each.letter, each.event_position) for each in entries if each.event_position]
        return wanted[:limit]


def _entry(letter: Letter, event_position: int | None, now: datetime) -> Entry:
    return Entry(
        key=letter.key,
        letter=letter.name,
        person=letter.person,
        recipient=letter.to,
        subject=None if letter.fleeting else letter.subject,
        text=None if letter.fleeting else letter.text,
        html=None if letter.fleeting else letter.html,
        event_position=event_position,
        state=State.OWED,
        attempts=0,
        next_attempt_at=now,
        code=None,
        reply=None,
        recorded=False,
        created_at=now,
        updated_at=now,
        sent_at=None,
    )
