"""What workers need, handed in once by the composition."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from notifications.letter import House
from notifications.mailroom import Mailroom
from suppliers.attestation_rules import AttestationRules
from suppliers.links import Links
from suppliers.policy import ScoringPolicy
from suppliers.ports import Clock, Office, Recorded
from suppliers.questionnaires.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """The office to hand commands in, the mailroom to post letters, and what letters tell."""

    office: Office
    mailroom: Mailroom
    clock: Clock
    links: Links
    library: Library
    policy: ScoringPolicy
    rules: AttestationRules
    house: House
    base_url: str

    def page(self, path: str) -> str:
        """The address of a page of ours."""
        return f"{self.base_url.rstrip('/')}/{path.lstrip('/')}"

    def answer_link(self, assessment_id: UUID, link: int) -> str:
        """The address a vendor answers at."""
        return self.page(f"answer/{self.links.token(assessment_id, link)}")


Work = Callable[[Recorded, Workshop], Awaitable[None]]
"""Does what follows from one fact; told of the same fact again, it does nothing twice."""
