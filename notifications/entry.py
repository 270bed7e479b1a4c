"""What the ledger says about a letter, and how long it waits between attempts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)


class State(StrEnum):
    """owed -> claimed -> sent -> done; or refused, or unknown."""

    OWED = "owed"
    CLAIMED = "claimed"
    SENT = "sent"
    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the ledger. What was said to an erased person is gone; that something was said is not."""

    key: str
    letter: str
    person: UUID | None
    recipient: str | None
    subject: str | None
    text: str | None
    html: str | None
    event_position: int | None
    state: State
    attempts: int
    next_attempt_at: datetime | None
    code: int | None
    reply: str | None
    recorded: bool
    """True when the log knows what became of the letter, or nothing on the log waits for it."""
    created_at: datetime
    updated_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Owed:
    """A letter that someone must send (or whose outcome someone must record), and the event that asked for it."""

    key: str
    letter: str
    event_position: int


def wait_after(attempts: int) -> timedelta:
    """30 seconds, doubled each time, an hour at most."""
    return min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempts - 1, 12)) if attempts > 0 else FIRST_WAIT
