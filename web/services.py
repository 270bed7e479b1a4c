"""What the faces need, handed in once by the composition."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

import asyncpg

from projections.asof import Archive, Axis, Past
from projections.log_change import LogChange
from projections.standing import Standing
from suppliers.links import Links
from suppliers.policy import ScoringPolicy
from suppliers.ports import Clock, Office
from suppliers.questionnaires.library import Library


class Waiting(Protocol):
    """Waits until views have reached a position, so that people read their own writes."""

    async def wait(self, views: Sequence[str], position: int, timeout: float = 1.0) -> bool: ...


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter as it would be mailed."""

    to: str
    subject: str
    text: str
    html: str


class Letters(Protocol):
    """The letters that pages mail or show themselves; workers mail all others."""

    async def mail_sign_in_code(self, *, code_id: UUID, to: str, name: str, code: str, minutes: int) -> None: ...

    async def mail_vendor_code(
        self, *, code_id: UUID, assessment_id: UUID, to: str, name: str, code: str, minutes: int
    ) -> None: ...

    async def preview_invitation(self, assessment_id: UUID, *, message: str) -> Preview: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whose instance this is."""

    company: str
    base_url: str
    demo: bool = False
    """One click signs in as each demo person; only ever true on loopback under `tierce up`."""
    mailbox_url: str | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """Only some of a supplier's facts: where they are in the log, and as of when these were all that counted."""

    positions: frozenset[int]
    said: str

    @classmethod
    def of(cls, past: Past) -> Extract:
        what = "what was known then" if past.moment.axis is Axis.KNOWN else "what had happened by then, as is known now"
        return cls(frozenset(each.position for each in past.facts), f"{past.moment.said}, {what}")


async def no_trials(policy: str) -> AsyncIterator[str]:
    """Where no policy can be tried."""
    return
    yield


async def nothing_known() -> Sequence[Any]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything a page may use. Pages take it from `request.app.state.services`."""

    office: Office
    pool: asyncpg.Pool[Any]
    archive: Archive
    waiting: Waiting
    clock: Clock
    policy: ScoringPolicy
    library: Library
    links: Links
    letters: Letters
    identity: Identity
    secret_key: str
    erase: Callable[[UUID], Awaitable[None]]
    """Deletes a person's key and what is kept of them outside the log."""
    dossier: Callable[[UUID, Extract | None], Awaitable[bytes]] | None = None
    """A supplier's events, or an extract of them, with proofs, as a file; None where nobody signs heads of the log."""
    upload_limit: int = 50_000_000
    """Bytes of one file that a form may bring."""
    replay: Callable[[str], AsyncIterator[str]] = no_trials
    """Judges history again by a policy that is only tried: lines of JSON, how far it is and at last the outcome."""
    passing: tuple[type[Exception], ...] = ()
    """Failures of the store after which the same form may be sent again (an unknown outcome, a full queue): 503."""
    views: Callable[[], Awaitable[Sequence[Standing]]] = nothing_known
    """How every view is doing; asked for with every page, so the answer is at hand, and no error."""
    log_changes: Callable[[], Awaitable[Sequence[LogChange]]] = nothing_known
    """What is wrong with the log itself; asked for likewise."""
