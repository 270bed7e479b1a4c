"""The workers of the demo's past: the real ones, with a post that only says that it delivered."""

from __future__ import annotations

from collections.abc import Sequence

from cli.demo.calendar import Calendar
from cli.demo.notebook import Notebook
from events.office import Office
from notifications.entry import Entry
from notifications.letter import House, Letter
from notifications.mailroom import Mailroom
from notifications.memory import Book, MemoryLedger
from notifications.outcome import Outcome, Refused, Sent
from suppliers.attestation_types import attestation_rules
from suppliers.links import Links
from suppliers.policy import policy
from suppliers.questionnaires.library import library
from workers.subscriptions import TOPICS, follow_up
from workers.workshop import Workshop

CARRIER = 4  # seconds until a letter's outcome is on the record


class PastPost:
    """Sends nothing. Addresses that do not exist at the time are refused as a mail server would."""

    def __init__(self) -> None:
        self.unknown: set[str] = set()

    async def send(self, letter: Letter) -> Outcome:
        if letter.to in self.unknown:
            return Refused(550, "5.1.1 The mailbox does not exist.")
        return Sent("250 2.0.0 Ok: queued")


class Mail:
    """Follows the notebook as relay and subscribers follow the log, and keeps the ledger they would have kept."""

    def __init__(
        self, notebook: Notebook, office: Office, calendar: Calendar, *, company: str, base_url: str, links: Links
    ) -> None:
        self.post = PastPost()
        self._notebook, self._calendar = notebook, calendar
        self._followed = 0
        self._book = Book()
        ledger = MemoryLedger(self._book, 1, clock=calendar)
        self._shop = Workshop(
            office=office,
            mailroom=Mailroom(self.post, ledger, calendar),
            clock=calendar,
            links=links,
            library=library(),
            policy=policy(),
            rules=attestation_rules(),
            house=House(name=company),
            base_url=base_url,
        )

    @property
    def ledger(self) -> Sequence[Entry]:
        """What became of every letter, in the order they were written."""
        return list(self._book.entries.values())

    async def follow(self) -> None:
        """Whatever follows from what is new; and from what that records in turn."""
        while self._followed < self._notebook.head:
            fact = self._notebook.facts_in_order[self._followed]
            self._followed += 1
            if fact.topic in TOPICS:
                self._calendar.pass_seconds(CARRIER)
                await follow_up(fact, self._shop)
