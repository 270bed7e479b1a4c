"""A letter: who it goes to, what it says, and the key that makes it this one letter and no other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from uuid import UUID

from notifications.addresses import mail_address, one_line, person_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondent:
    """Someone we write to, or who reads the answers."""

    address: str
    name: str = ""
    person: UUID | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Whose letters these are: the company, its desk that writes them, and the time zone its times are told in."""

    name: str
    desk: str = "supplier review"
    zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What every letter needs besides what it has to say.

    `contact` is the named human who reads replies; `in_reply_to` the key of the letter this one continues.
    """

    key: str
    house: House
    to: Correspondent
    contact: Correspondent | None = None
    in_reply_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A finished letter. Two with the same key are the same letter and must reach the person once."""

    key: str
    name: str
    to: str
    to_name: str = ""
    person: UUID | None = None
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    reply_to: str | None = None
    reply_to_name: str = ""
    in_reply_to: str | None = None
    fleeting: bool = False
    """It carries a code that soon expires: its bodies are not kept and it is not tried again later."""

    def __post_init__(self) -> None:
        mail_address(self.to)
        if self.reply_to is not None:
            mail_address(self.reply_to)
        if self.subject != one_line(self.subject) or not self.subject:
            raise ValueError("A subject is one line of printable text.")
        if any(name != person_name(name) for name in (self.to_name, self.reply_to_name)):
            raise ValueError("A name in a header is one line without punctuation of addresses.")


def message_id(key: str, domain: str) -> str:
    """The Message-ID of the letter with this key: a second copy carries the same one, so a mailbox can fold them."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"
