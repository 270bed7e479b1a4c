"""What every page shows around its content; one is made per request and given to the template as `frame`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from projections.log_change import LogChange
from web.standstill import Standstill

Tone = Literal["good", "warn", "bad", "info"]


def initials(name: str) -> str:
    """At most two letters that stand for a name: "Dana Whitfield" becomes "DW"."""
    parts = [part for part in name.split() if part[0].isalnum()]
    chosen = parts if len(parts) < 2 else [parts[0], parts[-1]]
    return "".join(part[0].upper() for part in chosen) or "?"


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Who is signed in: a name and the roles as words."""

    name: str
    roles: Sequence[str] = ()
    email: str = ""

    @property
    def initials(self) -> str:
        return initials(self.name)


@dataclass(frozen=True, kw_only=True)
class Flash:
    """One acknowledgement or warning shown at the top of the next page."""

    text: str
    tone: Tone = "good"
    href: str = ""
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class LookedAt:
    """A moment that is not the present."""

    until: datetime
    asked_as: Literal["day", "time", "position"]
    position: int
    axis: Literal["known", "true"]
    said: str
    """As it stands in the address."""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Around a staff page."""

    company: str
    csrf: str
    now: datetime
    viewer: Viewer | None = None
    flashes: Sequence[Flash] = ()
    as_of: LookedAt | None = None
    """The moment the page describes; None is now."""
    here: str = ""
    """This page in the present; empty where there is no past to look at."""
    kept: Sequence[tuple[str, str]] = ()
    """What else its address says, for the form that asks for another moment."""
    behind: int = 0
    """Seconds by which the views trail the log; a banner says so when it matters."""
    log_changes: Sequence[LogChange] = ()
    """What was found wrong with the log itself; said before all else, above every page."""
    standstills: Sequence[Standstill] = ()
    """Views that stand still, and why; said above every page."""
    demo: bool = False
    """True in a seeded demo: the page links the mailbox and says that the company is invented."""
    query: str = ""
    """What is in the search box."""


@dataclass(frozen=True, kw_only=True)
class VendorFrame:
    """Around a vendor's page."""

    company: str
    csrf: str
    now: datetime
    supplier: str = ""
    person: str = ""
    saved_at: datetime | None = None
    answered: int = 0
    asked: int = 0
    read_only: bool = False
    flashes: Sequence[Flash] = ()
