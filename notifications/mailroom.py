"""The mailroom: writes a letter down, claims it, posts it and writes down what became of it, in this order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import structlog

from notifications.clock import Clock
from notifications.entry import Entry, State, wait_after
from notifications.letter import Letter
from notifications.outcome import Later, Outcome, Refused, Sent, Unknown

log = structlog.get_logger("notifications")

RECORDING_PAUSES = (0.1, 0.5, 2.0, 5.0, 10.0)
"""Between the tries to write down what became of a letter: forgetting it would send the letter twice."""


@dataclass(frozen=True, slots=True)
class Done:
    """Sent, or given up, some time ago, and the log knows: nothing to do."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """In the hands of another, or put off until `at`: not for us now."""

    at: datetime | None = None


Delivery = Outcome | Done | Waiting


class Poster(Protocol):
    async def send(self, letter: Letter) -> Outcome: ...


class Records(Protocol):
    """Of the ledger, what a delivery needs."""

    async def owe(self, letter: Letter, event_position: int | None = None) -> None: ...
    async def claim(self, key: str) -> int: ...
    async def sent(self, key: str, reply: str = "") -> None: ...
    async def done(self, key: str) -> None: ...
    async def refuse(self, key: str, code: int | None, reply: str) -> None: ...
    async def later(self, key: str, at: datetime, code: int | None = None, reply: str = "") -> None: ...
    async def unknown(self, key: str, reply: str) -> None: ...
    async def drop(self, key: str, why: str) -> None: ...
    async def find(self, key: str) -> Entry | None: ...


class Mailroom:
    """Delivers letters so that only those in flight at the moment of a crash can ever arrive twice.

    In flight is what lies between claim and record; there are never more of them than `lanes`.
    """

    def __init__(self, post: Poster, ledger: Records, clock: Clock, *, lanes: int = 4) -> None:
        self._post, self._ledger, self._clock = post, ledger, clock
        self._lanes = asyncio.Semaphore(lanes)
        self._under_way: set[asyncio.Task[Delivery]] = set()

    async def deliver(self, letter: Letter, event_position: int | None = None) -> Delivery:
        """Send a letter unless that was done; the answer is the same when asked again.

        After recording the outcome on the log the caller says `done`. A letter that no event asked for is done here.
        """
        await self._ledger.owe(letter, event_position)
        sending = asyncio.create_task(self._claim_and_send(letter, event_position))
        self._under_way.add(sending)
        sending.add_done_callback(self._under_way.discard)
        return await asyncio.shield(sending)  # a caller who gives up does not tear a letter in two

    async def drop(self, key: str, why: str = "It was overtaken before it could be sent.") -> None:
        """A letter that may be owed is not wanted any more."""
        await self._ledger.drop(key, why)

    async def done(self, key: str) -> None:
        """The outcome of this letter is on the log."""
        await self._ledger.done(key)

    async def close(self, *, patience: float = 2.0) -> None:
        """Let the letters under way arrive; those that take longer count as in flight at a crash."""
        if self._under_way:
            _, late = await asyncio.wait(set(self._under_way), timeout=patience)
            for sending in late:
                sending.cancel()

    async def _claim_and_send(self, letter: Letter, event_position: int | None) -> Delivery:
        async with self._lanes:
            attempt = await self._ledger.claim(letter.key)
            if attempt:
                return await self._send(letter, attempt, event_position)
        return _known(await self._ledger.find(letter.key))

    async def _send(self, letter: Letter, attempt: int, event_position: int | None) -> Outcome:
        try:
            outcome = await self._post.send(letter)
        except Exception as defect:  # ours, not the server's: seen in the log, and tried again with a new release
            log.exception("letter_not_posted", letter=letter.name, key=letter.key)
            outcome = Later(None, f"{type(defect).__name__} while posting")
        outcome = self._final(letter, attempt, outcome)
        await self._persist(lambda: self._record(letter.key, outcome))
        if event_position is None and not isinstance(outcome, Later):
            await self._ledger.done(letter.key)
        return outcome

    def _final(self, letter: Letter, attempt: int, outcome: Outcome) -> Outcome:
        """A letter with a code is sent now or never; others get their next day."""
        if not isinstance(outcome, Later):
            return outcome
        if outcome.misconfigured:
            log.error("mail_server_misconfigured", reason=outcome.text)
        if letter.fleeting:
            return Refused(outcome.code, outcome.text)
        return replace(outcome, at=self._clock.now() + wait_after(attempt))

    async def _record(self, key: str, outcome: Outcome) -> None:
        match outcome:
            case Sent(text):
                await self._ledger.sent(key, text)
            case Refused(code, text):
                await self._ledger.refuse(key, code, text)
            case Later(code, text, at=at):
                await self._ledger.later(key, at or self._clock.now(), code, text)
            case Unknown(text):
                await self._ledger.unknown(key, text)

    async def _persist(self, write: Callable[[], Awaitable[None]]) -> None:
        for pause in RECORDING_PAUSES:
            try:
                return await write()
            except Exception:
                log.warning("ledger_not_reached", exc_info=True)
                await asyncio.sleep(pause)
        return await write()


def _known(entry: Entry | None) -> Delivery:
    """What became of a letter that is not ours to send now."""
    if entry is None:
        return Waiting()
    if entry.recorded:
        return Done()
    match entry.state:
        case State.SENT:
            return Sent(entry.reply or "")
        case State.REFUSED:
            return Refused(entry.code, entry.reply or "")
        case State.UNKNOWN:
            return Unknown(entry.reply or "")
        case _:
            return Waiting(entry.next_attempt_at)
